import pytest

from initiatives import catalogue
from initiatives.models import Borough, Initiative, Organisation, Outcome, ThesaurusEntry
from tests.factories import (
    make_area,
    make_borough,
    make_contact,
    make_initiative,
    make_organisation,
    make_outcome,
    make_theme,
)

pytestmark = pytest.mark.django_db


def titles(found):
    return [Initiative.objects.get(pk=pk).title for pk in found]


def counts(found, name):
    return {count.key: count.number for count in found.counts(name)}


def test_find_repeating_a_filter_widens_and_another_filter_narrows():
    nel, sel = make_area("NEL"), make_area("SEL")
    falls, mind = make_theme("Falls"), make_theme("Mental health")
    make_initiative(title="A", areas=[nel], themes=[falls])
    make_initiative(title="B", areas=[sel], themes=[falls])
    make_initiative(title="C", areas=[nel, sel], themes=[mind])
    make_initiative(title="D")

    assert titles(catalogue.find({})) == ["A", "B", "C", "D"]
    assert titles(catalogue.find({"area": ["NEL"]})) == ["A", "C"]
    assert titles(catalogue.find({"area": ["NEL", "SEL"]})) == ["A", "B", "C"]
    assert titles(catalogue.find({"area": ["NEL", "SEL"], "theme": ["falls"]})) == ["A", "B"]
    assert titles(catalogue.find({"area": ["SEL"], "theme": ["mental-health"]})) == ["C"]


def test_counts_equal_what_a_click_gives():
    areas = [make_area(code) for code in ("NEL", "NCL", "SEL")]
    themes = [make_theme(name) for name in ("Falls", "Medicines", "Mental health")]
    for number in range(24):
        entry = make_initiative(
            areas=[area for place, area in enumerate(areas) if number % (place + 2) == 0],
            themes=[theme for place, theme in enumerate(themes) if number % (place + 3) == 0],
        )
        make_outcome(entry, claim=list(Outcome.Claim)[number % 4])
    chosen = {"area": ["NEL"], "theme": ["falls", "medicines"]}
    found = catalogue.find(chosen)

    for facet in catalogue.FACETS:
        for count in found.counts(facet.name):
            before = chosen.get(facet.name, [])
            after = catalogue.find(chosen | {facet.name: [*before, count.key]})
            if count.is_chosen:
                assert count.number == len(catalogue.find(chosen | {facet.name: [count.key]}))
            elif count.adds:
                assert count.number == len(after) - len(found)
            else:
                assert count.number == len(after)


def test_counts_say_none_for_an_area_without_entry_and_leave_out_other_empty_values():
    make_area("SWL")
    make_theme("Falls")
    make_initiative(areas=[make_area("NEL")])
    found = catalogue.find({})

    assert counts(found, "area") == {"NEL": 1, "SWL": 0, "london-wide": 0}
    assert counts(found, "theme") == {}


def test_london_wide_entries_stand_apart_from_those_of_an_area():
    make_initiative(title="Here", areas=[make_area("NEL")])
    make_initiative(title="Everywhere", london_wide=True)

    assert titles(catalogue.find({"area": ["NEL"]})) == ["Here"]
    assert titles(catalogue.find({"area": ["london-wide"]})) == ["Everywhere"]


@pytest.mark.parametrize("publication", ["draft", "in-review", "needs-changes", "archived"])
def test_find_never_gives_what_is_not_published(publication):
    make_initiative(title="Falls", areas=[make_area()], publication=publication, review_comment="Why?")

    assert titles(catalogue.find({})) == []
    assert titles(catalogue.find({}, words="falls")) == []
    assert counts(catalogue.find({}), "area") == {"NEL": 0, "london-wide": 0}


def test_find_puts_the_word_in_a_title_before_the_word_elsewhere():
    make_initiative(title="A nurse", summary="Falls and falls and falls: a falls service for falls", who_for="falls")
    make_initiative(title="The falls car", summary="A nurse")

    assert titles(catalogue.find({}, words="falls")) == ["The falls car", "A nurse"]
    assert titles(catalogue.find({}, words="falls", sort="title")) == ["A nurse", "The falls car"]


def test_find_by_what_belongs_to_an_entry():
    borough = make_borough("Tower Hamlets")
    entry = make_initiative(
        title="A",
        boroughs=[borough],
        themes=[make_theme("Medicines")],
        organisations=[make_organisation("Whittington")],
    )
    make_contact(entry, name="Robin Example", role="Matron")
    make_contact(entry, name="Hidden Person", is_public=False)
    make_outcome(entry, measure="Length of stay")
    make_initiative(title="B")

    for words in ("tower hamlets", "medicines", "whittington", "robin", "matron", "length of stay", "hamlets matron"):
        assert titles(catalogue.find({}, words=words)) == ["A"], words
    assert titles(catalogue.find({}, words="hidden")) == []


def test_find_follows_renames_and_removals():
    organisation = make_organisation("Whittington")
    entry = make_initiative(title="A", organisations=[organisation], boroughs=[make_borough("Hackney")])
    other = make_initiative(title="B")
    contact = make_contact(entry, name="Robin")
    assert titles(catalogue.find({}, words="whittington")) == ["A"]

    Organisation.objects.update(name="Royal Free")
    Borough.objects.update(name="Camden")
    contact.initiative = other
    contact.save()
    entry.outcomes.all().delete()

    assert titles(catalogue.find({}, words="whittington")) == []
    assert titles(catalogue.find({}, words="royal free camden")) == ["A"]
    assert titles(catalogue.find({}, words="robin")) == ["B"]
    contact.delete()
    assert titles(catalogue.find({}, words="robin")) == []


def test_find_knows_a_synonym_as_soon_as_staff_write_it_down():
    make_initiative(title="Emergency department nurse")
    make_initiative(title="Other")
    assert titles(catalogue.find({}, words="casualty")) == []

    entry = ThesaurusEntry.objects.create(terms="casualty, emergency department")
    assert titles(catalogue.find({}, words="casualty")) == ["Emergency department nurse"]

    entry.delete()
    assert titles(catalogue.find({}, words="casualty")) == []


def test_find_sees_a_change_made_by_plain_sql(django_assert_num_queries):
    make_initiative(title="A")
    assert len(catalogue.find({})) == 1
    with django_assert_num_queries(1):
        catalogue.find({})

    Initiative.objects.update(publication="draft")

    assert len(catalogue.find({})) == 0


def test_pages_of_what_is_found_are_read_in_the_order_asked_for():
    for number in range(7):
        make_initiative(title=f"Title {number}", verified_on=f"2026-01-{9 - number:02}", verified_by="Staff")

    found = catalogue.find({}, sort="checked")
    assert titles(found[0:3]) == ["Title 0", "Title 1", "Title 2"]
    assert titles(found[5:10]) == ["Title 5", "Title 6"]
    assert titles(catalogue.find({}, sort="title")[2:4]) == ["Title 2", "Title 3"]


def test_related_names_what_is_shared_and_puts_the_nearest_first():
    falls, mind, hackney = make_theme("Falls"), make_theme("Mental health"), make_borough("Hackney")
    entry = make_initiative(title="A", themes=[falls, mind], boroughs=[hackney])
    make_initiative(title="B", themes=[mind])
    make_initiative(title="C", themes=[falls], boroughs=[hackney])
    make_initiative(title="D")
    make_initiative(title="E", themes=[falls, mind], boroughs=[hackney], publication="draft")

    assert [(other.title, other.shared) for other in catalogue.related(catalogue.current(), entry.pk)] == [
        ("C", ["Falls", "Hackney"]),
        ("B", ["Mental health"]),
    ]
