"""What an initiative took, what others should know first, and how strong its evidence is; search finds their words."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.models import F, Func, TextField


def _words(*fields, weight):
    words = [Func(F(field), function="catalogue_words", output_field=TextField()) for field in fields]
    return SearchVector(*words, config="catalogue", weight=weight)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0007_import_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddField(
            model_name="initiative",
            name="cost",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="initiative",
            name="evidence_reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="why the evidence is that strong"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="evidence_strength",
            field=models.CharField(
                choices=[
                    ("not-assessed", "Not assessed"),
                    ("suggestive", "Suggestive"),
                    ("moderate", "Moderate"),
                    ("strong", "Strong"),
                ],
                default="not-assessed",
                max_length=20,
                verbose_name="strength of the evidence",
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="funding",
            field=models.CharField(blank=True, max_length=500, verbose_name="who pays for it"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="lessons",
            field=models.TextField(blank=True, verbose_name="what they would do differently"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="pitfalls",
            field=models.TextField(blank=True, verbose_name="what to look out for"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="prerequisites",
            field=models.TextField(blank=True, verbose_name="what must be in place first"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="problem",
            field=models.TextField(blank=True, verbose_name="the problem it meets"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="set_up_time",
            field=models.CharField(blank=True, max_length=500, verbose_name="time to set up"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="start_here",
            field=models.TextField(blank=True, verbose_name="where to start"),
        ),
        migrations.AddField(
            model_name="initiative",
            name="workforce",
            field=models.CharField(blank=True, max_length=500, verbose_name="who does the work"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="cost",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="evidence_reason",
            field=models.CharField(blank=True, max_length=500, verbose_name="why the evidence is that strong"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="evidence_strength",
            field=models.CharField(
                choices=[
                    ("not-assessed", "Not assessed"),
                    ("suggestive", "Suggestive"),
                    ("moderate", "Moderate"),
                    ("strong", "Strong"),
                ],
                default="not-assessed",
                max_length=20,
                verbose_name="strength of the evidence",
            ),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="funding",
            field=models.CharField(blank=True, max_length=500, verbose_name="who pays for it"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="lessons",
            field=models.TextField(blank=True, verbose_name="what they would do differently"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="pitfalls",
            field=models.TextField(blank=True, verbose_name="what to look out for"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="prerequisites",
            field=models.TextField(blank=True, verbose_name="what must be in place first"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="problem",
            field=models.TextField(blank=True, verbose_name="the problem it meets"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="set_up_time",
            field=models.CharField(blank=True, max_length=500, verbose_name="time to set up"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="start_here",
            field=models.TextField(blank=True, verbose_name="where to start"),
        ),
        migrations.AddField(
            model_name="initiativeevent",
            name="workforce",
            field=models.CharField(blank=True, max_length=500, verbose_name="who does the work"),
        ),
        migrations.RemoveIndex(model_name="initiative", name="initiative_search"),
        migrations.RemoveField(model_name="initiative", name="search_vector"),
        migrations.AddField(
            model_name="initiative",
            name="search_vector",
            field=models.GeneratedField(
                db_persist=True,
                expression=_words("title", "acronyms", weight="A")
                + _words("summary", weight="B")
                + _words("who_for", "problem", "how_it_works", "evaluation_note", "pitfalls", "lessons", weight="C")
                + _words("related_words", weight="D"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="initiative_search"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiative",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativeevent" ("acronyms", "cost", "created_at", "created_by_id", "edited_by_id", "evaluation_note", "evaluation_status", "evidence_reason", "evidence_strength", "funding", "how_it_works", "id", "lessons", "london_wide", "london_wide_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pitfalls", "prerequisites", "problem", "publication", "results_expected_note", "results_expected_on", "review_comment", "reviewed_by_id", "set_up_time", "slug", "stage", "start_here", "summary", "title", "updated_at", "verified_by", "verified_on", "who_for", "workforce") VALUES (NEW."acronyms", NEW."cost", NEW."created_at", NEW."created_by_id", NEW."edited_by_id", NEW."evaluation_note", NEW."evaluation_status", NEW."evidence_reason", NEW."evidence_strength", NEW."funding", NEW."how_it_works", NEW."id", NEW."lessons", NEW."london_wide", NEW."london_wide_basis", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pitfalls", NEW."prerequisites", NEW."problem", NEW."publication", NEW."results_expected_note", NEW."results_expected_on", NEW."review_comment", NEW."reviewed_by_id", NEW."set_up_time", NEW."slug", NEW."stage", NEW."start_here", NEW."summary", NEW."title", NEW."updated_at", NEW."verified_by", NEW."verified_on", NEW."who_for", NEW."workforce"); RETURN NULL;',
                    hash="a1a68b081b28abfe7429b25617f023d09ec7475b",
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
                    condition='WHEN (OLD."acronyms" IS DISTINCT FROM (NEW."acronyms") OR OLD."cost" IS DISTINCT FROM (NEW."cost") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."edited_by_id" IS DISTINCT FROM (NEW."edited_by_id") OR OLD."evaluation_note" IS DISTINCT FROM (NEW."evaluation_note") OR OLD."evaluation_status" IS DISTINCT FROM (NEW."evaluation_status") OR OLD."evidence_reason" IS DISTINCT FROM (NEW."evidence_reason") OR OLD."evidence_strength" IS DISTINCT FROM (NEW."evidence_strength") OR OLD."funding" IS DISTINCT FROM (NEW."funding") OR OLD."how_it_works" IS DISTINCT FROM (NEW."how_it_works") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lessons" IS DISTINCT FROM (NEW."lessons") OR OLD."london_wide" IS DISTINCT FROM (NEW."london_wide") OR OLD."london_wide_basis" IS DISTINCT FROM (NEW."london_wide_basis") OR OLD."pitfalls" IS DISTINCT FROM (NEW."pitfalls") OR OLD."prerequisites" IS DISTINCT FROM (NEW."prerequisites") OR OLD."problem" IS DISTINCT FROM (NEW."problem") OR OLD."publication" IS DISTINCT FROM (NEW."publication") OR OLD."results_expected_note" IS DISTINCT FROM (NEW."results_expected_note") OR OLD."results_expected_on" IS DISTINCT FROM (NEW."results_expected_on") OR OLD."review_comment" IS DISTINCT FROM (NEW."review_comment") OR OLD."reviewed_by_id" IS DISTINCT FROM (NEW."reviewed_by_id") OR OLD."set_up_time" IS DISTINCT FROM (NEW."set_up_time") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."start_here" IS DISTINCT FROM (NEW."start_here") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."verified_by" IS DISTINCT FROM (NEW."verified_by") OR OLD."verified_on" IS DISTINCT FROM (NEW."verified_on") OR OLD."who_for" IS DISTINCT FROM (NEW."who_for") OR OLD."workforce" IS DISTINCT FROM (NEW."workforce"))',
                    func='INSERT INTO "initiatives_initiativeevent" ("acronyms", "cost", "created_at", "created_by_id", "edited_by_id", "evaluation_note", "evaluation_status", "evidence_reason", "evidence_strength", "funding", "how_it_works", "id", "lessons", "london_wide", "london_wide_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pitfalls", "prerequisites", "problem", "publication", "results_expected_note", "results_expected_on", "review_comment", "reviewed_by_id", "set_up_time", "slug", "stage", "start_here", "summary", "title", "updated_at", "verified_by", "verified_on", "who_for", "workforce") VALUES (NEW."acronyms", NEW."cost", NEW."created_at", NEW."created_by_id", NEW."edited_by_id", NEW."evaluation_note", NEW."evaluation_status", NEW."evidence_reason", NEW."evidence_strength", NEW."funding", NEW."how_it_works", NEW."id", NEW."lessons", NEW."london_wide", NEW."london_wide_basis", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pitfalls", NEW."prerequisites", NEW."problem", NEW."publication", NEW."results_expected_note", NEW."results_expected_on", NEW."review_comment", NEW."reviewed_by_id", NEW."set_up_time", NEW."slug", NEW."stage", NEW."start_here", NEW."summary", NEW."title", NEW."updated_at", NEW."verified_by", NEW."verified_on", NEW."who_for", NEW."workforce"); RETURN NULL;',
                    hash="cf1741d976ad81ff8204be3e9fdce44cdadd1c47",
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
                    func='INSERT INTO "initiatives_initiativeevent" ("acronyms", "cost", "created_at", "created_by_id", "edited_by_id", "evaluation_note", "evaluation_status", "evidence_reason", "evidence_strength", "funding", "how_it_works", "id", "lessons", "london_wide", "london_wide_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pitfalls", "prerequisites", "problem", "publication", "results_expected_note", "results_expected_on", "review_comment", "reviewed_by_id", "set_up_time", "slug", "stage", "start_here", "summary", "title", "updated_at", "verified_by", "verified_on", "who_for", "workforce") VALUES (OLD."acronyms", OLD."cost", OLD."created_at", OLD."created_by_id", OLD."edited_by_id", OLD."evaluation_note", OLD."evaluation_status", OLD."evidence_reason", OLD."evidence_strength", OLD."funding", OLD."how_it_works", OLD."id", OLD."lessons", OLD."london_wide", OLD."london_wide_basis", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pitfalls", OLD."prerequisites", OLD."problem", OLD."publication", OLD."results_expected_note", OLD."results_expected_on", OLD."review_comment", OLD."reviewed_by_id", OLD."set_up_time", OLD."slug", OLD."stage", OLD."start_here", OLD."summary", OLD."title", OLD."updated_at", OLD."verified_by", OLD."verified_on", OLD."who_for", OLD."workforce"); RETURN NULL;',
                    hash="09f578b7a7a8a32295ea42c1a055531433f01fde",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bf9bd",
                    table="initiatives_initiative",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("evidence_reason", ""), ("evidence_strength", "not-assessed")),
                    models.Q(
                        models.Q(("evidence_strength", "not-assessed"), _negated=True),
                        models.Q(("evidence_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="initiative_evidence_assessed_with_reason",
            ),
        ),
    ]
