"""The tables of the commitments and their follow-up."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import commitments.models.waves


class Migration(migrations.Migration):
    replaces = [
        ("commitments", "0001_initial"),
        ("commitments", "0002_initial"),
        ("commitments", "0003_sending_engine"),
        ("commitments", "0004_answer_time"),
        ("commitments", "0005_chases"),
        ("commitments", "0006_heartbeats"),
        ("commitments", "0007_attendee_imports"),
        ("commitments", "0008_erasures"),
        ("commitments", "0009_database_runs"),
        ("commitments", "0010_asking_again_and_handing_over"),
        ("commitments", "0011_bounces"),
        ("commitments", "0012_second_person_releases"),
        ("commitments", "0013_held_texts_and_consents"),
        ("commitments", "0014_undoing_imports_and_checking_cards"),
        ("commitments", "0015_stories_spread_and_summary"),
        ("commitments", "0016_wordings"),
        ("commitments", "0017_close_downs"),
        ("commitments", "0018_rehearsals"),
        ("commitments", "0019_suggestions"),
        ("commitments", "0020_shared_commitments"),
        ("commitments", "0021_stories_on_entries"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("initiatives", "0001_squashed_0018_undoing_imports_of_entries"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("stp_feedback", "0001_squashed_0014_areas_that_took_no_part"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("role", models.CharField(blank=True, max_length=200)),
                ("came", models.BooleanField(default=True, verbose_name="came to the forum")),
                (
                    "stands_in",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="A colleague of somebody who came, named by them",
                        verbose_name="took a commitment over",
                    ),
                ),
                ("agreed_at", models.DateTimeField(blank=True, null=True, verbose_name="agreed to be followed up")),
                ("agreed_wording", models.TextField(blank=True, verbose_name="the sentence agreed to")),
                ("ask_again_on", models.DateField(blank=True, null=True, verbose_name="asked to be asked again on")),
                ("ask_again_said_at", models.DateTimeField(blank=True, null=True, verbose_name="said so on")),
                ("objected_at", models.DateTimeField(blank=True, null=True, verbose_name="asked us to stop")),
                (
                    "address_failed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="address needs mending"),
                ),
                (
                    "address_failure",
                    models.CharField(blank=True, max_length=500, verbose_name="why the address failed"),
                ),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="initiatives.stparea",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="stp_feedback.forum"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("forum", "email"),
                        name="attendee_email_once_in_forum",
                        violation_error_message="Somebody with this email address is already on this forum's list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="attendee_email_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at", None), ("agreed_wording", "")),
                            models.Q(("agreed_at__isnull", False), models.Q(("agreed_wording", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="attendee_agreement_has_wording",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ask_again_on", None), ("ask_again_said_at", None)),
                            models.Q(("ask_again_on__isnull", False), ("ask_again_said_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="attendee_day_to_ask_was_said_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("erased_at", None), models.Q(("email", ""), ("name", "")), _connector="OR"),
                        name="attendee_erased_has_no_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="what somebody could do")),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="suggestions", to="stp_feedback.forum"
                    ),
                ),
            ],
            options={
                "ordering": ["forum", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("forum", "text"),
                        name="suggestion_once_in_forum",
                        violation_error_message="This forum has this suggestion already.",
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="suggestion_has_text"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="in their own words")),
                ("is_unclear", models.BooleanField(default=False, verbose_name="hard to read on the card")),
                (
                    "organisation",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="Where it is not only their own",
                        max_length=200,
                        verbose_name="made for an organisation",
                    ),
                ),
                ("by_when", models.DateField(blank=True, null=True)),
                (
                    "confidence",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "held_since",
                    models.DateTimeField(
                        blank=True,
                        help_text="When a colleague took it over; nothing for whoever made it",
                        null=True,
                        verbose_name="theirs since",
                    ),
                ),
                (
                    "is_disowned",
                    models.BooleanField(db_default=False, default=False, verbose_name="said not to be theirs"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_why", models.CharField(blank=True, max_length=300, verbose_name="why it was withdrawn")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answers_point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="commitments",
                        to="stp_feedback.feedbackpoint",
                    ),
                ),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
                        to="commitments.attendee",
                    ),
                ),
                (
                    "inspired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="inspired_commitments",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "suggested",
                    models.ForeignKey(
                        blank=True,
                        help_text="The suggestion that they started from",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="commitments.suggestion",
                    ),
                ),
                (
                    "key_themes",
                    models.ManyToManyField(blank=True, related_name="commitments", to="stp_feedback.keytheme"),
                ),
            ],
            options={
                "ordering": ["attendee", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("attendee", "position"), name="commitment_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence", None),
                            models.Q(("confidence__gte", 1), ("confidence__lte", 5)),
                            _connector="OR",
                        ),
                        name="commitment_confidence_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_disowned", False), ("withdrawn_at__isnull", False), _connector="OR"),
                        name="commitment_disowned_is_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), _negated=True), ("withdrawn_why", ""), _connector="OR"
                        ),
                        name="commitment_reason_only_when_withdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("part-done", "Part done"),
                            ("under-way", "Under way"),
                            ("not-started", "Not started yet"),
                            ("changed", "Changed into something else"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=20,
                        verbose_name="what became of it",
                    ),
                ),
                ("what_happened", models.TextField(blank=True)),
                ("helped_text", models.CharField(blank=True, max_length=500, verbose_name="what helped")),
                ("hindered_text", models.CharField(blank=True, max_length=500, verbose_name="what got in the way")),
                (
                    "took_up_as",
                    models.CharField(
                        blank=True,
                        choices=[("adopted", "We adopted it as it is"), ("adapted", "We adapted it")],
                        db_default="",
                        max_length=10,
                        verbose_name="how it was taken up",
                    ),
                ),
                (
                    "via",
                    models.CharField(
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
                ("is_late", models.BooleanField(default=False, verbose_name="given after the follow-up closed")),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                    "took_up",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers_taking_it_up",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="commitments.commitment"
                    ),
                ),
                (
                    "helped",
                    models.ManyToManyField(blank=True, related_name="helped_answers", to="stp_feedback.keytheme"),
                ),
                (
                    "hindered",
                    models.ManyToManyField(blank=True, related_name="hindered_answers", to="stp_feedback.keytheme"),
                ),
            ],
            options={
                "ordering": ["commitment", "-answered_at", "-pk"],
                "indexes": [
                    models.Index(fields=["commitment", "-answered_at", "-id"], name="answer_current"),
                    models.Index(condition=models.Q(("took_up__isnull", False)), fields=["id"], name="answer_took_up"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("via__in", ["link", "co-owner"])),
                            models.Q(("via__in", ["link", "co-owner"]), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_by_link_has_no_staff",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("took_up", None), models.Q(("took_up_as", ""), _negated=True), _connector="OR"
                        ),
                        name="answer_took_something_up_somehow",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("email", models.EmailField(max_length=254)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="commitments.attendee"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AttendeeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("role", models.CharField(blank=True, max_length=200)),
                ("came", models.BooleanField(default=True, verbose_name="came to the forum")),
                (
                    "stands_in",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="A colleague of somebody who came, named by them",
                        verbose_name="took a commitment over",
                    ),
                ),
                ("agreed_at", models.DateTimeField(blank=True, null=True, verbose_name="agreed to be followed up")),
                ("agreed_wording", models.TextField(blank=True, verbose_name="the sentence agreed to")),
                ("ask_again_on", models.DateField(blank=True, null=True, verbose_name="asked to be asked again on")),
                ("ask_again_said_at", models.DateTimeField(blank=True, null=True, verbose_name="said so on")),
                ("objected_at", models.DateTimeField(blank=True, null=True, verbose_name="asked us to stop")),
                (
                    "address_failed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="address needs mending"),
                ),
                (
                    "address_failure",
                    models.CharField(blank=True, max_length=500, verbose_name="why the address failed"),
                ),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                        to="commitments.attendee",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AttendeeImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[("people", "Attendees"), ("commitments", "Commitments")],
                        db_default="people",
                        default="people",
                        max_length=20,
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("header", models.JSONField()),
                ("rows", models.JSONField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="stp_feedback.forum"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                ("due_why", models.CharField(max_length=300, verbose_name="why it is due on this day")),
                (
                    "follows_forum",
                    models.BooleanField(
                        default=True,
                        help_text="The due date moves with the forum's date. Not so when staff chose another day",
                    ),
                ),
                (
                    "reminder_offsets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=commitments.models.waves.default_reminder_offsets,
                        size=2,
                    ),
                ),
                ("closes_on", models.DateField()),
                (
                    "asks_those_without",
                    models.BooleanField(default=False, verbose_name="also asks people who made no commitment"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("open", "Open"),
                            ("stopped", "Stopped"),
                            ("closed", "Closed"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("state_why", models.CharField(blank=True, max_length=300, verbose_name="why it is held or stopped")),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "forum",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wave", to="stp_feedback.forum"
                    ),
                ),
                (
                    "release_asked_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="To write to many people takes two: one asks for the release, another releases",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
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
                "ordering": ["due_on", "pk"],
                "indexes": [models.Index(fields=["state", "due_on"], name="wave_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gt", models.F("due_on"))), name="wave_closes_after_due"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_at", None), models.Q(("state", "planned"), _negated=True), _connector="OR"
                        ),
                        name="wave_released_is_no_longer_planned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("release_asked_by", None),
                            ("released_by", None),
                            models.Q(("released_by", models.F("release_asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="wave_released_by_a_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "letter",
                    models.CharField(
                        choices=[
                            ("ask", "First email"),
                            ("reminder", "Reminder"),
                            ("without", "Email to people without a commitment"),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
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
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wordings", to="commitments.wave"
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "letter", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "letter", "version"), name="wording_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body", ""), ("subject", "")),
                            models.Q(models.Q(("subject", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="wording_with_subject_and_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "First email"),
                            (1, "First reminder"),
                            (2, "Second reminder"),
                            (3, "Asked again on the day they chose"),
                            (4, "What the follow-up taught"),
                        ],
                        default=0,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("commitments", "About their commitments"),
                            ("no-commitment", "To somebody without a commitment"),
                            ("again", "To somebody who asked to be asked later"),
                            ("summary", "The summary after closing"),
                        ],
                        default="commitments",
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting to be sent"),
                            ("claimed", "Being sent"),
                            ("accepted", "Accepted by the mail server"),
                            ("deferred", "Put off, will be tried again"),
                            ("unknown", "May have been sent"),
                            ("bounced-soft", "Came back this time"),
                            ("bounced-hard", "Came back for good"),
                            ("failed", "Failed"),
                            ("cancelled", "Not needed"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="why, in words")),
                ("not_before", models.DateTimeField(verbose_name="not to be sent before")),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("first_tried_at", models.DateTimeField(blank=True, null=True)),
                (
                    "fence",
                    models.PositiveIntegerField(
                        default=0, help_text="Counts claims, so that only the latest can settle the row"
                    ),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                (
                    "data_started_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="content handed to the mail server from"),
                ),
                (
                    "times_unknown",
                    models.PositiveSmallIntegerField(default=0, verbose_name="attempts that may have been sent"),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("message_id", models.CharField(max_length=200, unique=True, verbose_name="Message-ID")),
                (
                    "service_id",
                    models.CharField(
                        blank=True, db_default="", max_length=200, verbose_name="the mail service's own name for it"
                    ),
                ),
                ("recipient", models.EmailField(blank=True, help_text="Frozen at the first attempt", max_length=254)),
                ("subject", models.CharField(blank=True, max_length=300)),
                (
                    "text",
                    models.TextField(
                        blank=True, help_text="Frozen at the first attempt, with a blank where the link goes"
                    ),
                ),
                ("html", models.TextField(blank=True)),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="commitments.attendee"
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="commitments.wave"
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        blank=True,
                        help_text="None for the standard wording",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commitments.wording",
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "step", "attendee"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "deferred"])),
                        fields=["wave", "not_before", "id"],
                        name="message_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "claimed")), fields=["lease_until"], name="message_lease"
                    ),
                    models.Index(
                        condition=models.Q(("state", "unknown")), fields=["not_before"], name="message_unknown"
                    ),
                    models.Index(
                        condition=models.Q(("service_id", ""), _negated=True),
                        fields=["service_id"],
                        name="message_service_id",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("wave", "attendee", "step"), name="message_once_per_person_and_step"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state", "claimed")),
                            models.Q(models.Q(("state", "claimed"), _negated=True), ("lease_until", None)),
                            _connector="OR",
                        ),
                        name="message_lease_while_claimed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "unknown"]), _negated=True),
                            models.Q(("recipient", ""), _negated=True),
                            models.Q(("html", ""), ("subject", ""), ("text", "")),
                            _connector="OR",
                        ),
                        name="message_sent_to_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bounce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hard", "The address does not work"),
                            ("soft", "Not delivered this time"),
                            ("complaint", "Reported as unwanted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(max_length=500, verbose_name="why, in words")),
                ("report", models.TextField(blank=True, help_text="What the mail server wrote; emptied after a while")),
                ("key", models.CharField(help_text="The same report twice counts once", max_length=200, unique=True)),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bounces", to="commitments.message"
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["hard", "soft", "complaint"])), name="bounce_of_a_known_kind"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CardCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reads_as",
                    models.TextField(blank=True, help_text="Only where it differs", verbose_name="what the card says"),
                ),
                ("checked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "typed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="card_check",
                        to="commitments.commitment",
                    ),
                ),
            ],
            options={
                "ordering": ["-checked_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("typed_by", None),
                            ("by", None),
                            models.Q(("by", models.F("typed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="card_check_takes_a_second_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Chase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("in-person", "In person"),
                            ("email", "In an email of ours or theirs"),
                            ("other", "Another way"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("chased_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chases", to="commitments.attendee"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-chased_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ChaseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("in-person", "In person"),
                            ("email", "In an email of ours or theirs"),
                            ("other", "Another way"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("chased_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "attendee",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="commitments.attendee",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
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
                        to="commitments.chase",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CloseDown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.CharField(max_length=300, verbose_name="why nothing more is to be done")),
                ("closed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "forum",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="close_down", to="stp_feedback.forum"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="close_down_says_why")
                ],
            },
        ),
        migrations.CreateModel(
            name="CloseDownEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("why", models.CharField(max_length=300, verbose_name="why nothing more is to be done")),
                ("closed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        to="commitments.closedown",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClosingSummary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="what the follow-up taught")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wave",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="summary", to="commitments.wave"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "closing summaries",
            },
        ),
        migrations.CreateModel(
            name="CommitmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="in their own words")),
                ("is_unclear", models.BooleanField(default=False, verbose_name="hard to read on the card")),
                (
                    "organisation",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="Where it is not only their own",
                        max_length=200,
                        verbose_name="made for an organisation",
                    ),
                ),
                ("by_when", models.DateField(blank=True, null=True)),
                (
                    "confidence",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "held_since",
                    models.DateTimeField(
                        blank=True,
                        help_text="When a colleague took it over; nothing for whoever made it",
                        null=True,
                        verbose_name="theirs since",
                    ),
                ),
                (
                    "is_disowned",
                    models.BooleanField(db_default=False, default=False, verbose_name="said not to be theirs"),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_why", models.CharField(blank=True, max_length=300, verbose_name="why it was withdrawn")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answers_point",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="stp_feedback.feedbackpoint",
                    ),
                ),
                (
                    "attendee",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="commitments.attendee",
                    ),
                ),
                (
                    "inspired_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.initiative",
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
                        to="commitments.commitment",
                    ),
                ),
                (
                    "suggested",
                    models.ForeignKey(
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("quote", "The Senate may quote what I wrote, without my name"),
                            ("peers", "People who came to the same forum may see what I wrote, with my name"),
                            (
                                "contacts",
                                "My name and email address may stand on a contact list for people of my forum",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("wording", models.TextField(verbose_name="the sentence agreed to")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="commitments.attendee"
                    ),
                ),
            ],
            options={
                "ordering": ["given_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("attendee", "use"),
                        name="consent_stands_once_per_use",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None), ("withdrawn_at__gte", models.F("given_at")), _connector="OR"
                        ),
                        name="consent_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoOwner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="co_owned", to="commitments.attendee"
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="co_owners",
                        to="commitments.commitment",
                    ),
                ),
            ],
            options={
                "ordering": ["commitment", "pk"],
                "constraints": [models.UniqueConstraint(fields=("commitment", "attendee"), name="co_owner_once")],
            },
        ),
        migrations.CreateModel(
            name="DatabaseRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kept_texts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Ids of the commitments whose text may stay",
                        size=None,
                    ),
                ),
                ("prepared_at", models.DateTimeField(auto_now_add=True)),
                ("executed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erasures", to="commitments.attendee"
                    ),
                ),
                (
                    "executed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-prepared_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("executed_by", None),
                            models.Q(("executed_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="erasure_takes_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("executed_at", None), ("executed_by", None)),
                            models.Q(("executed_at__isnull", False), ("executed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="erasure_executed_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("executed_at", None)),
                        fields=("attendee",),
                        name="erasure_waits_once_per_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FinishedImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200)),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="Ids of the people it added",
                        size=None,
                    ),
                ),
                (
                    "commitments",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="Ids of the commitments it added",
                        size=None,
                    ),
                ),
                (
                    "changes",
                    models.JSONField(default=list, help_text="Of each person it changed: id, fields before and after"),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="finished_imports",
                        to="stp_feedback.forum",
                    ),
                ),
                (
                    "undone_by",
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
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("undone_at", None), ("changes", []), _connector="OR"),
                        name="finished_import_undone_keeps_no_details",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("taken", "Taken on"),
                            ("refused", "Not taken on"),
                            ("taken-back", "Taken back"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "colleague",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offered", to="commitments.attendee"
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_overs",
                        to="commitments.commitment",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="given", to="commitments.attendee"
                    ),
                ),
            ],
            options={
                "ordering": ["offered_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("colleague")), _negated=True),
                        name="hand_over_to_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "offered")),
                            models.Q(models.Q(("state", "offered"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="hand_over_decided_at_some_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")),
                        fields=("commitment",),
                        name="hand_over_one_offer_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("worker", "The worker, which sends"),
                            ("beat", "Beat, which wakes the worker every minute"),
                        ],
                        max_length=10,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["worker", "beat"])), name="heartbeat_of_a_known_part"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="anything else")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="dealt with")),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="commitments.attendee"
                    ),
                ),
                (
                    "seen_by",
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
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="HeldText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("found", models.CharField(max_length=100, verbose_name="what it seems to hold")),
                ("held_at", models.DateTimeField(auto_now_add=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("released", "Released as it is"), ("masked", "Released without it")],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_text",
                        to="commitments.answer",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "remark",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_text",
                        to="commitments.remark",
                    ),
                ),
            ],
            options={
                "ordering": ["held_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", None), ("remark__isnull", False)),
                            models.Q(("answer__isnull", False), ("remark", None)),
                            _connector="OR",
                        ),
                        name="held_text_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decision", "")),
                            models.Q(models.Q(("decision", ""), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="held_text_decided_at_some_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="PeopleDownload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=100)),
                ("why", models.CharField(max_length=300)),
                ("rows", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RehearsalRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("commitments", "About their commitments"),
                            ("no-commitment", "To somebody without a commitment"),
                            ("again", "To somebody who asked to be asked later"),
                            ("summary", "The summary after closing"),
                        ],
                        max_length=20,
                        verbose_name="which email",
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="to what address")),
                ("why_not", models.CharField(blank=True, max_length=600, verbose_name="why they get none")),
                (
                    "link_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="an earlier link of theirs worked until"),
                ),
                ("made_at", models.DateTimeField(verbose_name="as it stood on")),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attendee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rehearsed", to="commitments.attendee"
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rehearsal", to="commitments.wave"
                    ),
                ),
            ],
            options={
                "ordering": ["wave", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "attendee"), name="rehearsal_names_a_person_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), models.Q(("why_not", ""), _negated=True)),
                            models.Q(("kind__in", ["commitments", "no-commitment"]), ("why_not", "")),
                            _connector="OR",
                        ),
                        name="rehearsal_has_an_email_or_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", ""),
                            models.Q(("address", ""), _negated=True),
                            ("erased_at__isnull", False),
                            _connector="OR",
                        ),
                        name="rehearsal_email_has_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("erased_at", None), ("address", ""), _connector="OR"),
                        name="rehearsal_erased_has_no_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("paused_why", models.CharField(blank=True, max_length=500, verbose_name="why sending is paused")),
                ("minute", models.DateTimeField(blank=True, null=True)),
                ("claimed_in_minute", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "sending",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="sending_is_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paused_at", None), ("paused_why", "")),
                            models.Q(("paused_at__isnull", False), models.Q(("paused_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="sending_paused_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SendingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("paused_why", models.CharField(blank=True, max_length=500, verbose_name="why sending is paused")),
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
                        to="commitments.sending",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="a title")),
                ("text", models.TextField(verbose_name="the story, without names")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="story", to="commitments.answer"
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        help_text="The entry on whose page it shows too",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stories",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "stories",
                "ordering": ["-written_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            ("written_by", None),
                            models.Q(("approved_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="story_takes_two_people",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TakeUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=200, verbose_name="where")),
                ("what_changed", models.CharField(blank=True, max_length=500, verbose_name="what they changed")),
                ("released_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="take_up", to="commitments.answer"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-released_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="TypedCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seconds",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="seconds from the first key to saving"
                    ),
                ),
                ("keys", models.PositiveIntegerField(blank=True, null=True, verbose_name="keys pressed")),
                ("typed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="typed_card",
                        to="commitments.commitment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WaveEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("due_on", models.DateField()),
                ("due_why", models.CharField(max_length=300, verbose_name="why it is due on this day")),
                (
                    "follows_forum",
                    models.BooleanField(
                        default=True,
                        help_text="The due date moves with the forum's date. Not so when staff chose another day",
                    ),
                ),
                (
                    "reminder_offsets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=commitments.models.waves.default_reminder_offsets,
                        size=2,
                    ),
                ),
                ("closes_on", models.DateField()),
                (
                    "asks_those_without",
                    models.BooleanField(default=False, verbose_name="also asks people who made no commitment"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("open", "Open"),
                            ("stopped", "Stopped"),
                            ("closed", "Closed"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("state_why", models.CharField(blank=True, max_length=300, verbose_name="why it is held or stopped")),
                ("released_at", models.DateTimeField(blank=True, null=True)),
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
                        to="commitments.wave",
                    ),
                ),
                (
                    "release_asked_by",
                    models.ForeignKey(
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
                (
                    "released_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sending",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_sendingevent" ("id", "paused_at", "paused_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."paused_at", NEW."paused_why", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="f0009bc267378236d146f9c98be87a332237a06d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d0af8",
                    table="commitments_sending",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sending",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."paused_at" IS DISTINCT FROM (NEW."paused_at") OR OLD."paused_why" IS DISTINCT FROM (NEW."paused_why"))',
                    func='INSERT INTO "commitments_sendingevent" ("id", "paused_at", "paused_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."paused_at", NEW."paused_why", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="3a94068738fc433511b4dc7e80f6c4191fc03631",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_92c06",
                    table="commitments_sending",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sending",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_sendingevent" ("id", "paused_at", "paused_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."paused_at", OLD."paused_why", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="cebfbbcde57fd3e6e2569ad2cbc26d39cd346ae8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cae26",
                    table="commitments_sending",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendee",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_attendeeevent" ("address_failed_at", "address_failure", "agreed_at", "agreed_wording", "area_id", "ask_again_on", "ask_again_said_at", "came", "created_at", "email", "erased_at", "forum_id", "id", "name", "objected_at", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "stands_in") VALUES (NEW."address_failed_at", NEW."address_failure", NEW."agreed_at", NEW."agreed_wording", NEW."area_id", NEW."ask_again_on", NEW."ask_again_said_at", NEW."came", NEW."created_at", NEW."email", NEW."erased_at", NEW."forum_id", NEW."id", NEW."name", NEW."objected_at", NEW."organisation", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."stands_in"); RETURN NULL;',
                    hash="34f382bc196bd7f2059af36db7c508ae4697acb7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9fa2d",
                    table="commitments_attendee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendee",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_attendeeevent" ("address_failed_at", "address_failure", "agreed_at", "agreed_wording", "area_id", "ask_again_on", "ask_again_said_at", "came", "created_at", "email", "erased_at", "forum_id", "id", "name", "objected_at", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "stands_in") VALUES (NEW."address_failed_at", NEW."address_failure", NEW."agreed_at", NEW."agreed_wording", NEW."area_id", NEW."ask_again_on", NEW."ask_again_said_at", NEW."came", NEW."created_at", NEW."email", NEW."erased_at", NEW."forum_id", NEW."id", NEW."name", NEW."objected_at", NEW."organisation", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."stands_in"); RETURN NULL;',
                    hash="085639f2fd797835fa00d076e797dec7a0a01c91",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_309cd",
                    table="commitments_attendee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attendee",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_attendeeevent" ("address_failed_at", "address_failure", "agreed_at", "agreed_wording", "area_id", "ask_again_on", "ask_again_said_at", "came", "created_at", "email", "erased_at", "forum_id", "id", "name", "objected_at", "organisation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "stands_in") VALUES (OLD."address_failed_at", OLD."address_failure", OLD."agreed_at", OLD."agreed_wording", OLD."area_id", OLD."ask_again_on", OLD."ask_again_said_at", OLD."came", OLD."created_at", OLD."email", OLD."erased_at", OLD."forum_id", OLD."id", OLD."name", OLD."objected_at", OLD."organisation", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."stands_in"); RETURN NULL;',
                    hash="d21205c56ed4f594d7daa668cc9b44efbff95618",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_07ef1",
                    table="commitments_attendee",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chase",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_chaseevent" ("attendee_id", "by_id", "channel", "chased_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."attendee_id", NEW."by_id", NEW."channel", NEW."chased_at", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="00490a762049c96eae1b85e13f6ad817424d3441",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_37e30",
                    table="commitments_chase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chase",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_chaseevent" ("attendee_id", "by_id", "channel", "chased_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."attendee_id", NEW."by_id", NEW."channel", NEW."chased_at", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="6a36f16211f5ee952ba27c063d1917701b135efe",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_73d27",
                    table="commitments_chase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chase",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_chaseevent" ("attendee_id", "by_id", "channel", "chased_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."attendee_id", OLD."by_id", OLD."channel", OLD."chased_at", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="e5e4d577a90dec408961718823acc6d127b65531",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_32487",
                    table="commitments_chase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closedown",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_closedownevent" ("by_id", "closed_at", "forum_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "why") VALUES (NEW."by_id", NEW."closed_at", NEW."forum_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."why"); RETURN NULL;',
                    hash="8cbff87aa49735131ce8bcfe5a68c7aa84eee9e3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d2eb6",
                    table="commitments_closedown",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closedown",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_closedownevent" ("by_id", "closed_at", "forum_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "why") VALUES (NEW."by_id", NEW."closed_at", NEW."forum_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."why"); RETURN NULL;',
                    hash="3e81d59d8af011d9ada5d2115b9de425f80098d2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8b065",
                    table="commitments_closedown",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closedown",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_closedownevent" ("by_id", "closed_at", "forum_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "why") VALUES (OLD."by_id", OLD."closed_at", OLD."forum_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."why"); RETURN NULL;',
                    hash="726a71bd1ffe497af828c6957d701df318b33f56",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_04600",
                    table="commitments_closedown",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="answer",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="b41568d8cc16877b7432b874192d21e4171864ce",
                    operation="UPDATE",
                    pgid="pgtrigger_append_only_c7c62",
                    table="commitments_answer",
                    when="BEFORE",
                ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="rehearsalrow",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d6191ef994e1a9aabc72ddab77e7304d1ce19d86",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_b0652",
                    table="commitments_rehearsalrow",
                    when="BEFORE",
                ),
            ),
        ),
        # A crash of the database empties it.
        migrations.RunSQL(
            "ALTER TABLE commitments_databaserun SET UNLOGGED", "ALTER TABLE commitments_databaserun SET LOGGED"
        ),
    ]
