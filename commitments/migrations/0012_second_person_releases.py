import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0011_bounces"),
        ("stp_feedback", "0005_asks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="wave",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="wave",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="wave",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="wave",
            name="release_asked_by",
            field=models.ForeignKey(
                blank=True,
                help_text="To write to many people takes two: one asks for the release, another releases",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="waveevent",
            name="release_asked_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="To write to many people takes two: one asks for the release, another releases",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wave",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_waveevent" ("asks_those_without", "closes_on", "due_on", "due_why", "follows_forum", "forum_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_asked_by_id", "released_at", "released_by_id", "reminder_offsets", "state", "state_why") VALUES (NEW."asks_those_without", NEW."closes_on", NEW."due_on", NEW."due_why", NEW."follows_forum", NEW."forum_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."release_asked_by_id", NEW."released_at", NEW."released_by_id", NEW."reminder_offsets", NEW."state", NEW."state_why"); RETURN NULL;',
                    hash="c089efc3b85ba66820030b4cc0b555e18bb9737f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2d56b",
                    table="commitments_wave",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wave",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_waveevent" ("asks_those_without", "closes_on", "due_on", "due_why", "follows_forum", "forum_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_asked_by_id", "released_at", "released_by_id", "reminder_offsets", "state", "state_why") VALUES (NEW."asks_those_without", NEW."closes_on", NEW."due_on", NEW."due_why", NEW."follows_forum", NEW."forum_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."release_asked_by_id", NEW."released_at", NEW."released_by_id", NEW."reminder_offsets", NEW."state", NEW."state_why"); RETURN NULL;',
                    hash="15c1c7869bef7e96a76ef74c173f059808c14271",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d66af",
                    table="commitments_wave",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wave",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_waveevent" ("asks_those_without", "closes_on", "due_on", "due_why", "follows_forum", "forum_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_asked_by_id", "released_at", "released_by_id", "reminder_offsets", "state", "state_why") VALUES (OLD."asks_those_without", OLD."closes_on", OLD."due_on", OLD."due_why", OLD."follows_forum", OLD."forum_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."release_asked_by_id", OLD."released_at", OLD."released_by_id", OLD."reminder_offsets", OLD."state", OLD."state_why"); RETURN NULL;',
                    hash="d6eeb759f3412348c5f156ae67c67dabdee33744",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1b1af",
                    table="commitments_wave",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("release_asked_by", None),
                    ("released_by", None),
                    models.Q(("released_by", models.F("release_asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="wave_released_by_a_second_person",
            ),
        ),
    ]
