import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from initiatives import themes, versions
from initiatives.models import Initiative, OldThemeSlug, Theme, ThemeMerge
from tests.factories import make_initiative, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def falls():
    return make_theme("Falls")


@pytest.fixture
def frailty():
    return make_theme("Frailty")


@pytest.fixture
def entries(falls, frailty):
    """One entry about each theme, one about both, and a draft."""
    return {
        "falls": make_initiative(title="Falls car", themes=[falls]),
        "frailty": make_initiative(title="Frailty unit", themes=[frailty]),
        "both": make_initiative(title="Falls clinic", themes=[falls, frailty]),
        "draft": make_initiative(title="Falls class", themes=[falls], publication="draft"),
    }


def rename(client, theme, name):
    return client.post(reverse("initiatives:theme", args=[theme.pk]), {"name": name, "description": ""})


def titles(client, theme):
    response = client.get("/initiatives/", {"theme": theme})
    assert response.status_code == 200
    return [entry["title"] for entry in response.context_data["entries"]]


def about(entry):
    return sorted(entry.themes.values_list("name", flat=True))


def test_a_renamed_theme_keeps_what_led_to_it(client, staff, falls, entries):
    assert rename(client, falls, "Falls and fractures").status_code == 302

    falls.refresh_from_db()
    assert (falls.name, falls.slug) == ("Falls and fractures", "falls-and-fractures")
    assert titles(client, "falls") == titles(client, "falls-and-fractures") == ["Falls car", "Falls clinic"]
    assert client.get("/initiatives.csv?theme=FALLS").getvalue().decode().count("Falls and fractures") == 2
    moved = client.get("/api/v1/themes/falls/")
    assert (moved.status_code, moved["Location"]) == (301, "http://testserver/api/v1/themes/falls-and-fractures/")
    assert client.get(moved["Location"]).json()["name"] == "Falls and fractures"
    assert client.get("/api/v1/initiatives/?theme=falls").json()["count"] == 2
    assert client.get("/api/v1/themes/nothing/").status_code == 404


def test_an_old_and_a_new_name_in_one_address_are_one_filter(client, staff, falls, entries):
    rename(client, falls, "Slips")

    page = client.get("/initiatives/?theme=falls&theme=slips")

    assert page.context_data["filters"].chosen == {"theme": ["slips"]}
    assert page.context_data["filters"].heading == "2 initiatives about Slips"


def test_a_new_theme_never_takes_the_old_address_of_another(client, staff, falls):
    rename(client, falls, "Slips")

    client.post(reverse("initiatives:theme_add"), {"name": "Falls", "description": "Another thing"})

    assert Theme.objects.get(name="Falls").slug == "falls-2"
    assert OldThemeSlug.objects.get(slug="falls").theme == falls


def test_a_theme_may_take_its_own_old_name_again(client, staff, falls):
    rename(client, falls, "Slips")
    rename(client, falls, "Falls")

    falls.refresh_from_db()
    assert falls.slug == "falls"
    assert client.get("/api/v1/themes/slips/")["Location"].endswith("/themes/falls/")


@pytest.mark.parametrize(
    ("name", "said"), [("frailty", "There is a theme “Frailty” already"), ("", "Enter a name"), ("x" * 101, "100")]
)
def test_a_name_that_cannot_be_is_refused_beside_its_box(client, staff, falls, frailty, name, said):
    response = rename(client, falls, name)

    assert response.status_code == 422
    assert said in response.context_data["form"].errors["name"][0]
    falls.refresh_from_db()
    assert falls.name == "Falls"


def test_a_name_without_letters_has_an_address_too(client, staff):
    client.post(reverse("initiatives:theme_add"), {"name": "…", "description": ""})

    assert Theme.objects.get(name="…").slug == "theme"


def test_merging_is_shown_first_and_done_then(client, staff, falls, frailty, entries):
    address = reverse("initiatives:theme_merge", args=[falls.pk])
    before = Initiative.objects.values_list("pk", "updated_at", "edited_by", "verified_on")
    unchanged = list(before.order_by("pk"))

    page = client.post(address, {"kept": frailty.pk}).content.decode()
    assert "2 entries will be about" in page
    assert "1 entry is about both" in page
    assert "Of these 3, 2 are published" in page
    assert about(entries["falls"]) == ["Falls"]

    assert client.post(address, {"kept": frailty.pk, "seen": 3}).status_code == 302

    assert not Theme.objects.filter(pk=falls.pk).exists()
    assert {name: about(entry) for name, entry in entries.items()} == {name: ["Frailty"] for name in entries}
    assert titles(client, "falls") == titles(client, "frailty") == ["Falls car", "Falls clinic", "Frailty unit"]
    assert client.get("/api/v1/themes/falls/")["Location"].endswith("/themes/frailty/")
    assert list(before.order_by("pk")) == unchanged, "nothing is new by another theme"
    assert "“Falls” went into it" in client.get(reverse("initiatives:theme", args=[frailty.pk])).content.decode()


def test_nothing_is_merged_when_the_entries_changed_since_the_preview(client, staff, falls, frailty, entries):
    make_initiative(themes=[falls])

    response = client.post(reverse("initiatives:theme_merge", args=[falls.pk]), {"kept": frailty.pk, "seen": 3})

    assert response.status_code == 409
    assert response.context_data["preview"].entries == 4
    assert Theme.objects.filter(pk=falls.pk).exists()


