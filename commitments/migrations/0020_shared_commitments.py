import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0019_suggestions"),
        ("initiatives", "0014_themes_kept_by_staff"),
        ("stp_feedback", "0009_names_of_rows_of_a_forum"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoOwner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["commitment", "pk"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commitment",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="answer",
            name="answer_by_link_has_no_staff",
        ),
        migrations.AddField(
            model_name="commitment",
            name="organisation",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Where it is not only their own",
                max_length=200,
                verbose_name="made for an organisation",
            ),
        ),
        migrations.AddField(
            model_name="commitmentevent",
            name="organisation",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Where it is not only their own",
                max_length=200,
                verbose_name="made for an organisation",
            ),
        ),
        migrations.AlterField(
            model_name="answer",
            name="via",
            field=models.CharField(
                choices=[
                    ("link", "Their link"),
                    ("co-owner", "The link of somebody who shares it"),
                    ("phone", "By phone"),
                    ("staff", "Staff on their behalf"),
                ],
                default="link",
                max_length=10,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_commitmentevent" ("answers_point_id", "attendee_id", "by_when", "confidence", "created_at", "held_since", "id", "inspired_by_id", "is_disowned", "is_unclear", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "suggested_id", "text", "withdrawn_at", "withdrawn_why") VALUES (NEW."answers_point_id", NEW."attendee_id", NEW."by_when", NEW."confidence", NEW."created_at", NEW."held_since", NEW."id", NEW."inspired_by_id", NEW."is_disowned", NEW."is_unclear", NEW."organisation", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."suggested_id", NEW."text", NEW."withdrawn_at", NEW."withdrawn_why"); RETURN NULL;',
                    hash="074213dee88d1bd0a81633b43fc5cba9c111f765",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_67480",
                    table="commitments_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_commitmentevent" ("answers_point_id", "attendee_id", "by_when", "confidence", "created_at", "held_since", "id", "inspired_by_id", "is_disowned", "is_unclear", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "suggested_id", "text", "withdrawn_at", "withdrawn_why") VALUES (NEW."answers_point_id", NEW."attendee_id", NEW."by_when", NEW."confidence", NEW."created_at", NEW."held_since", NEW."id", NEW."inspired_by_id", NEW."is_disowned", NEW."is_unclear", NEW."organisation", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."suggested_id", NEW."text", NEW."withdrawn_at", NEW."withdrawn_why"); RETURN NULL;',
                    hash="f16f5081c868e3e401224eedddc35efcb10359b8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_56e76",
                    table="commitments_commitment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_commitmentevent" ("answers_point_id", "attendee_id", "by_when", "confidence", "created_at", "held_since", "id", "inspired_by_id", "is_disowned", "is_unclear", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "suggested_id", "text", "withdrawn_at", "withdrawn_why") VALUES (OLD."answers_point_id", OLD."attendee_id", OLD."by_when", OLD."confidence", OLD."created_at", OLD."held_since", OLD."id", OLD."inspired_by_id", OLD."is_disowned", OLD."is_unclear", OLD."organisation", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."suggested_id", OLD."text", OLD."withdrawn_at", OLD."withdrawn_why"); RETURN NULL;',
                    hash="ebaa562ffc8d88fa09823c164e46f87e66b2dd46",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e31be",
                    table="commitments_commitment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", None), ("via__in", ["link", "co-owner"])),
                    models.Q(("via__in", ["link", "co-owner"]), _negated=True),
                    _connector="OR",
                ),
                name="answer_by_link_has_no_staff",
            ),
        ),
        migrations.AddField(
            model_name="coowner",
            name="attendee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="co_owned", to="commitments.attendee"
            ),
        ),
        migrations.AddField(
            model_name="coowner",
            name="commitment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="co_owners", to="commitments.commitment"
            ),
        ),
        migrations.AddConstraint(
            model_name="coowner",
            constraint=models.UniqueConstraint(fields=("commitment", "attendee"), name="co_owner_once"),
        ),
    ]
