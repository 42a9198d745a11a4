"""The tables of the forums, and a row that tells whether what they said has changed, kept by triggers."""

import uuid

import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

CHANGED = """
-- Taken before any row is touched, so that two writers queue here and cannot block each other further on.
CREATE FUNCTION feedback_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stp_feedback_feedbackversion (id, version, changed_at) VALUES (1, gen_random_uuid(), now())
    ON CONFLICT (id) DO UPDATE SET version = excluded.version, changed_at = excluded.changed_at;
    RETURN NULL;
END $$;
"""
SHOWN = [
    "stp_feedback_series",
    "stp_feedback_keytheme",
    "stp_feedback_forum",
    "stp_feedback_forum_further_sources",
    "stp_feedback_session",
    "stp_feedback_foruminitiative",
    "stp_feedback_forumkeytheme",
    "stp_feedback_feedbackpoint",
    "stp_feedback_feedbackpoint_key_themes",
    "stp_feedback_feedbackpoint_initiatives",
    "stp_feedback_arearesponse",
    "stp_feedback_recommendation",
    "stp_feedback_recommendationupdate",
    "stp_feedback_endorsement",
    "stp_feedback_measure",
]


def _trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER feedback_changed BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION feedback_changed();",
        f"DROP TRIGGER feedback_changed ON {table};",
    )


