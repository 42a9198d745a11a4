"""Search finds an entry by what belongs to it, and everyone can tell whether the catalogue has changed.

Both are kept by triggers, so that fixtures, imports and plain SQL are seen too.
"""

import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.models import F, Func, TextField

CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION catalogue (COPY = english);
ALTER TEXT SEARCH CONFIGURATION catalogue
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;

CREATE FUNCTION catalogue_words(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT
AS $$ SELECT regexp_replace(words, '\\mA\\s?[&+]\\s?E\\M', 'emergency department', 'gi') $$;
"""

NO_CONFIGURATION = """
DROP FUNCTION catalogue_words(text);
DROP TEXT SEARCH CONFIGURATION catalogue;
"""

RELATED_WORDS = """
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
"""

NO_RELATED_WORDS = """
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
]


def _trigger(name, table, function, event, changed="", when="AFTER"):
    rows = f"REFERENCING {changed} TABLE AS changed" if changed else ""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when} {event} ON {table} {rows} FOR EACH STATEMENT EXECUTE FUNCTION {function}();",
        f"DROP TRIGGER {name} ON {table};",
    )


def _words(*fields, weight):
    words = [Func(F(field), function="catalogue_words", output_field=TextField()) for field in fields]
    return SearchVector(*words, config="catalogue", weight=weight)


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
    dependencies = [("initiatives", "0002_london_wide_basis")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CONFIGURATION, NO_CONFIGURATION),
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
            options={"verbose_name_plural": "thesaurus entries", "ordering": ["terms"]},
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
        migrations.RemoveIndex(model_name="initiative", name="initiative_search"),
        migrations.RemoveField(model_name="initiative", name="search_vector"),
        migrations.AddField(
            model_name="initiative",
            name="related_words",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="initiative",
            name="search_vector",
            field=models.GeneratedField(
                db_persist=True,
                expression=_words("title", "acronyms", weight="A")
                + _words("summary", weight="B")
                + _words("who_for", "how_it_works", weight="C")
                + _words("related_words", weight="D"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="initiative_search"),
        ),
        migrations.RunSQL(RELATED_WORDS, NO_RELATED_WORDS),
        *TRIGGERS,
        migrations.RunSQL(
            "UPDATE initiatives_initiative SET related_words = catalogue_related_words(id);", migrations.RunSQL.noop
        ),
    ]
