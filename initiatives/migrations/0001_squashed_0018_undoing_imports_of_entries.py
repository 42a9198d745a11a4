"""The tables of the catalogue, what its search stands on, and a row that tells whether it has changed.

Search and that row are kept by triggers, so that fixtures, imports and plain SQL are seen too.
"""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

WORDS = """
CREATE TEXT SEARCH CONFIGURATION catalogue (COPY = english);
ALTER TEXT SEARCH CONFIGURATION catalogue
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;

CREATE FUNCTION catalogue_words(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT
AS $$ SELECT regexp_replace(words, '\\mA\\s?[&+]\\s?E\\M', 'emergency department', 'gi') $$;
"""
NO_WORDS = """
DROP FUNCTION catalogue_words(text);
DROP TEXT SEARCH CONFIGURATION catalogue;
"""

FUNCTIONS = r"""
CREATE FUNCTION catalogue_related_words(entry bigint) RETURNS text LANGUAGE sql STABLE AS $$
SELECT concat_ws(' . ',
    (SELECT string_agg(concat_ws(' ', area.code, area.name), ' . ' ORDER BY area.name)
       FROM initiatives_initiativearea row JOIN initiatives_stparea area ON area.id = row.area_id
      WHERE row.initiative_id = entry),
    (SELECT string_agg(borough.name, ' . ' ORDER BY borough.name)
       FROM initiatives_initiativeborough row JOIN initiatives_borough borough ON borough.id = row.borough_id
      WHERE row.initiative_id = entry),
    (SELECT string_agg(theme.name, ' . ' ORDER BY theme.name)
       FROM initiatives_initiative_themes row JOIN initiatives_theme theme ON theme.id = row.theme_id
      WHERE row.initiative_id = entry),
    (SELECT string_agg(population.name, ' . ' ORDER BY population.name)
       FROM initiatives_initiative_populations row
       JOIN initiatives_population population ON population.id = row.population_id
      WHERE row.initiative_id = entry),
    (SELECT string_agg(organisation.name, ' . ' ORDER BY organisation.name)
       FROM initiatives_initiative_organisations row
       JOIN initiatives_organisation organisation ON organisation.id = row.organisation_id
      WHERE row.initiative_id = entry),
    (SELECT string_agg(concat_ws(' . ', contact.name, contact.role, organisation.name), ' . ' ORDER BY contact.position)
       FROM initiatives_contact contact
       LEFT JOIN initiatives_organisation organisation ON organisation.id = contact.organisation_id
      WHERE contact.initiative_id = entry AND contact.is_public),
    (SELECT string_agg(outcome.measure, ' . ' ORDER BY outcome.position)
       FROM initiatives_outcome outcome WHERE outcome.initiative_id = entry),
    (SELECT string_agg(service.name, ' . ' ORDER BY service.position)
       FROM initiatives_service service WHERE service.initiative_id = entry)
) $$;

CREATE FUNCTION catalogue_refresh_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE initiatives_initiative initiative SET related_words = words.related
      FROM (SELECT initiative_id, catalogue_related_words(initiative_id) AS related
              FROM (SELECT DISTINCT initiative_id FROM changed) entries) words
     WHERE initiative.id = words.initiative_id AND initiative.related_words <> words.related;
    RETURN NULL;
END $$;

CREATE FUNCTION catalogue_refresh_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE initiatives_initiative SET related_words = catalogue_related_words(id)
     WHERE related_words <> catalogue_related_words(id);
    RETURN NULL;
END $$;

-- Taken before any row is touched, so that two writers queue here and cannot block each other further on.
CREATE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO initiatives_catalogueversion (id, version, changed_at) VALUES (1, gen_random_uuid(), now())
    ON CONFLICT (id) DO UPDATE SET version = excluded.version, changed_at = excluded.changed_at;
    RETURN NULL;
END $$;

-- 'falls' & 'car':* becomes 'falls':A & 'car':*A, which only words of a title and acronyms match.
CREATE FUNCTION catalogue_in_titles(query tsquery) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT regexp_replace(query::text, '(''(?:[^'']|'''')*'')(?::(\*))?', '\1:\2A', 'g')::tsquery $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION catalogue_in_titles(tsquery);
DROP FUNCTION catalogue_changed();
DROP FUNCTION catalogue_refresh_all();
DROP FUNCTION catalogue_refresh_entries();
DROP FUNCTION catalogue_related_words(bigint);
"""

PARTS = [
    "initiatives_initiativearea",
    "initiatives_initiativeborough",
    "initiatives_initiative_themes",
    "initiatives_initiative_populations",
    "initiatives_initiative_organisations",
    "initiatives_contact",
    "initiatives_outcome",
    "initiatives_service",
]
NAMES = [
    "initiatives_stparea",
    "initiatives_borough",
    "initiatives_theme",
    "initiatives_population",
    "initiatives_organisation",
]
OTHERS = [
    "initiatives_initiative",
    "initiatives_link",
    "initiatives_source",
    "initiatives_sourcereference",
    "initiatives_successorbody",
    "initiatives_thesaurusentry",
    "initiatives_adaptation",
]


def _trigger(name, table, function, event, changed="", when="AFTER"):
    rows = f"REFERENCING {changed} TABLE AS changed" if changed else ""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when} {event} ON {table} {rows} FOR EACH STATEMENT EXECUTE FUNCTION {function}();",
        f"DROP TRIGGER {name} ON {table};",
    )


TRIGGERS = [
    _trigger("catalogue_changed", table, "catalogue_changed", "INSERT OR UPDATE OR DELETE", when="BEFORE")
    for table in PARTS + NAMES + OTHERS
]
for table in PARTS:
    TRIGGERS += [
        _trigger("catalogue_insert", table, "catalogue_refresh_entries", "INSERT", "NEW"),
        _trigger("catalogue_update_before", table, "catalogue_refresh_entries", "UPDATE", "OLD"),
        _trigger("catalogue_update_after", table, "catalogue_refresh_entries", "UPDATE", "NEW"),
        _trigger("catalogue_delete", table, "catalogue_refresh_entries", "DELETE", "OLD"),
    ]