class Migration(migrations.Migration):
    replaces = [
        ("stp_feedback", "0001_initial"),
        ("stp_feedback", "0002_area_responses"),
        ("stp_feedback", "0003_capture_and_corrections"),
        ("stp_feedback", "0004_recommendation_updates"),
        ("stp_feedback", "0005_asks"),
        ("stp_feedback", "0006_feedback_version"),
        ("stp_feedback", "0007_forums_in_the_portal"),
        ("stp_feedback", "0008_endorsements"),
        ("stp_feedback", "0009_names_of_rows_of_a_forum"),
        ("stp_feedback", "0010_merges"),
        ("stp_feedback", "0011_measures"),
        ("stp_feedback", "0012_idea_cards"),
        ("stp_feedback", "0013_follow_up_by_the_next_forum"),
        ("stp_feedback", "0014_areas_that_took_no_part"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("initiatives", "0001_squashed_0018_undoing_imports_of_entries"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("title", models.CharField(max_length=200)),
            ],
            options={
                "verbose_name_plural": "series",
                "ordering": ["title"],
            },
        ),
        migrations.CreateModel(
            name="Forum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("forum", "Forum"),
                            ("learning-session", "Learning session"),
                            ("peer-visit", "Peer visit"),
                            ("webinar", "Webinar"),
                        ],
                        default="forum",
                        max_length=20,
                    ),
                ),
                (
                    "held_on",
                    models.DateField(
                        blank=True, help_text="The first day of the month where only that is known", null=True
                    ),
                ),
                (
                    "date_known",
                    models.CharField(
                        choices=[("day", "To the day"), ("month", "To the month"), ("not-yet", "Not yet")],
                        default="day",
                        max_length=10,
                        verbose_name="how well the date is known",
                    ),
                ),
                ("date_note", models.CharField(blank=True, max_length=300, verbose_name="note on the date")),
                ("venue", models.CharField(blank=True, max_length=200)),
                ("host", models.CharField(blank=True, max_length=200)),
                ("visitors", models.CharField(blank=True, max_length=300, verbose_name="who visits")),
                ("introduction", models.TextField(blank=True)),
                ("feedback_note", models.TextField(blank=True, verbose_name="how the feedback was gathered")),
                ("attendees", models.PositiveIntegerField(blank=True, null=True, verbose_name="attendees as reported")),
                (
                    "committers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people who made commitments, as reported"
                    ),
                ),
                (
                    "commitments",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="commitments as reported"),
                ),
                ("follow_up_months", models.PositiveSmallIntegerField(default=3)),
                (
                    "follow_up_at_next",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="asks by the next forum of its series"
                    ),
                ),
                ("follow_up_due_on", models.DateField(editable=False, null=True, verbose_name="follow-up due on")),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                ("feedback_published_at", models.DateTimeField(blank=True, null=True)),
                ("is_invented", models.BooleanField(default=False, verbose_name="invented for demonstration")),
                ("join_code", models.CharField(blank=True, max_length=20)),
                ("capture_code", models.CharField(blank=True, max_length=20, verbose_name="code for note-takers")),
                ("source_place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                (
                    "areas_absent",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="initiatives.stparea", verbose_name="areas that took no part"
                    ),
                ),
                (
                    "further_sources",
                    models.ManyToManyField(blank=True, related_name="further_reading_of", to="initiatives.source"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forums",
                        to="initiatives.source",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forums",
                        to="stp_feedback.series",
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("follow_up_months__gte", 1), ("follow_up_months__lte", 24)),
                        name="forum_follow_up_months_sensible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("committers", None),
                            ("attendees", None),
                            ("committers__lte", models.F("attendees")),
                            _connector="OR",
                        ),
                        name="forum_committers_attended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("follow_up_at_next", False), ("series__isnull", False), _connector="OR"),
                        name="forum_next_one_is_of_its_series",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_known", "day"), ("held_on__isnull", False)),
                            models.Q(("date_known", "month"), ("held_on__day", 1)),
                            models.Q(("date_known", "not-yet"), ("held_on", None)),
                            _connector="OR",
                        ),
                        name="forum_date_as_well_as_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("join_code", ""), ("date_known", "day"), _connector="OR"),
                        name="forum_that_people_join_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyTheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("name", models.CharField(max_length=200, unique=True)),
                ("short_name", models.CharField(help_text="For checkboxes and charts", max_length=60, unique=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="FeedbackPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("opportunities", "Opportunities and enablers"),
                            ("innovation", "Promoting and adopting innovation"),
                            ("support", "Support that would add most value"),
                        ],
                        max_length=20,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("verbatim", models.TextField(blank=True, verbose_name="as written at the table")),
                ("text", models.TextField(verbose_name="edited for clarity")),
                ("enabled_by", models.TextField(blank=True)),
                ("is_unclear", models.BooleanField(default=False, verbose_name="unclear or hard to read")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")], default="draft", max_length=10
                    ),
                ),
                (
                    "corrected_on",
                    models.DateField(blank=True, null=True, verbose_name="corrected after publication on"),
                ),
                (
                    "sent_key",
                    models.UUIDField(
                        editable=False,
                        help_text="So that a note sent twice is kept once",
                        null=True,
                        unique=True,
                        verbose_name="what the note-taker's device calls it",
                    ),
                ),
                ("source_place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="initiatives.stparea"
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("initiatives", models.ManyToManyField(blank=True, related_name="points", to="initiatives.initiative")),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="points", to="stp_feedback.forum"
                    ),
                ),
                ("key_themes", models.ManyToManyField(blank=True, related_name="points", to="stp_feedback.keytheme")),
            ],
            options={
                "ordering": [
                    "forum",
                    "area__name",
                    models.Case(
                        models.When(section="opportunities", then=1),
                        models.When(section="innovation", then=2),
                        default=3,
                    ),
                    "position",
                ],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("forum", "area", "section", "position"),
                        name="feedback_point_position",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="feedback_point_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaResponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("taken-up", "Taken up"), ("in-plan", "In plan"), ("not-now", "Not now")],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(max_length=2000, verbose_name="what was done, is planned, or why not now")),
                ("answered_on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "point",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="response",
                        to="stp_feedback.feedbackpoint",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["taken-up", "in-plan", "not-now"])),
                        name="area_response_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="area_response_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaResponseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "answer",
                    models.CharField(
                        choices=[("taken-up", "Taken up"), ("in-plan", "In plan"), ("not-now", "Not now")],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(max_length=2000, verbose_name="what was done, is planned, or why not now")),
                ("answered_on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.arearesponse",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="stp_feedback.feedbackpoint",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, unique=True, verbose_name="what is asked for")),
                ("passed_on", models.DateField(blank=True, null=True, verbose_name="passed to them on")),
                ("reply_by", models.DateField(blank=True, null=True, verbose_name="reply hoped for by")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looks after it",
                    ),
                ),
                (
                    "passed_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="initiatives.organisation",
                        verbose_name="who could help",
                    ),
                ),
                ("points", models.ManyToManyField(related_name="asks", to="stp_feedback.feedbackpoint")),
            ],
            options={
                "ordering": ["text"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="ask_says_something"),
                    models.CheckConstraint(
                        condition=models.Q(("passed_on", None), ("passed_to__isnull", False), _connector="OR"),
                        name="ask_passed_to_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AskEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("text", models.CharField(max_length=300, verbose_name="what is asked for")),
                ("passed_on", models.DateField(blank=True, null=True, verbose_name="passed to them on")),
                ("reply_by", models.DateField(blank=True, null=True, verbose_name="reply hoped for by")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who looks after it",
                    ),
                ),
                (
                    "passed_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.organisation",
                        verbose_name="who could help",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.ask",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AskReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_on", models.DateField(verbose_name="as of")),
                ("text", models.TextField(max_length=2000, verbose_name="what came back")),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="stp_feedback.ask"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "ask replies",
                "ordering": ["ask", "told_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="ask_reply_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AskReplyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("told_on", models.DateField(verbose_name="as of")),
                ("text", models.TextField(max_length=2000, verbose_name="what came back")),
                (
                    "ask",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="stp_feedback.ask",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.askreply",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_on", models.DateField(auto_now_add=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="initiatives.stparea",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="stp_feedback.feedbackpoint",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("point", "area", "by"), name="endorsement_once_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackPointEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("opportunities", "Opportunities and enablers"),
                            ("innovation", "Promoting and adopting innovation"),
                            ("support", "Support that would add most value"),
                        ],
                        max_length=20,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("verbatim", models.TextField(blank=True, verbose_name="as written at the table")),
                ("text", models.TextField(verbose_name="edited for clarity")),
                ("enabled_by", models.TextField(blank=True)),
                ("is_unclear", models.BooleanField(default=False, verbose_name="unclear or hard to read")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")], default="draft", max_length=10
                    ),
                ),
                (
                    "corrected_on",
                    models.DateField(blank=True, null=True, verbose_name="corrected after publication on"),
                ),
                (
                    "sent_key",
                    models.UUIDField(
                        editable=False,
                        help_text="So that a note sent twice is kept once",
                        null=True,
                        verbose_name="what the note-taker's device calls it",
                    ),
                ),
                ("source_place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.stparea",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.feedbackpoint",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="stp_feedback.forum",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FeedbackVersion",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.UUIDField(default=uuid.uuid4)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="feedback_version_one_row")],
            },
        ),
        migrations.CreateModel(
            name="ForumEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=100)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("forum", "Forum"),
                            ("learning-session", "Learning session"),
                            ("peer-visit", "Peer visit"),
                            ("webinar", "Webinar"),
                        ],
                        default="forum",
                        max_length=20,
                    ),
                ),
                (
                    "held_on",
                    models.DateField(
                        blank=True, help_text="The first day of the month where only that is known", null=True
                    ),
                ),
                (
                    "date_known",
                    models.CharField(
                        choices=[("day", "To the day"), ("month", "To the month"), ("not-yet", "Not yet")],
                        default="day",
                        max_length=10,
                        verbose_name="how well the date is known",
                    ),
                ),
                ("date_note", models.CharField(blank=True, max_length=300, verbose_name="note on the date")),
                ("venue", models.CharField(blank=True, max_length=200)),
                ("host", models.CharField(blank=True, max_length=200)),
                ("visitors", models.CharField(blank=True, max_length=300, verbose_name="who visits")),
                ("introduction", models.TextField(blank=True)),
                ("feedback_note", models.TextField(blank=True, verbose_name="how the feedback was gathered")),
                ("attendees", models.PositiveIntegerField(blank=True, null=True, verbose_name="attendees as reported")),
                (
                    "committers",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people who made commitments, as reported"
                    ),
                ),
                (
                    "commitments",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="commitments as reported"),
                ),
                ("follow_up_months", models.PositiveSmallIntegerField(default=3)),
                (
                    "follow_up_at_next",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="asks by the next forum of its series"
                    ),
                ),
                ("follow_up_due_on", models.DateField(editable=False, null=True, verbose_name="follow-up due on")),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                ("feedback_published_at", models.DateTimeField(blank=True, null=True)),
                ("is_invented", models.BooleanField(default=False, verbose_name="invented for demonstration")),
                ("source_place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.forum",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.source",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="stp_feedback.series",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ForumInitiative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("forum", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="stp_feedback.forum")),
                (
                    "initiative",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="initiatives.initiative"),
                ),
            ],
            options={
                "verbose_name": "initiative shown",
                "verbose_name_plural": "initiatives shown",
                "ordering": ["forum", "position"],
                "constraints": [models.UniqueConstraint(fields=("forum", "initiative"), name="forum_initiative_once")],
            },
        ),
        migrations.CreateModel(
            name="ForumKeyTheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True)),
                ("source_place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                ("forum", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="stp_feedback.forum")),
                (
                    "key_theme",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="stp_feedback.keytheme"),
                ),
            ],
            options={
                "verbose_name": "key theme raised",
                "verbose_name_plural": "key themes raised",
                "ordering": ["forum", "position"],
                "constraints": [models.UniqueConstraint(fields=("forum", "key_theme"), name="forum_key_theme_once")],
            },
        ),
        migrations.CreateModel(
            name="Idea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("idea", models.CharField(max_length=200)),
                ("why_needed", models.TextField(blank=True, max_length=2000, verbose_name="why is it needed")),
                ("benefits", models.TextField(blank=True, max_length=2000, verbose_name="what will the benefits be")),
                ("who_for", models.CharField(blank=True, max_length=300, verbose_name="who is it for")),
                ("how", models.TextField(blank=True, max_length=2000, verbose_name="how will it happen")),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ideas",
                        to="initiatives.stparea",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ideas", to="stp_feedback.forum"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="ideas",
                        to="initiatives.initiative",
                        verbose_name="the initiative that came of it",
                    ),
                ),
            ],
            options={
                "verbose_name": "idea card",
                "ordering": ["forum", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("idea", ""), _negated=True), name="idea_says_something")
                ],
            },
        ),
        migrations.CreateModel(
            name="IdeaEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("idea", models.CharField(max_length=200)),
                ("why_needed", models.TextField(blank=True, max_length=2000, verbose_name="why is it needed")),
                ("benefits", models.TextField(blank=True, max_length=2000, verbose_name="what will the benefits be")),
                ("who_for", models.CharField(blank=True, max_length=300, verbose_name="who is it for")),
                ("how", models.TextField(blank=True, max_length=2000, verbose_name="how will it happen")),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.stparea",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="stp_feedback.forum",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.initiative",
                        verbose_name="the initiative that came of it",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.idea",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KeyThemeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(help_text="For checkboxes and charts", max_length=60)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.keytheme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="what is measured")),
                (
                    "comparator",
                    models.CharField(
                        choices=[
                            ("fewer-than", "Fewer than"),
                            ("at-most", "At most"),
                            ("exactly", "Exactly"),
                            ("at-least", "At least"),
                            ("more-than", "More than"),
                        ],
                        max_length=10,
                        verbose_name="how it compares",
                    ),
                ),
                ("target", models.DecimalField(decimal_places=3, max_digits=12)),
                ("unit", models.CharField(max_length=60)),
                (
                    "by_when",
                    models.DateField(
                        blank=True, help_text="A month is kept as its first day", null=True, verbose_name="by when"
                    ),
                ),
                (
                    "by_known",
                    models.CharField(
                        choices=[("day", "To the day"), ("month", "To the month"), ("not-yet", "Not yet")],
                        default="not-yet",
                        max_length=10,
                        verbose_name="how well that is known",
                    ),
                ),
                ("as_printed", models.CharField(blank=True, max_length=200, verbose_name="target as printed")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note on the target")),
                ("source_place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="initiatives.source",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="stp_feedback.series"
                    ),
                ),
            ],
            options={
                "ordering": ["series", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("series", "position"),
                        name="measure_position",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("unit", ""), _negated=True)
                        ),
                        name="measure_says_what_it_counts",
                    ),
                    models.CheckConstraint(condition=models.Q(("target__gte", 0)), name="measure_target_is_no_debt"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by_known", "day"), ("by_when__isnull", False)),
                            models.Q(("by_known", "month"), ("by_when__day", 1)),
                            models.Q(("by_known", "not-yet"), ("by_when", None)),
                            _connector="OR",
                        ),
                        name="measure_date_as_well_as_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="what is measured")),
                (
                    "comparator",
                    models.CharField(
                        choices=[
                            ("fewer-than", "Fewer than"),
                            ("at-most", "At most"),
                            ("exactly", "Exactly"),
                            ("at-least", "At least"),
                            ("more-than", "More than"),
                        ],
                        max_length=10,
                        verbose_name="how it compares",
                    ),
                ),
                ("target", models.DecimalField(decimal_places=3, max_digits=12)),
                ("unit", models.CharField(max_length=60)),
                (
                    "by_when",
                    models.DateField(
                        blank=True, help_text="A month is kept as its first day", null=True, verbose_name="by when"
                    ),
                ),
                (
                    "by_known",
                    models.CharField(
                        choices=[("day", "To the day"), ("month", "To the month"), ("not-yet", "Not yet")],
                        default="not-yet",
                        max_length=10,
                        verbose_name="how well that is known",
                    ),
                ),
                ("as_printed", models.CharField(blank=True, max_length=200, verbose_name="target as printed")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note on the target")),
                ("source_place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.measure",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.source",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="stp_feedback.series",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was", models.JSONField(verbose_name="words of the one that stayed")),
                ("gone", models.JSONField(verbose_name="words and tags of the other")),
                (
                    "sent_key",
                    models.UUIDField(
                        null=True, unique=True, verbose_name="what the note-taker's device calls the other"
                    ),
                ),
                ("merged_at", models.DateTimeField(auto_now_add=True)),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merges",
                        to="stp_feedback.feedbackpoint",
                    ),
                ),
            ],
            options={
                "verbose_name": "merge of points",
                "verbose_name_plural": "merges of points",
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("address", models.URLField(blank=True, verbose_name="web address")),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="stp_feedback.forum"
                    ),
                ),
            ],
            options={
                "ordering": ["forum", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("forum", "position"),
                        name="paper_position",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Poll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("question", models.CharField(max_length=300, verbose_name="what was asked or pitched for")),
                (
                    "results",
                    models.TextField(
                        help_text="One answer in each line, its votes at the end", verbose_name="answers and votes"
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="polls", to="stp_feedback.forum"
                    ),
                ),
            ],
            options={
                "ordering": ["forum", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("forum", "position"),
                        name="poll_position",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("results__regex", "^(\\S.* \\d{1,6}\\n)*\\S.* \\d{1,6}$")),
                        name="poll_results_count_votes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read_on", models.DateField(verbose_name="as of")),
                ("value", models.DecimalField(decimal_places=3, max_digits=12)),
                ("is_baseline", models.BooleanField(default=False, verbose_name="where things stood at the start")),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="stp_feedback.measure"
                    ),
                ),
            ],
            options={
                "ordering": ["measure", "read_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "read_on"), name="reading_once_a_day"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_baseline", True)), fields=("measure",), name="reading_one_baseline"
                    ),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="reading_value_is_no_debt"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("read_on", models.DateField(verbose_name="as of")),
                ("value", models.DecimalField(decimal_places=3, max_digits=12)),
                ("is_baseline", models.BooleanField(default=False, verbose_name="where things stood at the start")),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="stp_feedback.measure",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.reading",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("addressed_to", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("source_place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="stp_feedback.forum",
                    ),
                ),
            ],
            options={
                "ordering": ["forum", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("forum", "number"),
                        name="recommendation_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecommendationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("addressed_to", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("source_place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                (
                    "forum",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="stp_feedback.forum",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.recommendation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RecommendationUpdate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_on", models.DateField(verbose_name="as of")),
                ("text", models.TextField(max_length=2000, verbose_name="what was done")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="updates",
                        to="stp_feedback.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["recommendation", "told_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="recommendation_update_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecommendationUpdateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("told_on", models.DateField(verbose_name="as of")),
                ("text", models.TextField(max_length=2000, verbose_name="what was done")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="stp_feedback.recommendationupdate",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="stp_feedback.recommendation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("speaker", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("source_place", models.CharField(blank=True, max_length=200, verbose_name="where in the source")),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="stp_feedback.forum"
                    ),
                ),
            ],
            options={
                "ordering": ["forum", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("forum", "position"),
                        name="session_position",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="forum",
            name="initiatives",
            field=models.ManyToManyField(
                related_name="forums", through="stp_feedback.ForumInitiative", to="initiatives.initiative"
            ),
        ),
        migrations.AddField(
            model_name="forum",
            name="key_themes",
            field=models.ManyToManyField(
                related_name="forums", through="stp_feedback.ForumKeyTheme", to="stp_feedback.keytheme"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="keytheme",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_keythemeevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "slug") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."short_name", NEW."slug"); RETURN NULL;',
                    hash="9970b903c897de642359aa67efb9f9a1934b366e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_37961",
                    table="stp_feedback_keytheme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="keytheme",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "stp_feedback_keythemeevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "slug") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."short_name", NEW."slug"); RETURN NULL;',
                    hash="629e20c2a04619c6f0372814f2b29dca9db0e85b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_537bb",
                    table="stp_feedback_keytheme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="keytheme",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_keythemeevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "slug") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."short_name", OLD."slug"); RETURN NULL;',
                    hash="2cacb83f91709c53a770e7e350fcf8f51c11a22e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c5bbd",
                    table="stp_feedback_keytheme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="askreply",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_askreplyevent" ("ask_id", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "told_on") VALUES (NEW."ask_id", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."told_on"); RETURN NULL;',
                    hash="8cc4de6e14a5e42ad4f4a732ed299910f22f6640",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_074dc",
                    table="stp_feedback_askreply",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="askreply",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "stp_feedback_askreplyevent" ("ask_id", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "told_on") VALUES (NEW."ask_id", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."told_on"); RETURN NULL;',
                    hash="dac19a27c5888d8d9945a04a90b9d6add55bab37",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1c2ab",
                    table="stp_feedback_askreply",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="askreply",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_askreplyevent" ("ask_id", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "told_on") VALUES (OLD."ask_id", OLD."by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text", OLD."told_on"); RETURN NULL;',
                    hash="114a994fe10751a1a36696afca8571f4c2f653ab",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_61a67",
                    table="stp_feedback_askreply",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ask",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_askevent" ("id", "owner_id", "passed_on", "passed_to_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_by", "text") VALUES (NEW."id", NEW."owner_id", NEW."passed_on", NEW."passed_to_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reply_by", NEW."text"); RETURN NULL;',
                    hash="253d73a6cdbadb529f9a00ae7ac0b99694ed70e9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b41b5",
                    table="stp_feedback_ask",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ask",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "stp_feedback_askevent" ("id", "owner_id", "passed_on", "passed_to_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_by", "text") VALUES (NEW."id", NEW."owner_id", NEW."passed_on", NEW."passed_to_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reply_by", NEW."text"); RETURN NULL;',
                    hash="61853d94b7329ef2d1f75c4f00f260e4cc64605d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_61124",
                    table="stp_feedback_ask",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ask",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_askevent" ("id", "owner_id", "passed_on", "passed_to_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_by", "text") VALUES (OLD."id", OLD."owner_id", OLD."passed_on", OLD."passed_to_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reply_by", OLD."text"); RETURN NULL;',
                    hash="cc955e3133c99ac22e09c06cb27373bbeec3b89c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f99b9",
                    table="stp_feedback_ask",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="arearesponse",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_arearesponseevent" ("answer", "answered_on", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "why") VALUES (NEW."answer", NEW."answered_on", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."point_id", NEW."why"); RETURN NULL;',
                    hash="665a78bfdbad3f28c0aaf9ccf31ac51ad8df3dba",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a381c",
                    table="stp_feedback_arearesponse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="arearesponse",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "stp_feedback_arearesponseevent" ("answer", "answered_on", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "why") VALUES (NEW."answer", NEW."answered_on", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."point_id", NEW."why"); RETURN NULL;',
                    hash="4515a8a3c115a9a13a68f9faa3e22ba71d1354e2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7893e",
                    table="stp_feedback_arearesponse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="arearesponse",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_arearesponseevent" ("answer", "answered_on", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "why") VALUES (OLD."answer", OLD."answered_on", OLD."by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."point_id", OLD."why"); RETURN NULL;',
                    hash="13d8ce83e2eeaa361f2b2a1254ff19a573e85df7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f4a0a",
                    table="stp_feedback_arearesponse",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="idea",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_ideaevent" ("area_id", "benefits", "forum_id", "how", "id", "idea", "initiative_id", "is_published", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "who_for", "why_needed") VALUES (NEW."area_id", NEW."benefits", NEW."forum_id", NEW."how", NEW."id", NEW."idea", NEW."initiative_id", NEW."is_published", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."who_for", NEW."why_needed"); RETURN NULL;',
                    hash="ab87bb8cc642bd4dff63fecbc0d3fe40295b83fd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_45e89",
                    table="stp_feedback_idea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="idea",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "stp_feedback_ideaevent" ("area_id", "benefits", "forum_id", "how", "id", "idea", "initiative_id", "is_published", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "who_for", "why_needed") VALUES (NEW."area_id", NEW."benefits", NEW."forum_id", NEW."how", NEW."id", NEW."idea", NEW."initiative_id", NEW."is_published", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."who_for", NEW."why_needed"); RETURN NULL;',
                    hash="887984275106ce41552a718338f539ce0430f2d2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_cd42c",
                    table="stp_feedback_idea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="idea",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_ideaevent" ("area_id", "benefits", "forum_id", "how", "id", "idea", "initiative_id", "is_published", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "who_for", "why_needed") VALUES (OLD."area_id", OLD."benefits", OLD."forum_id", OLD."how", OLD."id", OLD."idea", OLD."initiative_id", OLD."is_published", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."who_for", OLD."why_needed"); RETURN NULL;',
                    hash="736c12d81337115cf5ab3001fcaf5d706b4bb02c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9c889",
                    table="stp_feedback_idea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_feedbackpointevent" ("area_id", "corrected_on", "edited_by_id", "enabled_by", "forum_id", "id", "is_unclear", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "section", "sent_key", "source_place", "state", "text", "verbatim") VALUES (NEW."area_id", NEW."corrected_on", NEW."edited_by_id", NEW."enabled_by", NEW."forum_id", NEW."id", NEW."is_unclear", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."section", NEW."sent_key", NEW."source_place", NEW."state", NEW."text", NEW."verbatim"); RETURN NULL;',
                    hash="53bf828f5386da07701063451c564429f845bede",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f4690",
                    table="stp_feedback_feedbackpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "stp_feedback_feedbackpointevent" ("area_id", "corrected_on", "edited_by_id", "enabled_by", "forum_id", "id", "is_unclear", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "section", "sent_key", "source_place", "state", "text", "verbatim") VALUES (NEW."area_id", NEW."corrected_on", NEW."edited_by_id", NEW."enabled_by", NEW."forum_id", NEW."id", NEW."is_unclear", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."section", NEW."sent_key", NEW."source_place", NEW."state", NEW."text", NEW."verbatim"); RETURN NULL;',
                    hash="1e3a09ad7ee10bee490d1b65d2ec846d956b9415",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c22b4",
                    table="stp_feedback_feedbackpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_feedbackpointevent" ("area_id", "corrected_on", "edited_by_id", "enabled_by", "forum_id", "id", "is_unclear", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "section", "sent_key", "source_place", "state", "text", "verbatim") VALUES (OLD."area_id", OLD."corrected_on", OLD."edited_by_id", OLD."enabled_by", OLD."forum_id", OLD."id", OLD."is_unclear", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."section", OLD."sent_key", OLD."source_place", OLD."state", OLD."text", OLD."verbatim"); RETURN NULL;',
                    hash="3500e05ac96386ea1083a69c925828e6c0eeee92",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_53318",
                    table="stp_feedback_feedbackpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reading",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_readingevent" ("by_id", "id", "is_baseline", "measure_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_on", "value") VALUES (NEW."by_id", NEW."id", NEW."is_baseline", NEW."measure_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."read_on", NEW."value"); RETURN NULL;',
                    hash="acd8b4540d228e05e6b37c9d6c4b83fa11866416",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7ab1c",
                    table="stp_feedback_reading",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reading",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "stp_feedback_readingevent" ("by_id", "id", "is_baseline", "measure_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_on", "value") VALUES (NEW."by_id", NEW."id", NEW."is_baseline", NEW."measure_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."read_on", NEW."value"); RETURN NULL;',
                    hash="ce925661ad6314a0ed374654dab57877782b8bd9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_609b3",
                    table="stp_feedback_reading",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reading",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_readingevent" ("by_id", "id", "is_baseline", "measure_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_on", "value") VALUES (OLD."by_id", OLD."id", OLD."is_baseline", OLD."measure_id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."read_on", OLD."value"); RETURN NULL;',
                    hash="f04097200c9c793429f16e86176433f3a24048e0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_196e1",
                    table="stp_feedback_reading",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recommendation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_recommendationevent" ("addressed_to", "forum_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_place", "text") VALUES (NEW."addressed_to", NEW."forum_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source_place", NEW."text"); RETURN NULL;',
                    hash="a20e76c99bae8276954617da04aaf72d76fbdbfc",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_87b0b",
                    table="stp_feedback_recommendation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recommendation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "stp_feedback_recommendationevent" ("addressed_to", "forum_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_place", "text") VALUES (NEW."addressed_to", NEW."forum_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source_place", NEW."text"); RETURN NULL;',
                    hash="8d75b786fb0781f9a39121d66eb520022fc4ae08",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d881c",
                    table="stp_feedback_recommendation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recommendation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_recommendationevent" ("addressed_to", "forum_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_place", "text") VALUES (OLD."addressed_to", OLD."forum_id", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source_place", OLD."text"); RETURN NULL;',
                    hash="45c1f9e94fa98e8c74d9984bd9ed7296d4f61d67",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c6b7d",
                    table="stp_feedback_recommendation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recommendationupdate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_recommendationupdateevent" ("by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "text", "told_on") VALUES (NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recommendation_id", NEW."text", NEW."told_on"); RETURN NULL;',
                    hash="a390fe7d2c64579247499ab79512ccc54e44d84d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_82d30",
                    table="stp_feedback_recommendationupdate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recommendationupdate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "stp_feedback_recommendationupdateevent" ("by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "text", "told_on") VALUES (NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recommendation_id", NEW."text", NEW."told_on"); RETURN NULL;',
                    hash="d63d0a3ccbfa1f6022c1ceaf37c241c75aed7f26",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a02c3",
                    table="stp_feedback_recommendationupdate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recommendationupdate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_recommendationupdateevent" ("by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation_id", "text", "told_on") VALUES (OLD."by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recommendation_id", OLD."text", OLD."told_on"); RETURN NULL;',
                    hash="2bf42fa48c0d9458300a86b2dc85b8a13105fbaf",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7cd43",
                    table="stp_feedback_recommendationupdate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_measureevent" ("as_printed", "by_known", "by_when", "comparator", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "series_id", "source_id", "source_place", "target", "unit") VALUES (NEW."as_printed", NEW."by_known", NEW."by_when", NEW."comparator", NEW."id", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."series_id", NEW."source_id", NEW."source_place", NEW."target", NEW."unit"); RETURN NULL;',
                    hash="46d1824c37b9cf830a728e3f88448ef81bc35697",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0c912",
                    table="stp_feedback_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "stp_feedback_measureevent" ("as_printed", "by_known", "by_when", "comparator", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "series_id", "source_id", "source_place", "target", "unit") VALUES (NEW."as_printed", NEW."by_known", NEW."by_when", NEW."comparator", NEW."id", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."series_id", NEW."source_id", NEW."source_place", NEW."target", NEW."unit"); RETURN NULL;',
                    hash="153da82efc13f78f94b97b92c1304d2b0125d55b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1b8c2",
                    table="stp_feedback_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_measureevent" ("as_printed", "by_known", "by_when", "comparator", "id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "series_id", "source_id", "source_place", "target", "unit") VALUES (OLD."as_printed", OLD."by_known", OLD."by_when", OLD."comparator", OLD."id", OLD."name", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."series_id", OLD."source_id", OLD."source_place", OLD."target", OLD."unit"); RETURN NULL;',
                    hash="8ea6fb1a8df93539148a12926e9647d80edad09c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e8f6c",
                    table="stp_feedback_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="forum",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_forumevent" ("attendees", "commitments", "committers", "date_known", "date_note", "feedback_note", "feedback_published_at", "follow_up_at_next", "follow_up_due_on", "follow_up_months", "held_on", "host", "id", "introduction", "is_invented", "is_published", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series_id", "slug", "source_id", "source_place", "title", "venue", "visitors") VALUES (NEW."attendees", NEW."commitments", NEW."committers", NEW."date_known", NEW."date_note", NEW."feedback_note", NEW."feedback_published_at", NEW."follow_up_at_next", NEW."follow_up_due_on", NEW."follow_up_months", NEW."held_on", NEW."host", NEW."id", NEW."introduction", NEW."is_invented", NEW."is_published", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."series_id", NEW."slug", NEW."source_id", NEW."source_place", NEW."title", NEW."venue", NEW."visitors"); RETURN NULL;',
                    hash="bab9001e712951f743dc039433c077185cd73195",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6e25f",
                    table="stp_feedback_forum",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="forum",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."attendees" IS DISTINCT FROM (NEW."attendees") OR OLD."commitments" IS DISTINCT FROM (NEW."commitments") OR OLD."committers" IS DISTINCT FROM (NEW."committers") OR OLD."date_known" IS DISTINCT FROM (NEW."date_known") OR OLD."date_note" IS DISTINCT FROM (NEW."date_note") OR OLD."feedback_note" IS DISTINCT FROM (NEW."feedback_note") OR OLD."feedback_published_at" IS DISTINCT FROM (NEW."feedback_published_at") OR OLD."follow_up_at_next" IS DISTINCT FROM (NEW."follow_up_at_next") OR OLD."follow_up_due_on" IS DISTINCT FROM (NEW."follow_up_due_on") OR OLD."follow_up_months" IS DISTINCT FROM (NEW."follow_up_months") OR OLD."held_on" IS DISTINCT FROM (NEW."held_on") OR OLD."host" IS DISTINCT FROM (NEW."host") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."introduction" IS DISTINCT FROM (NEW."introduction") OR OLD."is_invented" IS DISTINCT FROM (NEW."is_invented") OR OLD."is_published" IS DISTINCT FROM (NEW."is_published") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."series_id" IS DISTINCT FROM (NEW."series_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."source_place" IS DISTINCT FROM (NEW."source_place") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."venue" IS DISTINCT FROM (NEW."venue") OR OLD."visitors" IS DISTINCT FROM (NEW."visitors"))',
                    func='INSERT INTO "stp_feedback_forumevent" ("attendees", "commitments", "committers", "date_known", "date_note", "feedback_note", "feedback_published_at", "follow_up_at_next", "follow_up_due_on", "follow_up_months", "held_on", "host", "id", "introduction", "is_invented", "is_published", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series_id", "slug", "source_id", "source_place", "title", "venue", "visitors") VALUES (NEW."attendees", NEW."commitments", NEW."committers", NEW."date_known", NEW."date_note", NEW."feedback_note", NEW."feedback_published_at", NEW."follow_up_at_next", NEW."follow_up_due_on", NEW."follow_up_months", NEW."held_on", NEW."host", NEW."id", NEW."introduction", NEW."is_invented", NEW."is_published", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."series_id", NEW."slug", NEW."source_id", NEW."source_place", NEW."title", NEW."venue", NEW."visitors"); RETURN NULL;',
                    hash="c27da7f0b250df40f4f3a87ad34075bf071b9b8f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f007e",
                    table="stp_feedback_forum",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="forum",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stp_feedback_forumevent" ("attendees", "commitments", "committers", "date_known", "date_note", "feedback_note", "feedback_published_at", "follow_up_at_next", "follow_up_due_on", "follow_up_months", "held_on", "host", "id", "introduction", "is_invented", "is_published", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "series_id", "slug", "source_id", "source_place", "title", "venue", "visitors") VALUES (OLD."attendees", OLD."commitments", OLD."committers", OLD."date_known", OLD."date_note", OLD."feedback_note", OLD."feedback_published_at", OLD."follow_up_at_next", OLD."follow_up_due_on", OLD."follow_up_months", OLD."held_on", OLD."host", OLD."id", OLD."introduction", OLD."is_invented", OLD."is_published", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."series_id", OLD."slug", OLD."source_id", OLD."source_place", OLD."title", OLD."venue", OLD."visitors"); RETURN NULL;',
                    hash="3f49a790fe8ba29e9b0627821ba1b5a5af3ab936",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d2c93",
                    table="stp_feedback_forum",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(CHANGED, "DROP FUNCTION feedback_changed();"),
        *map(_trigger, SHOWN),
    ]
