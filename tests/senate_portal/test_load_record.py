import shutil

import pytest
from django.core.management import call_command

from initiatives.models import Borough, Initiative, Source, STPArea, ThesaurusEntry
from stp_feedback.models import Forum, Measure, Series

pytestmark = pytest.mark.django_db


def test_record_is_loaded_once_and_edits_are_kept(capsys):
    call_command("load_record")
    assert capsys.readouterr().out.startswith("Loaded reference data.\nLoaded document 000.\n")
    assert (STPArea.objects.count(), Borough.objects.count()) == (5, 33)
    forum = Forum.objects.get(slug="out-of-hospital-care-2017")
    count = Initiative.objects.count()
    Forum.objects.filter(pk=forum.pk).update(venue="Edited by staff")

    call_command("load_record")

    assert capsys.readouterr().out == ""
    assert Initiative.objects.count() == count
    forum.refresh_from_db()
    assert forum.venue == "Edited by staff"


def test_document_that_came_later_is_added(capsys, settings, tmp_path):
    fixtures = tmp_path / "fixtures"
    fixtures.mkdir()
    shutil.copy(settings.BASE_DIR / "fixtures" / "reference.yaml", fixtures)
    settings.BASE_DIR = tmp_path
    row = "- model: initiatives.source\n  fields: {slug: %s, title: A document, publisher: Somebody}\n"
    (fixtures / "101.yaml").write_text(row % "first")
    call_command("load_record")
    (fixtures / "102-1.yaml").write_text(row % "second")
    (fixtures / "102-2.yaml").write_text(row % "named-by-second")
    capsys.readouterr()

    call_command("load_record")

    assert capsys.readouterr().out == "Loaded document 102.\n"
    assert set(Source.objects.values_list("slug", flat=True)) == {"first", "second", "named-by-second"}


def test_targets_that_came_later_than_their_document_are_added(capsys):
    call_command("load_record")
    assert Measure.objects.count() == 5
    Measure.objects.all().delete()
    Series.objects.filter(slug="uec-improvement-collaborative").delete()
    capsys.readouterr()

    call_command("load_record")

    assert capsys.readouterr().out == "Loaded what came later of document 001.\n"
    assert Measure.objects.count() == 5


def test_synonyms_that_came_later_are_added_and_those_that_staff_changed_are_kept(capsys):
    call_command("load_record")
    ThesaurusEntry.objects.filter(terms__startswith="LAS,").delete()
    ThesaurusEntry.objects.filter(terms__startswith="arthritis").update(terms="arthritis, osteoarthritis, OA")
    count = ThesaurusEntry.objects.count()
    capsys.readouterr()

    call_command("load_record")

    assert capsys.readouterr().out == "Loaded 1 new lines of the thesaurus.\n"
    assert ThesaurusEntry.objects.count() == count + 1
    assert ThesaurusEntry.objects.filter(terms="LAS, London Ambulance Service").exists()
    assert ThesaurusEntry.objects.filter(terms="arthritis, osteoarthritis, OA").exists()