TRIGGERS += [_trigger("catalogue_update", table, "catalogue_refresh_all", "UPDATE") for table in NAMES]


class Migration(migrations.Migration):
    replaces = [
        ("initiatives", "0001_initial"),
        ("initiatives", "0002_london_wide_basis"),
        ("initiatives", "0003_search_related_words"),
        ("initiatives", "0004_search_evaluation_note"),
        ("initiatives", "0005_moderation"),
        ("initiatives", "0006_freshness"),
        ("initiatives", "0007_import_files"),
        ("initiatives", "0008_what_it_took_and_evidence"),
        ("initiatives", "0009_search_ranking"),
        ("initiatives", "0010_archiving"),
        ("initiatives", "0011_result_questions"),
        ("initiatives", "0012_catalogue_dump"),
        ("initiatives", "0013_adaptations"),
        ("initiatives", "0014_themes_kept_by_staff"),
        ("initiatives", "0015_contacts_that_last"),
        ("initiatives", "0016_import_progress"),
        ("initiatives", "0017_saved_searches"),
        ("initiatives", "0018_undoing_imports_of_entries"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True)),
                ("slug", models.SlugField(max_length=100, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("trust", "NHS trust"),
                            ("commissioner", "NHS commissioner"),
                            ("council", "Council"),
                            ("primary-care", "Primary care"),
                            ("academic", "University or academic health science network"),
                            ("partnership", "Partnership or network"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Population",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("slug", models.SlugField(unique=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("slug", models.SlugField(unique=True)),
                ("description", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("acronyms", models.CharField(blank=True, help_text="Separated by commas", max_length=200)),
                ("summary", models.TextField()),
                ("problem", models.TextField(blank=True, verbose_name="the problem it meets")),
                ("how_it_works", models.TextField(blank=True, verbose_name="how it works and what it took")),
                ("cost", models.CharField(blank=True, max_length=500)),
                ("funding", models.CharField(blank=True, max_length=500, verbose_name="who pays for it")),
                ("workforce", models.CharField(blank=True, max_length=500, verbose_name="who does the work")),
                ("set_up_time", models.CharField(blank=True, max_length=500, verbose_name="time to set up")),
                ("prerequisites", models.TextField(blank=True, verbose_name="what must be in place first")),
                ("pitfalls", models.TextField(blank=True, verbose_name="what to look out for")),
                ("start_here", models.TextField(blank=True, verbose_name="where to start")),
                ("lessons", models.TextField(blank=True, verbose_name="what they would do differently")),
                ("who_for", models.CharField(max_length=300, verbose_name="who it is for")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("pilot", "Pilot"),
                            ("live", "Live"),
                            ("scaled", "Scaled up"),
                            ("paused", "Paused"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "evaluation_status",
                    models.CharField(
                        choices=[
                            ("none-stated", "None stated"),
                            ("planned", "Planned"),
                            ("in-progress", "In progress"),
                            ("preliminary", "Preliminary results"),
                            ("completed", "Completed"),
                        ],
                        default="none-stated",
                        max_length=20,
                    ),
                ),
                ("evaluation_note", models.TextField(blank=True)),
                (
                    "evidence_strength",
                    models.CharField(
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
                (
                    "evidence_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why the evidence is that strong"),
                ),
                ("results_expected_on", models.DateField(blank=True, null=True, verbose_name="results expected on")),
                (
                    "results_expected_note",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="when results are expected, as the source says it"
                    ),
                ),
                ("london_wide", models.BooleanField(default=False, verbose_name="London-wide")),
                (
                    "london_wide_basis",
                    models.CharField(
                        choices=[("stated", "Stated in the source"), ("inferred", "Inferred")],
                        default="stated",
                        max_length=10,
                        verbose_name="how we know that it is London-wide",
                    ),
                ),
                (
                    "publication",
                    models.CharField(
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
                (
                    "archive_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="to be archived on"),
                ),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=500, verbose_name="why it is archived"),
                ),
                ("archived_on", models.DateField(blank=True, editable=False, null=True, verbose_name="archived on")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="last checked on")),
                ("verified_by", models.CharField(blank=True, max_length=200, verbose_name="last checked by")),
                (
                    "review_comment",
                    models.CharField(blank=True, max_length=1000, verbose_name="comment of the reviewer"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("related_words", models.TextField(blank=True, editable=False)),
                (
                    "search_vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.SearchVector(
                                        models.Func(
                                            models.F("title"),
                                            function="catalogue_words",
                                            output_field=models.TextField(),
                                        ),
                                        models.Func(
                                            models.F("acronyms"),
                                            function="catalogue_words",
                                            output_field=models.TextField(),
                                        ),
                                        config="catalogue",
                                        weight="A",
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        models.Func(
                                            models.F("summary"),
                                            function="catalogue_words",
                                            output_field=models.TextField(),
                                        ),
                                        config="catalogue",
                                        weight="B",
                                    ),
                                    django.contrib.postgres.search.SearchConfig("catalogue"),
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector(
                                    models.Func(
                                        models.F("who_for"), function="catalogue_words", output_field=models.TextField()
                                    ),
                                    models.Func(
                                        models.F("problem"), function="catalogue_words", output_field=models.TextField()
                                    ),
                                    models.Func(
                                        models.F("how_it_works"),
                                        function="catalogue_words",
                                        output_field=models.TextField(),
                                    ),
                                    models.Func(
                                        models.F("evaluation_note"),
                                        function="catalogue_words",
                                        output_field=models.TextField(),
                                    ),
                                    models.Func(
                                        models.F("pitfalls"),
                                        function="catalogue_words",
                                        output_field=models.TextField(),
                                    ),
                                    models.Func(
                                        models.F("lessons"), function="catalogue_words", output_field=models.TextField()
                                    ),
                                    config="catalogue",
                                    weight="C",
                                ),
                                django.contrib.postgres.search.SearchConfig("catalogue"),
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                models.Func(
                                    models.F("related_words"),
                                    function="catalogue_words",
                                    output_field=models.TextField(),
                                ),
                                config="catalogue",
                                weight="D",
                            ),
                            django.contrib.postgres.search.SearchConfig("catalogue"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="initiatives_created",
                        to=settings.AUTH_USER_MODEL,
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
                        verbose_name="last edited by",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisations",
                    models.ManyToManyField(blank=True, related_name="initiatives", to="initiatives.organisation"),
                ),
                (
                    "populations",
                    models.ManyToManyField(blank=True, related_name="initiatives", to="initiatives.population"),
                ),
                ("themes", models.ManyToManyField(blank=True, related_name="initiatives", to="initiatives.theme")),
            ],
            options={
                "ordering": ["title", "pk"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="initiative_search"),
                    models.Index(fields=["publication", "title", "id"], name="initiative_list"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evaluation_status", "none-stated"), _negated=True),
                            ("results_expected_on", None),
                            _connector="OR",
                        ),
                        name="initiative_no_result_expected_without_evaluation",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verified_by", ""), ("verified_on", None)),
                            models.Q(("verified_on__isnull", False), models.Q(("verified_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="initiative_checked_on_and_by_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("london_wide", True), ("london_wide_basis", "stated"), _connector="OR"),
                        name="initiative_london_wide_before_inferred",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("publication__in", ["needs-changes", "hidden"]), _negated=True),
                            models.Q(("review_comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="initiative_returned_or_hidden_with_comment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("archived_on", None),
                            models.Q(("publication", "archived"), models.Q(("archive_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="initiative_archived_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("archive_on", None),
                            models.Q(("publication", "published"), models.Q(("archive_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="initiative_to_be_archived_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by", None),
                            ("edited_by", None),
                            models.Q(("reviewed_by", models.F("edited_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="initiative_reviewer_is_not_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__in", ["compare", "matrix", "submit"]), _negated=True),
                        name="initiative_slug_not_taken_by_a_page",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adaptation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what_changed", models.CharField(max_length=500, verbose_name="what changed")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adapted_from",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adaptations",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "ordering": ["initiative", "original"],
                "constraints": [
                    models.UniqueConstraint(fields=("initiative", "original"), name="adaptation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("initiative", models.F("original")), _negated=True),
                        name="adaptation_of_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdaptationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("what_changed", models.CharField(max_length=500, verbose_name="what changed")),
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
                        to="initiatives.adaptation",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ArchiveWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("archive_on", models.DateField()),
                ("days_ahead", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="archive_warnings",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("initiative", "archive_on", "days_ahead"), name="archive_warning_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="STPArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=3, unique=True)),
                ("name", models.CharField(max_length=100, unique=True)),
            ],
            options={
                "verbose_name": "STP area",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="AreaLead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="initiatives.stparea")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("area", "user"), name="area_lead_once")],
            },
        ),
        migrations.CreateModel(
            name="Borough",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("slug", models.SlugField(unique=True)),
                ("short_name", models.CharField(max_length=3, unique=True, verbose_name="short name on the map")),
                ("tile_row", models.PositiveSmallIntegerField()),
                ("tile_column", models.PositiveSmallIntegerField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="boroughs", to="initiatives.stparea"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("tile_row", "tile_column"), name="borough_tile_free")],
            },
        ),
        migrations.CreateModel(
            name="CatalogueDump",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("entries", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField(help_text="in bytes")),
                ("content", models.BinaryField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="catalogue_dump_one_row")],
            },
        ),
        migrations.CreateModel(
            name="CatalogueVersion",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.UUIDField(default=uuid.uuid4)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="catalogue_version_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(max_length=254)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "about_result",
                    models.BooleanField(default=False, verbose_name="asks for the result that was expected"),
                ),
                ("failure", models.CharField(blank=True, max_length=300, verbose_name="why it could not be sent")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmations",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "A person"), ("mailbox", "A mailbox of a role or team, whoever reads it")],
                        default="person",
                        max_length=10,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Only when the person agreed or a public source prints it",
                        verbose_name="shown to everyone",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("left_on", models.DateField(blank=True, null=True)),
                ("left_note", models.CharField(blank=True, max_length=300, verbose_name="how we know")),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="predecessors",
                        to="initiatives.contact",
                        verbose_name="who took over",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="initiatives.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["initiative", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("initiative", "position"), name="contact_position"),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "person"), models.Q(("email", ""), _negated=True), _connector="OR"),
                        name="contact_mailbox_with_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", False),
                            models.Q(("left_note", ""), ("successor", None)),
                            _connector="OR",
                        ),
                        name="contact_left_before_a_successor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor", None), models.Q(("successor", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="contact_successor_is_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "A person"), ("mailbox", "A mailbox of a role or team, whoever reads it")],
                        default="person",
                        max_length=10,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Only when the person agreed or a public source prints it",
                        verbose_name="shown to everyone",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("left_on", models.DateField(blank=True, null=True)),
                ("left_note", models.CharField(blank=True, max_length=300, verbose_name="how we know")),
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
                        to="initiatives.contact",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.contact",
                        verbose_name="who took over",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("header", models.JSONField()),
                ("rows", models.JSONField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="the plan that was confirmed")),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("rows_to_do", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("told", models.CharField(blank=True, max_length=300, verbose_name="what came of it")),
                ("undo_asked_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("digest", "")),
                            models.Q(("confirmed_at__isnull", False), models.Q(("digest", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="import_confirmed_with_its_plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at", None),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("header", []),
                                ("rows", []),
                                models.Q(("told", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="import_done_without_its_cells",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undo_asked_at", None), ("undone_at", None)),
                            models.Q(("done_at__isnull", False), ("undo_asked_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="import_undone_when_done_and_asked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InitiativeArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "basis",
                    models.CharField(
                        choices=[("stated", "Stated in the source"), ("inferred", "Inferred")],
                        default="stated",
                        max_length=10,
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="initiatives.initiative"),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="initiatives.stparea")),
            ],
            options={
                "ordering": ["area__name"],
                "constraints": [models.UniqueConstraint(fields=("initiative", "area"), name="initiative_area_once")],
            },
        ),
        migrations.CreateModel(
            name="InitiativeAreaEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "basis",
                    models.CharField(
                        choices=[("stated", "Stated in the source"), ("inferred", "Inferred")],
                        default="stated",
                        max_length=10,
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="initiatives.initiativearea",
                    ),
                ),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InitiativeBorough",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "basis",
                    models.CharField(
                        choices=[("stated", "Stated in the source"), ("inferred", "Inferred")],
                        default="stated",
                        max_length=10,
                    ),
                ),
                ("borough", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="initiatives.borough")),
                (
                    "initiative",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="initiatives.initiative"),
                ),
            ],
            options={
                "ordering": ["borough__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("initiative", "borough"), name="initiative_borough_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="InitiativeBoroughEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "basis",
                    models.CharField(
                        choices=[("stated", "Stated in the source"), ("inferred", "Inferred")],
                        default="stated",
                        max_length=10,
                    ),
                ),
                (
                    "borough",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.borough",
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="initiatives.initiativeborough",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InitiativeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("slug", models.SlugField(db_index=False, max_length=100)),
                ("acronyms", models.CharField(blank=True, help_text="Separated by commas", max_length=200)),
                ("summary", models.TextField()),
                ("problem", models.TextField(blank=True, verbose_name="the problem it meets")),
                ("how_it_works", models.TextField(blank=True, verbose_name="how it works and what it took")),
                ("cost", models.CharField(blank=True, max_length=500)),
                ("funding", models.CharField(blank=True, max_length=500, verbose_name="who pays for it")),
                ("workforce", models.CharField(blank=True, max_length=500, verbose_name="who does the work")),
                ("set_up_time", models.CharField(blank=True, max_length=500, verbose_name="time to set up")),
                ("prerequisites", models.TextField(blank=True, verbose_name="what must be in place first")),
                ("pitfalls", models.TextField(blank=True, verbose_name="what to look out for")),
                ("start_here", models.TextField(blank=True, verbose_name="where to start")),
                ("lessons", models.TextField(blank=True, verbose_name="what they would do differently")),
                ("who_for", models.CharField(max_length=300, verbose_name="who it is for")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("pilot", "Pilot"),
                            ("live", "Live"),
                            ("scaled", "Scaled up"),
                            ("paused", "Paused"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "evaluation_status",
                    models.CharField(
                        choices=[
                            ("none-stated", "None stated"),
                            ("planned", "Planned"),
                            ("in-progress", "In progress"),
                            ("preliminary", "Preliminary results"),
                            ("completed", "Completed"),
                        ],
                        default="none-stated",
                        max_length=20,
                    ),
                ),
                ("evaluation_note", models.TextField(blank=True)),
                (
                    "evidence_strength",
                    models.CharField(
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
                (
                    "evidence_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why the evidence is that strong"),
                ),
                ("results_expected_on", models.DateField(blank=True, null=True, verbose_name="results expected on")),
                (
                    "results_expected_note",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="when results are expected, as the source says it"
                    ),
                ),
                ("london_wide", models.BooleanField(default=False, verbose_name="London-wide")),
                (
                    "london_wide_basis",
                    models.CharField(
                        choices=[("stated", "Stated in the source"), ("inferred", "Inferred")],
                        default="stated",
                        max_length=10,
                        verbose_name="how we know that it is London-wide",
                    ),
                ),
                (
                    "publication",
                    models.CharField(
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
                (
                    "archive_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="to be archived on"),
                ),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=500, verbose_name="why it is archived"),
                ),
                ("archived_on", models.DateField(blank=True, editable=False, null=True, verbose_name="archived on")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="last checked on")),
                ("verified_by", models.CharField(blank=True, max_length=200, verbose_name="last checked by")),
                (
                    "review_comment",
                    models.CharField(blank=True, max_length=1000, verbose_name="comment of the reviewer"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "created_by",
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
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last edited by",
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
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "reviewed_by",
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
        migrations.CreateModel(
            name="InitiativeOrganisation",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("initiatives.initiative_organisations",),
        ),
        migrations.CreateModel(
            name="InitiativeOrganisationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
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
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="initiatives.initiativeorganisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InitiativePopulation",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("initiatives.initiative_populations",),
        ),
        migrations.CreateModel(
            name="InitiativePopulationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
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
                    "population",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.population",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="initiatives.initiativepopulation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InitiativeTheme",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("initiatives.initiative_themes",),
        ),
        migrations.CreateModel(
            name="InitiativeThemeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
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
                    "theme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.theme",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="initiatives.initiativetheme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=200)),
                ("address", models.URLField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overview", "Overview"),
                            ("evaluation", "Evaluation"),
                            ("questions", "Questions and answers"),
                            ("website", "Website"),
                            ("story", "Story"),
                            ("paper", "Paper or report"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("last_checked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "check_result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("works", "Works"),
                            ("gone", "Leads nowhere"),
                            ("failed", "Its server did not answer as it should"),
                            ("refused", "Leads to a private address, so it was not tried"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="initiatives.initiative"
                    ),
                ),
            ],
            options={
                "ordering": ["initiative", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("initiative", "position"), name="link_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("check_result", ""), ("last_checked_at", None)),
                            models.Q(("last_checked_at__isnull", False), models.Q(("check_result", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="link_checked_with_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=200)),
                ("address", models.URLField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overview", "Overview"),
                            ("evaluation", "Evaluation"),
                            ("questions", "Questions and answers"),
                            ("website", "Website"),
                            ("story", "Story"),
                            ("paper", "Paper or report"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="initiatives.link",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OldSlug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100, unique=True)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="old_slugs",
                        to="initiatives.initiative",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OldThemeSlug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True)),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="old_slugs", to="initiatives.theme"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrganisationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("slug", models.SlugField(db_index=False, max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("trust", "NHS trust"),
                            ("commissioner", "NHS commissioner"),
                            ("council", "Council"),
                            ("primary-care", "Primary care"),
                            ("academic", "University or academic health science network"),
                            ("partnership", "Partnership or network"),
                            ("other", "Other"),
                        ],
                        max_length=20,
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
                        to="initiatives.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "claim",
                    models.CharField(
                        choices=[
                            ("evaluated", "Evaluated"),
                            ("measured", "Measured"),
                            ("early", "Early result"),
                            ("aim", "Aim"),
                        ],
                        max_length=10,
                        verbose_name="kind of claim",
                    ),
                ),
                (
                    "measured",
                    models.CharField(
                        choices=[
                            ("attendances", "Emergency attendances"),
                            ("admissions", "Hospital admissions"),
                            ("length-of-stay", "Length of stay"),
                            ("referrals", "Referrals"),
                            ("primary-care", "Use of primary care"),
                            ("health", "Health and wellbeing"),
                            ("experience", "Experience"),
                            ("quality", "Quality and safety"),
                            ("cost", "Cost and efficiency"),
                            ("reach", "People reached"),
                            ("ways-of-working", "Ways of working"),
                        ],
                        max_length=20,
                        verbose_name="what was measured",
                    ),
                ),
                ("measure", models.CharField(max_length=200, verbose_name="measure in our words")),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("up", "Up"),
                            ("down", "Down"),
                            ("better", "Better"),
                            ("worse", "Worse"),
                            ("same", "No change"),
                            ("not-stated", "Direction not stated"),
                        ],
                        default="not-stated",
                        max_length=10,
                    ),
                ),
                ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("unit", models.CharField(blank=True, max_length=60)),
                ("as_printed", models.CharField(blank=True, max_length=200, verbose_name="figure as printed")),
                ("period", models.CharField(blank=True, max_length=100)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note on an odd figure")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "ordering": ["initiative", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("initiative", "position"), name="outcome_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", ""), ("value", None)),
                            models.Q(("value__isnull", False), models.Q(("unit", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="outcome_value_and_unit_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value", None), models.Q(("as_printed", ""), _negated=True), _connector="OR"
                        ),
                        name="outcome_value_as_printed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "claim",
                    models.CharField(
                        choices=[
                            ("evaluated", "Evaluated"),
                            ("measured", "Measured"),
                            ("early", "Early result"),
                            ("aim", "Aim"),
                        ],
                        max_length=10,
                        verbose_name="kind of claim",
                    ),
                ),
                (
                    "measured",
                    models.CharField(
                        choices=[
                            ("attendances", "Emergency attendances"),
                            ("admissions", "Hospital admissions"),
                            ("length-of-stay", "Length of stay"),
                            ("referrals", "Referrals"),
                            ("primary-care", "Use of primary care"),
                            ("health", "Health and wellbeing"),
                            ("experience", "Experience"),
                            ("quality", "Quality and safety"),
                            ("cost", "Cost and efficiency"),
                            ("reach", "People reached"),
                            ("ways-of-working", "Ways of working"),
                        ],
                        max_length=20,
                        verbose_name="what was measured",
                    ),
                ),
                ("measure", models.CharField(max_length=200, verbose_name="measure in our words")),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("up", "Up"),
                            ("down", "Down"),
                            ("better", "Better"),
                            ("worse", "Worse"),
                            ("same", "No change"),
                            ("not-stated", "Direction not stated"),
                        ],
                        default="not-stated",
                        max_length=10,
                    ),
                ),
                ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("unit", models.CharField(blank=True, max_length=60)),
                ("as_printed", models.CharField(blank=True, max_length=200, verbose_name="figure as printed")),
                ("period", models.CharField(blank=True, max_length=100)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note on an odd figure")),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="initiatives.outcome",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProblemReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(
                        choices=[("reader", "A reader"), ("contact", "A contact who was asked")],
                        default="reader",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(verbose_name="what is wrong")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="where to answer")),
                ("reported_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=300, verbose_name="what came of it")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problem_reports",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "settled_by",
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
                "ordering": ["-reported_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at", None)),
                            models.Q(("settled_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="problem_report_settled_with_outcome",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                (
                    "query",
                    models.TextField(
                        blank=True, verbose_name="search words, filters and order, as in the list's address"
                    ),
                ),
                (
                    "told_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="The next digest tells what is newer than this. Without it no email leaves",
                        null=True,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "saved searches",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("by", "query"), name="saved_search_once_for_each_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="services",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "ordering": ["initiative", "position"],
                "constraints": [models.UniqueConstraint(fields=("initiative", "position"), name="service_position")],
            },
        ),
        migrations.CreateModel(
            name="ServiceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="initiatives.service",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("title", models.CharField(max_length=300)),
                ("publisher", models.CharField(max_length=200)),
                ("date_as_printed", models.CharField(blank=True, max_length=100)),
                (
                    "published_on",
                    models.DateField(blank=True, help_text="The first day it may mean, for sorting", null=True),
                ),
                ("address", models.URLField(blank=True)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-published_on", "title"],
            },
        ),
        migrations.CreateModel(
            name="SourceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=100)),
                ("title", models.CharField(max_length=300)),
                ("publisher", models.CharField(max_length=200)),
                ("date_as_printed", models.CharField(blank=True, max_length=100)),
                (
                    "published_on",
                    models.DateField(blank=True, help_text="The first day it may mean, for sorting", null=True),
                ),
                ("address", models.URLField(blank=True)),
                ("note", models.TextField(blank=True)),
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
                        to="initiatives.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SourceReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=200, verbose_name="where in it")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_references",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="references", to="initiatives.source"
                    ),
                ),
            ],
            options={
                "ordering": ["source__title", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("initiative", "source", "place"), name="source_reference_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceReferenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("place", models.CharField(max_length=200, verbose_name="where in it")),
                (
                    "initiative",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="initiatives.sourcereference",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="initiatives.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="STPAreaEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=3)),
                ("name", models.CharField(max_length=100)),
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
                        to="initiatives.stparea",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="their name")),
                ("email", models.EmailField(max_length=254, verbose_name="their work email address")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="the organisation they named"),
                ),
                ("submitted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "initiative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submission",
                        to="initiatives.initiative",
                    ),
                ),
            ],
            options={
                "ordering": ["-submitted_at"],
            },
        ),
        migrations.CreateModel(
            name="SuccessorBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("since_on", models.DateField(verbose_name="since")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="successors", to="initiatives.stparea"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "successor bodies",
                "ordering": ["area", "since_on"],
                "constraints": [models.UniqueConstraint(fields=("area", "since_on"), name="successor_one_a_day")],
            },
        ),
        migrations.CreateModel(
            name="ThemeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("slug", models.SlugField(db_index=False)),
                ("description", models.CharField(blank=True, max_length=300)),
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
                        to="initiatives.theme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ThemeMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "into",
                    models.PositiveBigIntegerField(
                        verbose_name="key of the theme it went into, which may have gone on since"
                    ),
                ),
                ("gone", models.PositiveBigIntegerField(verbose_name="key of the theme that went")),
                ("name", models.CharField(max_length=100)),
                ("slug", models.SlugField()),
                ("description", models.CharField(blank=True, max_length=300)),
                (
                    "old_slugs",
                    django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), blank=True, size=None),
                ),
                (
                    "moved",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveBigIntegerField(),
                        size=None,
                        verbose_name="keys of the entries that changed their theme",
                    ),
                ),
                (
                    "had_both",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveBigIntegerField(),
                        size=None,
                        verbose_name="keys of the entries that had both",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="initiatives.theme"
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
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("gone", models.F("into")), _negated=True), name="theme_merge_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("undone_at__isnull", False), ("undone_by", None), _connector="OR"),
                        name="theme_merge_undone_at_and_by",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("gone",), name="theme_merge_gone_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThesaurusEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "terms",
                    models.CharField(
                        help_text="Separated by commas: ED, emergency department", max_length=300, unique=True
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "thesaurus entries",
                "ordering": ["terms"],
            },
        ),
        migrations.AddField(
            model_name="initiative",
            name="boroughs",
            field=models.ManyToManyField(
                related_name="initiatives", through="initiatives.InitiativeBorough", to="initiatives.borough"
            ),
        ),
        migrations.AddField(
            model_name="stparea",
            name="leads",
            field=models.ManyToManyField(
                related_name="areas", through="initiatives.AreaLead", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="initiative",
            name="areas",
            field=models.ManyToManyField(
                related_name="initiatives", through="initiatives.InitiativeArea", to="initiatives.stparea"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_organisationevent" ("id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug"); RETURN NULL;',
                    hash="b9b621515981091487f0da63a719384e4fac3d25",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2343b",
                    table="initiatives_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_organisationevent" ("id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug"); RETURN NULL;',
                    hash="237a6d247f30e3242a7747caa72816e6b39ba6be",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9385e",
                    table="initiatives_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_organisationevent" ("id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug"); RETURN NULL;',
                    hash="f2fec4fa7f9244fed1e781bb0142ed0ce178c06a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d31c7",
                    table="initiatives_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_sourceevent" ("address", "date_as_printed", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "slug", "title") VALUES (NEW."address", NEW."date_as_printed", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_on", NEW."publisher", NEW."slug", NEW."title"); RETURN NULL;',
                    hash="44ad357f7c334a28f35dcbd66351ee2f1f0a97b1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6c3b3",
                    table="initiatives_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_sourceevent" ("address", "date_as_printed", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "slug", "title") VALUES (NEW."address", NEW."date_as_printed", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_on", NEW."publisher", NEW."slug", NEW."title"); RETURN NULL;',
                    hash="8205b505392e1c13a3c5e8fdaf891f1d6f573cbe",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5733e",
                    table="initiatives_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_sourceevent" ("address", "date_as_printed", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "publisher", "slug", "title") VALUES (OLD."address", OLD."date_as_printed", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_on", OLD."publisher", OLD."slug", OLD."title"); RETURN NULL;',
                    hash="f5f1f4d962babae096242020fc48f284236f7ee6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_30cc7",
                    table="initiatives_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="theme",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_old_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.slug <> NEW.slug)",
                    func="\n                    INSERT INTO initiatives_oldthemeslug (slug, theme_id) VALUES (OLD.slug, NEW.id)\n                    ON CONFLICT (slug) DO UPDATE SET theme_id = excluded.theme_id;\n                    RETURN NULL;\n                ",
                    hash="5d917d14cfae7c2360424a60f7e57de6ac82ec1e",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_old_slug_55a2d",
                    table="initiatives_theme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="theme",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_themeevent" ("description", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."description", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug"); RETURN NULL;',
                    hash="7a6f58227b2a610560b103a4aaf9e634fa7642b0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c62bc",
                    table="initiatives_theme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="theme",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_themeevent" ("description", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."description", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug"); RETURN NULL;',
                    hash="31b4afea347fdeb3a22170755c789ae03734d471",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_921b2",
                    table="initiatives_theme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="theme",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_themeevent" ("description", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."description", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug"); RETURN NULL;',
                    hash="17e2d77a30ef6b395cc94ea7d5820e6666355d59",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8587c",
                    table="initiatives_theme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adaptation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_adaptationevent" ("id", "initiative_id", "original_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what_changed") VALUES (NEW."id", NEW."initiative_id", NEW."original_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."what_changed"); RETURN NULL;',
                    hash="75f390881df0743561ab8123583a29c41639bc4e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_406de",
                    table="initiatives_adaptation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adaptation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_adaptationevent" ("id", "initiative_id", "original_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what_changed") VALUES (NEW."id", NEW."initiative_id", NEW."original_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."what_changed"); RETURN NULL;',
                    hash="991b5a1102dddc16c5897bf2569b7644f9be004c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_73a05",
                    table="initiatives_adaptation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adaptation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_adaptationevent" ("id", "initiative_id", "original_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what_changed") VALUES (OLD."id", OLD."initiative_id", OLD."original_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."what_changed"); RETURN NULL;',
                    hash="78c2e2003abf201a3f67935d9d79c3acf2e900da",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1a06a",
                    table="initiatives_adaptation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativeborough",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativeboroughevent" ("basis", "borough_id", "id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."basis", NEW."borough_id", NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="5c4465630416b8ff742bed7ea0b7cc91c2bfac6f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_83178",
                    table="initiatives_initiativeborough",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativeborough",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_initiativeboroughevent" ("basis", "borough_id", "id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."basis", NEW."borough_id", NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="99ab4bc5866cceda8f3ead22509e3c8ab888c385",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_9efb0",
                    table="initiatives_initiativeborough",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativeborough",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativeboroughevent" ("basis", "borough_id", "id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."basis", OLD."borough_id", OLD."id", OLD."initiative_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="b975482fd23b9c3cb491d05d3d91be57a87ef4b8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8621a",
                    table="initiatives_initiativeborough",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_linkevent" ("address", "id", "initiative_id", "kind", "label", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."address", NEW."id", NEW."initiative_id", NEW."kind", NEW."label", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;',
                    hash="171e9390233d831683a5ec58f738479897fe2d60",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_24e76",
                    table="initiatives_link",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."initiative_id" IS DISTINCT FROM (NEW."initiative_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."position" IS DISTINCT FROM (NEW."position"))',
                    func='INSERT INTO "initiatives_linkevent" ("address", "id", "initiative_id", "kind", "label", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."address", NEW."id", NEW."initiative_id", NEW."kind", NEW."label", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                    hash="4539ad55200236d4baa7fef451d8897e804837e1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_efabd",
                    table="initiatives_link",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_linkevent" ("address", "id", "initiative_id", "kind", "label", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."address", OLD."id", OLD."initiative_id", OLD."kind", OLD."label", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;',
                    hash="1107ddddfc846d0c980ec492c63c2b1fced77e54",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_41010",
                    table="initiatives_link",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_contactevent" ("email", "id", "initiative_id", "is_public", "kind", "left_note", "left_on", "name", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "successor_id") VALUES (NEW."email", NEW."id", NEW."initiative_id", NEW."is_public", NEW."kind", NEW."left_note", NEW."left_on", NEW."name", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."role", NEW."successor_id"); RETURN NULL;',
                    hash="c5b0b3855c0226b205ec3f94fc02d48d1e3c2e58",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_09005",
                    table="initiatives_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_contactevent" ("email", "id", "initiative_id", "is_public", "kind", "left_note", "left_on", "name", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "successor_id") VALUES (NEW."email", NEW."id", NEW."initiative_id", NEW."is_public", NEW."kind", NEW."left_note", NEW."left_on", NEW."name", NEW."note", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."role", NEW."successor_id"); RETURN NULL;',
                    hash="d60d75186a518ac4f3cf490715b5aa44d28fb524",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_aedf3",
                    table="initiatives_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_contactevent" ("email", "id", "initiative_id", "is_public", "kind", "left_note", "left_on", "name", "note", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "successor_id") VALUES (OLD."email", OLD."id", OLD."initiative_id", OLD."is_public", OLD."kind", OLD."left_note", OLD."left_on", OLD."name", OLD."note", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."role", OLD."successor_id"); RETURN NULL;',
                    hash="ae53e70233055627eef13994d671ae03316751fd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5cb01",
                    table="initiatives_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcome",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_outcomeevent" ("as_printed", "claim", "direction", "id", "initiative_id", "measure", "measured", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "unit", "value") VALUES (NEW."as_printed", NEW."claim", NEW."direction", NEW."id", NEW."initiative_id", NEW."measure", NEW."measured", NEW."note", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."unit", NEW."value"); RETURN NULL;',
                    hash="ca331892d6e9e43ca73be514d7647a5abb0ab464",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2ac9d",
                    table="initiatives_outcome",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcome",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_outcomeevent" ("as_printed", "claim", "direction", "id", "initiative_id", "measure", "measured", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "unit", "value") VALUES (NEW."as_printed", NEW."claim", NEW."direction", NEW."id", NEW."initiative_id", NEW."measure", NEW."measured", NEW."note", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."unit", NEW."value"); RETURN NULL;',
                    hash="799f0c7b16d59a78664682834a0babfe68bdf9cc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0e453",
                    table="initiatives_outcome",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcome",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_outcomeevent" ("as_printed", "claim", "direction", "id", "initiative_id", "measure", "measured", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "unit", "value") VALUES (OLD."as_printed", OLD."claim", OLD."direction", OLD."id", OLD."initiative_id", OLD."measure", OLD."measured", OLD."note", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."unit", OLD."value"); RETURN NULL;',
                    hash="ed12fbb321a3aba127edf2fd726e3383611ecec3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6bef0",
                    table="initiatives_outcome",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_serviceevent" ("id", "initiative_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."id", NEW."initiative_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;',
                    hash="605d1dbf809ae867949e8cd02b919e27401b2012",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_032ff",
                    table="initiatives_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_serviceevent" ("id", "initiative_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."id", NEW."initiative_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                    hash="0638b07b8349bb3f3c6ef2a79f86b42f33a94848",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fbd06",
                    table="initiatives_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_serviceevent" ("id", "initiative_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."id", OLD."initiative_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;',
                    hash="5bf4d744ca41e8732ff89f61b3169d08e8f759b7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dc711",
                    table="initiatives_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcereference",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_sourcereferenceevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id") VALUES (NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."source_id"); RETURN NULL;',
                    hash="d78b496a695908750d8f91ffb6f492cd628bc561",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e5f9c",
                    table="initiatives_sourcereference",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcereference",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_sourcereferenceevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id") VALUES (NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."source_id"); RETURN NULL;',
                    hash="acd3d26452139ce022757b3de525a6c5bb6d5d41",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_58af0",
                    table="initiatives_sourcereference",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcereference",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_sourcereferenceevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "source_id") VALUES (OLD."id", OLD."initiative_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."source_id"); RETURN NULL;',
                    hash="0a6a1e64fd0485ef23bd72d26b9d7dcdf2855e93",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0e9aa",
                    table="initiatives_sourcereference",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stparea",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_stpareaevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="14792f368020cb251b59ce573fc91de80916efcd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4932a",
                    table="initiatives_stparea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stparea",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_stpareaevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="6d5fa669f7c8ff968e7de6e69a2b73ee6ff7e7a4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f3a24",
                    table="initiatives_stparea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stparea",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_stpareaevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="6d4afffb4f642975a1608ab202af4692fc030c85",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e31f2",
                    table="initiatives_stparea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativearea",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativeareaevent" ("area_id", "basis", "id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."area_id", NEW."basis", NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="00127ccdd491e0ed38769dda9ddb5a822aa21bae",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5a2d8",
                    table="initiatives_initiativearea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativearea",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_initiativeareaevent" ("area_id", "basis", "id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."area_id", NEW."basis", NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="fa145fce9f1941e5a46fcda4a61ffc8e5dcec2bb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0316a",
                    table="initiatives_initiativearea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativearea",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativeareaevent" ("area_id", "basis", "id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."area_id", OLD."basis", OLD."id", OLD."initiative_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="caf168667ba766ce01db1df835d801b1d7b0d00e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fb98d",
                    table="initiatives_initiativearea",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiative",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_old_slug",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.slug <> NEW.slug)",
                    func="\n                    INSERT INTO initiatives_oldslug (slug, initiative_id) VALUES (OLD.slug, NEW.id)\n                    ON CONFLICT (slug) DO UPDATE SET initiative_id = excluded.initiative_id;\n                    RETURN NULL;\n                ",
                    hash="a8811a2adfe3ca3f0023a67c6ceddd8333fbe13d",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_old_slug_95126",
                    table="initiatives_initiative",
                    when="AFTER",
                ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="initiativeorganisation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativeorganisationevent" ("id", "initiative_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."initiative_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="9aa1b78a204ae06e7ca187d2741a36bbd5d509b0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1cbe0",
                    table="initiatives_initiative_organisations",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativeorganisation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_initiativeorganisationevent" ("id", "initiative_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."initiative_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="1897246d0946cad79d408e3a8281a31b61912a7c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_49043",
                    table="initiatives_initiative_organisations",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativeorganisation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativeorganisationevent" ("id", "initiative_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."initiative_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="60b45ddd5567799d840611d679476ea080fa7ad9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b0556",
                    table="initiatives_initiative_organisations",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativepopulation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativepopulationevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population_id") VALUES (NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."population_id"); RETURN NULL;',
                    hash="87384fe411edbc1601cb9fdad24930de7efd771a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_89c51",
                    table="initiatives_initiative_populations",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativepopulation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_initiativepopulationevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population_id") VALUES (NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."population_id"); RETURN NULL;',
                    hash="5200107f1e3b721bcb78b91e349aa362d5259e17",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b07b4",
                    table="initiatives_initiative_populations",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativepopulation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativepopulationevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population_id") VALUES (OLD."id", OLD."initiative_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."population_id"); RETURN NULL;',
                    hash="39306686111d260d5e2a72ea05791ac3bb01a816",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d41fa",
                    table="initiatives_initiative_populations",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativetheme",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativethemeevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."theme_id"); RETURN NULL;',
                    hash="8cdd7a79f9efae373888b47a208a991f4ef64825",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4914d",
                    table="initiatives_initiative_themes",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativetheme",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "initiatives_initiativethemeevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (NEW."id", NEW."initiative_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."theme_id"); RETURN NULL;',
                    hash="0cbbafd181af2ac849b941c8289469c91541b441",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a0b83",
                    table="initiatives_initiative_themes",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="initiativetheme",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "initiatives_initiativethemeevent" ("id", "initiative_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (OLD."id", OLD."initiative_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."theme_id"); RETURN NULL;',
                    hash="8e40894bf3a8d8bb14860d87366b69a7a14c6f90",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4f34c",
                    table="initiatives_initiative_themes",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        *TRIGGERS,
        migrations.RunSQL(
            "ALTER TABLE initiatives_initiative SET (toast_tuple_target = 8160);",
            "ALTER TABLE initiatives_initiative RESET (toast_tuple_target);",
        ),
    ]
