"""Every fixture loads, is valid, can be read by a person, and tells its source in our own words."""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from initiatives.models import Borough, STPArea
from tests.wording import runs_of_words

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
NAMES = ["reference.yaml", *sorted(path.name for path in FIXTURES.glob("00*.yaml"))]
LONGEST_SHARED_RUN = 11  # words


def dump(tmp_path, name):
    """All rows that the fixtures hold, written out with natural keys."""
    path = tmp_path / f"{name}.yaml"
    call_command("dumpdata", *fixture_models(), natural_foreign=True, natural_primary=True, output=path, verbosity=0)
    return path


def fixture_models():
    text = "".join((FIXTURES / name).read_text() for name in NAMES)
    return sorted(set(re.findall(r"^- model: (\S+)$", text, re.MULTILINE)))


def test_every_row_is_valid(record):
    for label in fixture_models():
        rows = apps.get_model(label).objects.all()
        assert rows, label
        for row in rows:
            row.full_clean()


def test_fixtures_name_rows_by_natural_keys():
    assert not [name for name in NAMES if "pk:" in (FIXTURES / name).read_text()]


def test_record_survives_a_round_trip(record, tmp_path):
    before = dump(tmp_path, "before")
    call_command("loaddata", before, verbosity=0)
    assert dump(tmp_path, "after").read_text() == before.read_text()


def test_loading_twice_changes_nothing(record, tmp_path):
    before = dump(tmp_path, "before")
    call_command("loaddata", *NAMES, verbosity=0)
    assert dump(tmp_path, "after").read_text() == before.read_text()


def test_boroughs_make_five_areas_and_a_map(record):
    boroughs = Counter(Borough.objects.values_list("area__code", flat=True))
    tiles = {borough.short_name: (borough.tile_row, borough.tile_column) for borough in Borough.objects.all()}
    assert boroughs == {"NEL": 8, "NCL": 5, "SEL": 6, "SWL": 6, "NWL": 8}
    assert tiles["ENF"] == (1, 5)
    assert tiles["HLG"] == (3, 1)
    assert tiles["BAR"] == (4, 8)
    assert tiles["RCH"] == (5, 1)
    assert tiles["STN"] == (7, 3)


def test_successors_are_those_of_today(record):
    assert {area.code: area.successor.name for area in STPArea.objects.all()} == {
        "NEL": "NHS North East London Integrated Care Board",
        "NCL": "NHS West and North London Integrated Care Board",
        "SEL": "NHS South East London Integrated Care Board",
        "SWL": "NHS South West London Integrated Care Board",
        "NWL": "NHS West and North London Integrated Care Board",
    }


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_sentences_are_our_own(record, source_text, number):
    printed = runs_of_words(source_text(number), LONGEST_SHARED_RUN + 1)
    shared = [(row, runs_of_words(text, LONGEST_SHARED_RUN + 1) & printed) for row, text in sentences()]
    assert [(row, runs) for row, runs in shared if runs] == []


def sentences():
    """Every text in our own words. Titles, labels and quoted figures are facts, so they are not among them."""
    own_words = {"summary", "how_it_works", "who_for", "evaluation_note", "results_expected_note", "measure", "note"}
    own_words |= {"problem", "cost", "funding", "workforce", "set_up_time", "prerequisites", "pitfalls", "start_here"}
    own_words |= {"text", "enabled_by", "introduction", "feedback_note"}
    for label in fixture_models():
        model = apps.get_model(label)
        fields = own_words & {field.name for field in model._meta.get_fields()}
        for row in model.objects.all():
            yield from ((row, getattr(row, field)) for field in fields)