@pytest.mark.parametrize("kept", ["", "999999", "itself"])
def test_a_theme_is_merged_with_another_one_on_the_list(client, staff, falls, kept):
    address = reverse("initiatives:theme_merge", args=[falls.pk])

    response = client.post(address, {"kept": falls.pk if kept == "itself" else kept, "seen": 0})

    assert response.status_code == 422
    assert "kept" in response.context_data["form"].errors


def test_undoing_a_merge_brings_back_theme_entries_and_addresses(client, staff, falls, frailty, entries):
    rename(client, falls, "Slips")
    falls.refresh_from_db()
    merge = themes.merge(frailty, falls, seen=3, by=staff)
    entries["draft"].themes.clear()

    response = client.post(reverse("initiatives:theme_merge_undo", args=[merge.pk]))

    assert response["Location"] == reverse("initiatives:theme", args=[falls.pk])
    assert about(entries["falls"]) == ["Slips"]
    assert about(entries["frailty"]) == ["Frailty"]
    assert about(entries["both"]) == ["Frailty", "Slips"]
    assert about(entries["draft"]) == [], "somebody took the theme off meanwhile"
    assert titles(client, "slips") == titles(client, "falls") == ["Falls car", "Falls clinic"]
    page = client.get(response["Location"]).content.decode()
    assert "It was taken out of “Frailty” again" in page
    assert "Undo this merge" not in page


def test_only_the_last_merge_can_be_undone(client, staff, falls, frailty, entries):
    first = themes.merge(frailty, falls, seen=3, by=staff)
    second = themes.merge(frailty, make_theme("Slips"), seen=0, by=staff)

    with pytest.raises(themes.NotAllowedError):
        themes.undo(first, by=staff)
    themes.undo(second, by=staff)
    themes.undo(first, by=staff)

    assert set(Theme.objects.values_list("name", flat=True)) == {"Falls", "Frailty", "Slips"}
    with pytest.raises(themes.NotAllowedError):
        themes.undo(first, by=staff)


def test_themes_that_went_on_come_back_one_after_the_other(client, staff, falls, frailty, entries):
    homes = make_theme("Care homes")
    first = themes.merge(frailty, falls, seen=3, by=staff)
    second = themes.merge(homes, frailty, seen=4, by=staff)
    assert titles(client, "falls") == ["Falls car", "Falls clinic", "Frailty unit"]
    first.refresh_from_db()
    with pytest.raises(themes.NotAllowedError):
        themes.undo(first, by=staff)

    themes.undo(second, by=staff)
    themes.undo(first, by=staff)

    assert titles(client, "falls") == ["Falls car", "Falls clinic"]
    assert titles(client, "frailty") == ["Falls clinic", "Frailty unit"]


def test_a_merge_is_not_undone_over_a_theme_of_the_same_name(client, staff, falls, frailty):
    merge = themes.merge(frailty, falls, seen=0, by=staff)
    make_theme("falls", slug="other")

    response = client.post(reverse("initiatives:theme_merge_undo", args=[merge.pk]), follow=True)

    assert "There is a theme “falls” now. Rename it first." in response.content.decode()
    merge.refresh_from_db()
    assert merge.undone_at is None


def test_an_entry_that_goes_back_to_an_earlier_version_has_the_theme_that_stands(staff, falls, frailty, entries):
    old = {name: versions.of(entry)[0] for name, entry in entries.items()}
    themes.merge(frailty, falls, seen=3, by=staff)

    for name, entry in entries.items():
        versions.restore(entry, old[name])

    assert {name: about(entry) for name, entry in entries.items()} == {name: ["Frailty"] for name in entries}
    assert versions.said([old["both"]])["themes"] == "Falls\nFrailty", "what it said then"


def test_a_document_that_comes_later_may_name_a_theme_as_it_was(client, staff, falls, tmp_path):
    rename(client, falls, "Slips")
    fixture = tmp_path / "later.yaml"
    fixture.write_text(
        "- model: initiatives.initiative\n"
        "  fields: {slug: later, title: Later, summary: S, who_for: All, stage: live, themes: [[falls]],\n"
        "    created_at: 2026-11-25T09:00:00Z, updated_at: 2026-11-25T09:00:00Z}\n"
    )

    call_command("loaddata", fixture, verbosity=0)

    assert about(Initiative.objects.get(slug="later")) == ["Slips"]


def test_the_database_refuses_a_theme_merged_with_itself_or_twice(staff, falls, frailty):
    known = {"name": "Falls", "slug": "falls", "old_slugs": [], "moved": [], "had_both": [], "kept": frailty}
    with pytest.raises(IntegrityError, match="theme_merge_of_two"), transaction.atomic():
        ThemeMerge.objects.create(into=1, gone=1, **known)
    ThemeMerge.objects.create(into=1, gone=2, **known)
    with pytest.raises(IntegrityError, match="theme_merge_gone_once"), transaction.atomic():
        ThemeMerge.objects.create(into=3, gone=2, **known)


def test_the_list_counts_entries_in_as_many_queries_for_one_theme_as_for_three(
    client, staff, entries, django_assert_num_queries, django_assert_max_num_queries
):
    address = reverse("initiatives:themes")
    with django_assert_max_num_queries(12) as one:
        page = client.get(address)
    make_theme("Care homes")
    with django_assert_num_queries(len(one)):
        client.get(address)

    assert [(t.name, t.published, t.all_entries) for t in page.context_data["object_list"]] == [
        ("Falls", 2, 3),
        ("Frailty", 2, 2),
    ]
