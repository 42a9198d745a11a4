import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0018_rehearsals"),
        ("stp_feedback", "0009_names_of_rows_of_a_forum"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="what somebody could do")),
            ],
            options={
                "ordering": ["forum", "pk"],
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
        pgtrigger.migrations.AddTrigger(
            model_name="commitment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_commitmentevent" ("answers_point_id", "attendee_id", "by_when", "confidence", "created_at", "held_since", "id", "inspired_by_id", "is_disowned", "is_unclear", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "suggested_id", "text", "withdrawn_at", "withdrawn_why") VALUES (NEW."answers_point_id", NEW."attendee_id", NEW."by_when", NEW."confidence", NEW."created_at", NEW."held_since", NEW."id", NEW."inspired_by_id", NEW."is_disowned", NEW."is_unclear", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."suggested_id", NEW."text", NEW."withdrawn_at", NEW."withdrawn_why"); RETURN NULL;',
                    hash="de78491e6e21895816c156589cf096519be2fbc3",
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
                    func='INSERT INTO "commitments_commitmentevent" ("answers_point_id", "attendee_id", "by_when", "confidence", "created_at", "held_since", "id", "inspired_by_id", "is_disowned", "is_unclear", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "suggested_id", "text", "withdrawn_at", "withdrawn_why") VALUES (NEW."answers_point_id", NEW."attendee_id", NEW."by_when", NEW."confidence", NEW."created_at", NEW."held_since", NEW."id", NEW."inspired_by_id", NEW."is_disowned", NEW."is_unclear", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."suggested_id", NEW."text", NEW."withdrawn_at", NEW."withdrawn_why"); RETURN NULL;',
                    hash="0de5d0d1e2b01cdcfbd7c659300e0b9f512f69fd",
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
                    func='INSERT INTO "commitments_commitmentevent" ("answers_point_id", "attendee_id", "by_when", "confidence", "created_at", "held_since", "id", "inspired_by_id", "is_disowned", "is_unclear", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "suggested_id", "text", "withdrawn_at", "withdrawn_why") VALUES (OLD."answers_point_id", OLD."attendee_id", OLD."by_when", OLD."confidence", OLD."created_at", OLD."held_since", OLD."id", OLD."inspired_by_id", OLD."is_disowned", OLD."is_unclear", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."suggested_id", OLD."text", OLD."withdrawn_at", OLD."withdrawn_why"); RETURN NULL;',
                    hash="cbdda424197f6e6c21dd64001c631d09f7ac9f3f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e31be",
                    table="commitments_commitment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="suggestions", to="stp_feedback.forum"
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="suggested",
            field=models.ForeignKey(
                blank=True,
                help_text="The suggestion that they started from",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="commitments.suggestion",
            ),
        ),
        migrations.AddField(
            model_name="commitmentevent",
            name="suggested",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The suggestion that they started from",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="commitments.suggestion",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.UniqueConstraint(
                fields=("forum", "text"),
                name="suggestion_once_in_forum",
                violation_error_message="This forum has this suggestion already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="suggestion_has_text"
            ),
        ),
    ]
