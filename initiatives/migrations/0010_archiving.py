"""What was published stays reachable when it is archived, with the day and the reason."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

FILL = """
UPDATE initiatives_initiative entry
   SET archived_on = entry.updated_at::date,
       archive_reason = left(coalesce(nullif(entry.review_comment, ''), 'Nobody wrote down why'), 500)
 WHERE entry.publication = 'archived'
   AND EXISTS (SELECT FROM initiatives_initiativeevent event
                WHERE event.pgh_obj_id = entry.id AND event.publication = 'published')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0009_search_ranking"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArchiveWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("archive_on", models.DateField()),
                ("days_ahead", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="initiative",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="initiative",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="initiative",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="initiative",
            name="initiative_returned_with_comment",
        ),
        migrations.AddField(
            model_name="initiative",
            name="archive_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="to be archived on"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="archive_reason",
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name="why it is archived"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="archived_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="archived on"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="archive_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="to be archived on"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="archive_reason",
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name="why it is archived"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="archived_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="archived on"),
        ),
        migrations.AlterField(
            model_name="initiative",
            name="publication",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("in-review", "In review"),
                    ("needs-changes", "Needs changes"),
                    ("published", "Published"),
                    ("archived", "Archived"),
                    ("hidden", "Hidden at once"),
                ],
                default="draft",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="initiativeevent",
            name="publication",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("in-review", "In review"),
                    ("needs-changes", "Needs changes"),
                    ("published", "Published"),
                    ("archived", "Archived"),
                    ("hidden", "Hidden at once"),
                ],
                default="draft",
                max_length=20,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiative",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativeevent" ("acronyms", "archive_on", "archive_reason", "archived_on", "cost", "created_at", "created_by_id", "edited_by_id", "evaluation_note", "evaluation_status", "evidence_reason", "evidence_strength", "funding", "how_it_works", "id", "lessons", "london_wide", "london_wide_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pitfalls", "prerequisites", "problem", "publication", "results_expected_note", "results_expected_on", "review_comment", "reviewed_by_id", "set_up_time", "slug", "stage", "start_here", "summary", "title", "updated_at", "verified_by", "verified_on", "who_for", "workforce") VALUES (NEW."acronyms", NEW."archive_on", NEW."archive_reason", NEW."archived_on", NEW."cost", NEW."created_at", NEW."created_by_id", NEW."edited_by_id", NEW."evaluation_note", NEW."evaluation_status", NEW."evidence_reason", NEW."evidence_strength", NEW."funding", NEW."how_it_works", NEW."id", NEW."lessons", NEW."london_wide", NEW."london_wide_basis", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pitfalls", NEW."prerequisites", NEW."problem", NEW."publication", NEW."results_expected_note", NEW."results_expected_on", NEW."review_comment", NEW."reviewed_by_id", NEW."set_up_time", NEW."slug", NEW."stage", NEW."start_here", NEW."summary", NEW."title", NEW."updated_at", NEW."verified_by", NEW."verified_on", NEW."who_for", NEW."workforce"); RETURN NULL;',
                    hash="13b22a86bac3ee94697e4912449eb04c3c834056",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_649fe",
                    table="initiatives_initiative",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiative",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."acronyms" IS DISTINCT FROM (NEW."acronyms") OR OLD."archive_on" IS DISTINCT FROM (NEW."archive_on") OR OLD."archive_reason" IS DISTINCT FROM (NEW."archive_reason") OR OLD."archived_on" IS DISTINCT FROM (NEW."archived_on") OR OLD."cost" IS DISTINCT FROM (NEW."cost") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."edited_by_id" IS DISTINCT FROM (NEW."edited_by_id") OR OLD."evaluation_note" IS DISTINCT FROM (NEW."evaluation_note") OR OLD."evaluation_status" IS DISTINCT FROM (NEW."evaluation_status") OR OLD."evidence_reason" IS DISTINCT FROM (NEW."evidence_reason") OR OLD."evidence_strength" IS DISTINCT FROM (NEW."evidence_strength") OR OLD."funding" IS DISTINCT FROM (NEW."funding") OR OLD."how_it_works" IS DISTINCT FROM (NEW."how_it_works") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lessons" IS DISTINCT FROM (NEW."lessons") OR OLD."london_wide" IS DISTINCT FROM (NEW."london_wide") OR OLD."london_wide_basis" IS DISTINCT FROM (NEW."london_wide_basis") OR OLD."pitfalls" IS DISTINCT FROM (NEW."pitfalls") OR OLD."prerequisites" IS DISTINCT FROM (NEW."prerequisites") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."publication" IS DISTINCT FROM (NEW."publication") OR OLD."results_expected_note" IS DISTINCT FROM (NEW."results_expected_note") OR OLD."results_expected_on" IS DISTINCT FROM (NEW."results_expected_on") OR OLD."review_comment" IS DISTINCT FROM (NEW."review_comment") OR OLD."reviewed_by_id" IS DISTINCT FROM (NEW."reviewed_by_id") OR OLD."set_up_time" IS DISTINCT FROM (NEW."set_up_time") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."start_here" IS DISTINCT FROM (NEW."start_here") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."verified_by" IS DISTINCT FROM (NEW."verified_by") OR OLD."verified_on" IS DISTINCT FROM (NEW."verified_on") OR OLD."who_for" IS DISTINCT FROM (NEW."who_for") OR OLD."workforce" IS DISTINCT FROM (NEW."workforce"))',
                    func='INSERT INTO "initiatives_initiativeevent" ("acronyms", "archive_on", "archive_reason", "archived_on", "cost", "created_at", "created_by_id", "edited_by_id", "evaluation_note", "evaluation_status", "evidence_reason", "evidence_strength", "funding", "how_it_works", "id", "lessons", "london_wide", "london_wide_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pitfalls", "prerequisites", "problem", "publication", "results_expected_note", "results_expected_on", "review_comment", "reviewed_by_id", "set_up_time", "slug", "stage", "start_here", "summary", "title", "updated_at", "verified_by", "verified_on", "who_for", "workforce") VALUES (NEW."acronyms", NEW."archive_on", NEW."archive_reason", NEW."archived_on", NEW."cost", NEW."created_at", NEW."created_by_id", NEW."edited_by_id", NEW."evaluation_note", NEW."evaluation_status", NEW."evidence_reason", NEW."evidence_strength", NEW."funding", NEW."how_it_works", NEW."id", NEW."lessons", NEW."london_wide", NEW."london_wide_basis", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pitfalls", NEW."prerequisites", NEW."problem", NEW."publication", NEW."results_expected_note", NEW."results_expected_on", NEW."review_comment", NEW."reviewed_by_id", NEW."set_up_time", NEW."slug", NEW."stage", NEW."start_here", NEW."summary", NEW."title", NEW."updated_at", NEW."verified_by", NEW."verified_on", NEW."who_for", NEW."workforce"); RETURN NULL;',
                    hash="ef83ae9b5dc5e90ecea14657e9cdb0544296e296",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b6c3b",
                    table="initiatives_initiative",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiative",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativeevent" ("acronyms", "archive_on", "archive_reason", "archived_on", "cost", "created_at", "created_by_id", "edited_by_id", "evaluation_note", "evaluation_status", "evidence_reason", "evidence_strength", "funding", "how_it_works", "id", "lessons", "london_wide", "london_wide_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pitfalls", "prerequisites", "problem", "publication", "results_expected_note", "results_expected_on", "review_comment", "reviewed_by_id", "set_up_time", "slug", "stage", "start_here", "summary", "title", "updated_at", "verified_by", "verified_on", "who_for", "workforce") VALUES (OLD."acronyms", OLD."archive_on", OLD."archive_reason", OLD."archived_on", OLD."cost", OLD."created_at", OLD."created_by_id", OLD."edited_by_id", OLD."evaluation_note", OLD."evaluation_status", OLD."evidence_reason", OLD."evidence_strength", OLD."funding", OLD."how_it_works", OLD."id", OLD."lessons", OLD."london_wide", OLD."london_wide_basis", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pitfalls", OLD."prerequisites", OLD."problem", OLD."publication", OLD."results_expected_note", OLD."results_expected_on", OLD."review_comment", OLD."reviewed_by_id", OLD."set_up_time", OLD."slug", OLD."stage", OLD."start_here", OLD."summary", OLD."title", OLD."updated_at", OLD."verified_by", OLD."verified_on", OLD."who_for", OLD."workforce"); RETURN NULL;',
                    hash="a97a2ac60697d7f33ee12d73f85eccace308f02d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bf9bd",
                    table="initiatives_initiative",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("publication__in", ["needs-changes", "hidden"]), _negated=True),
                    models.Q(("review_comment", ""), _negated=True),
                    _connector="OR",
                ),
                name="initiative_returned_or_hidden_with_comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("archived_on", None),
                    models.Q(("publication", "archived"), models.Q(("archive_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="initiative_archived_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("archive_on", None),
                    models.Q(("publication", "published"), models.Q(("archive_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="initiative_to_be_archived_with_reason",
            ),
        ),
        migrations.AddField(
            model_name="archivewarning",
            name="initiative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="archive_warnings",
                to="initiatives.initiative",
            ),
        ),
        migrations.AddConstraint(
            model_name="archivewarning",
            constraint=models.UniqueConstraint(
                fields=("initiative", "archive_on", "days_ahead"), name="archive_warning_once"
            ),
        ),
    ]
