import pytest
from django.db import IntegrityError, transaction

from initiatives import publishing, versions
from initiatives.models import Initiative, OldSlug, Submission
from initiatives.views.moderation import ModerationEdit
from senate_portal.accounts.models import User
from tests.factories import (
    make_area,
    make_borough,
    make_contact,
    make_initiative,
    make_outcome,
    make_reading,
    make_theme,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make_user(name="Staff One")


@pytest.fixture
def other(django_user_model):
    return make_user(name="Staff Two")


@pytest.fixture
def waiting(staff):
    """An entry that the first member of staff wrote and that waits for review."""
    return make_initiative(
        title="Falls car", slug="falls-car", publication="in-review", edited_by=staff, created_by=staff
    )


def typed(client, entry):
    """What the edit page would send back untouched."""
    context = client.get(f"/staff/initiatives/{entry.pk}/edit/").context_data
    data = {}
    forms = [context["form"]]
    for formset in context["formsets"].values():
        forms += [formset.management_form, *formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value not in (None, "") and value is not False:
                data[field.html_name] = [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
    return data


def step(client, entry, name, *, seen=None, **more):
    seen = versions.latest(entry) if seen is None else seen
    return client.post(f"/staff/initiatives/{entry.pk}/step/", {"step": name, "seen": seen} | more)


def test_publishing_needs_somebody_else(client, waiting, staff, other):
    client.force_login(staff)
    step(client, waiting, "publish")
    waiting.refresh_from_db()
    assert waiting.publication == "in-review"
    assert "Somebody else must publish" in client.get(f"/staff/initiatives/{waiting.pk}/").content.decode()

    client.force_login(other)
    step(client, waiting, "publish")

    waiting.refresh_from_db()
    assert (waiting.publication, waiting.reviewed_by) == ("published", other)
    assert client.get("/initiatives/falls-car/").status_code == 200


def test_the_database_refuses_a_reviewer_who_is_the_author(waiting, staff):
    with pytest.raises(IntegrityError, match="initiative_reviewer_is_not_author"), transaction.atomic():
        Initiative.objects.filter(pk=waiting.pk).update(reviewed_by=staff)


def test_whoever_offered_an_entry_does_not_publish_it(waiting, other):
    Submission.objects.create(initiative=waiting, name="Staff Two", email=other.email.upper())

    with pytest.raises(publishing.NotAllowedError):
        publishing.take_step(waiting, "publish", seen=versions.latest(waiting), by=other)


@pytest.mark.parametrize("change", ["title", "contact", "theme"])
def test_approval_is_bound_to_the_version_that_was_read(client, waiting, other, change):
    seen = versions.latest(waiting)
    if change == "title":
        Initiative.objects.filter(pk=waiting.pk).update(title="Another thing")
    elif change == "contact":
        make_contact(waiting, name="New Contact")
    else:
        waiting.themes.add(make_theme("Care homes"))
    client.force_login(other)

    response = step(client, waiting, "publish", seen=seen)

    assert response.status_code == 409
    assert "changed meanwhile" in response.content.decode()
    waiting.refresh_from_db()
    assert waiting.publication == "in-review"


def test_sending_back_needs_a_comment(client, waiting, other):
    client.force_login(other)
    step(client, waiting, "return")
    waiting.refresh_from_db()
    assert waiting.publication == "in-review"

    step(client, waiting, "return", comment="Say where it runs.")

    waiting.refresh_from_db()
    assert (waiting.publication, waiting.review_comment) == ("needs-changes", "Say where it runs.")
    with pytest.raises(IntegrityError, match="initiative_returned_or_hidden_with_comment"), transaction.atomic():
        Initiative.objects.filter(pk=waiting.pk).update(review_comment="")


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("draft", ["send", "archive", "hide"]),
        ("in-review", ["return", "publish", "archive", "hide"]),
        ("needs-changes", ["send", "archive", "hide"]),
        ("published", ["plan_archiving", "hide"]),
        ("archived", ["send", "hide"]),
        ("hidden", ["send", "archive"]),
    ],
)
def test_each_state_has_its_steps(other, state, steps):
    entry = make_initiative(publication=state, review_comment="Why")

    assert publishing.steps_from(entry) == steps
    for name in set(publishing.STEPS) - set(steps):
        with pytest.raises(publishing.NotAllowedError):
            publishing.take_step(entry, name, seen=versions.latest(entry), comment="Why", by=other)


def test_a_draft_that_is_archived_was_never_public_and_stays_so(client, other):
    entry = make_initiative(slug="old-thing", publication="draft")
    client.force_login(other)

    step(client, entry, "archive", comment="Never came about.")

    assert client.get("/initiatives/old-thing/").status_code == 404
    assert Initiative.objects.get(pk=entry.pk).publication == "archived"


def test_an_entry_is_hidden_at_once_whatever_changed_meanwhile(client, other):
    entry = make_initiative(slug="falls-car", title="Falls car", summary="Mrs Patient fell.")
    seen = versions.latest(entry)
    make_contact(entry, name="New Contact")
    client.force_login(other)
    assert "Mrs Patient" in client.get("/initiatives/").content.decode()

    step(client, entry, "hide", seen=seen, comment="It names a patient.")

    client.logout()
    for page in ["/initiatives/", "/initiatives/?search=patient", "/api/v1/initiatives/", "/initiatives.atom"]:
        assert "Mrs Patient" not in client.get(page).content.decode()
    assert client.get("/initiatives/falls-car/").status_code == 404
    entry.refresh_from_db()
    assert (entry.publication, entry.review_comment) == ("hidden", "It names a patient.")


def test_hiding_needs_a_reason(client, other):
    entry = make_initiative()
    client.force_login(other)

    step(client, entry, "hide")

    assert Initiative.objects.get(pk=entry.pk).publication == "published"


def test_every_text_can_be_taken_out_at_once_and_put_back(client, other):
    nel = make_area("NEL")
    entry = make_initiative(
        slug="falls-car",
        areas=[nel],
        boroughs=[make_borough("Hackney", nel)],
        themes=[make_theme("Falls")],
        evidence_strength="strong",
        evidence_reason="Two studies",
        lessons="Start small",
    )
    make_contact(entry, name="Jo Contact")
    make_outcome(entry)
    make_reading(entry)
    first = versions.of(entry)[0]
    before = versions.said([first])
    client.force_login(other)

    for name in versions.TEXTS_AND_PARTS:
        client.post(f"/staff/initiatives/{entry.pk}/take-out/", {"name": name, "why": "Confidential"})

        said = versions.said(versions.of(entry))
        assert (said[name] != before[name]) == bool(before[name]), name
        versions.restore(Initiative.objects.get(pk=entry.pk), first, only=name)
        assert versions.said(versions.of(entry)) == before, name


def test_taking_out_needs_a_known_text_and_a_reason(client, other):
    entry = make_initiative(summary="Mrs Patient fell.")
    client.force_login(other)

    for data in [{"name": "summary"}, {"name": "slug", "why": "Why"}, {"name": "stage", "why": "Why"}, {}]:
        client.post(f"/staff/initiatives/{entry.pk}/take-out/", data)

    entry.refresh_from_db()
    assert (entry.summary, entry.edited_by) == ("Mrs Patient fell.", None)


@pytest.mark.django_db(transaction=True)
def test_who_took_a_text_out_and_why_is_kept_and_one_field_is_undone(client):
    staff = make_user(name="Staff One")
    entry = make_initiative(title="Falls car", summary="Mrs Patient fell.")
    make_contact(entry, name="Jo Contact")
    client.force_login(staff)
    client.post(f"/staff/initiatives/{entry.pk}/take-out/", {"name": "summary", "why": "It names a patient"})
    Initiative.objects.filter(pk=entry.pk).update(title="Falls bus")
    found = versions.of(entry)
    assert [(version.by, version.why) for version in found if version.why] == [("Staff One", "It names a patient")]
    assert "Undo this" in client.get(f"/staff/initiatives/{entry.pk}/").content.decode()
    assert "Mrs Patient" not in client.get(entry.get_absolute_url()).content.decode()

    data = {"number": 1, "only": "summary", "seen": versions.latest(entry)}
    client.post(f"/staff/initiatives/{entry.pk}/restore/", data)

    entry.refresh_from_db()
    assert (entry.title, entry.summary, entry.edited_by) == ("Falls bus", "Mrs Patient fell.", staff)
    assert entry.contacts.count() == 1


def test_a_difference_tells_which_words_changed():
    difference = versions.Difference("summary", "A car for falls.", "A bus for falls.")

    assert difference.words == [("same", "A "), ("gone", "car"), ("new", "bus"), ("same", " for falls.")]


def test_editing_untouched_changes_no_word(client, staff):
    nel, sel = make_area("NEL"), make_area("SEL")
    entry = make_initiative(
        areas=[nel], inferred_areas=[sel], boroughs=[make_borough("Hackney", nel)], themes=[make_theme("Falls")]
    )
    make_contact(entry, name="Jo Contact", email="jo@example.org")
    make_outcome(entry)
    make_reading(entry, address="https://example.org/")
    before = versions.said(versions.of(entry))
    client.force_login(staff)

    response = client.post(f"/staff/initiatives/{entry.pk}/edit/", typed(client, entry))

    assert response.status_code == 302
    assert versions.said(versions.of(entry)) == before
    assert Initiative.objects.get(pk=entry.pk).edited_by == staff


@pytest.mark.django_db(transaction=True)
def test_an_edit_changes_the_entry_and_its_parts_and_shows_who_changed_what(client, staff):
    nel, sel = make_area("NEL"), make_area("SEL")
    entry = make_initiative(title="Falls car", areas=[nel], inferred_areas=[sel])
    make_contact(entry, name="Jo Contact")
    client.force_login(staff)
    data = typed(client, entry) | {
        "title": "Falls response car",
        "areas_stated": [sel.pk],
        "areas_inferred": [],
        "contact-1-name": "Kim Contact",
        "contact-1-email": "kim@example.org",
    }

    response = client.post(f"/staff/initiatives/{entry.pk}/edit/", data)

    assert response.status_code == 302
    assert [(row.area.code, row.basis) for row in entry.initiativearea_set.all()] == [("SEL", "stated")]
    assert list(entry.contacts.values_list("position", "name")) == [(1, "Jo Contact"), (2, "Kim Contact")]
    newest = versions.of(entry)[0]
    changed = {difference.name: (difference.before, difference.after) for difference in newest.differences}
    assert newest.by == "Staff One"
    assert changed["title"] == ("Falls car", "Falls response car")
    assert changed["contacts"][1].endswith("Kim Contact, kim@example.org, not shown to everyone")
    assert set(changed) == {"title", "STP areas", "contacts"}
    assert [*Initiative.objects.edited_since_review()] == [entry]


def test_two_who_edit_at_once_do_not_overwrite_each_other(client, staff):
    entry = make_initiative(title="Falls car")
    client.force_login(staff)
    data = typed(client, entry)
    Initiative.objects.filter(pk=entry.pk).update(title="Changed elsewhere")

    response = client.post(f"/staff/initiatives/{entry.pk}/edit/", data)

    assert response.status_code == 409
    assert Initiative.objects.get(pk=entry.pk).title == "Changed elsewhere"


def test_wrong_edits_are_told_and_keep_what_was_typed(client, staff):
    entry = make_initiative(title="Falls car")
    client.force_login(staff)
    data = typed(client, entry) | {
        "title": "",
        "slug": "compare",
        "who_for": "People typed in",
        "contact-0-email": "nobody",
        "outcome-0-value": "3",
    }

    response = client.post(f"/staff/initiatives/{entry.pk}/edit/", data)

    page = response.content.decode()
    assert response.status_code == 422
    assert "“compare” is the address of a page" in page
    assert "People typed in" in page
    assert '<a href="#id_contact-0-email">' in page
    assert Initiative.objects.get(pk=entry.pk).title == "Falls car"


def test_a_new_entry_is_a_draft_of_the_person_who_wrote_it(client, staff):
    client.force_login(staff)
    data = {"seen": 0, "title": "New", "slug": "new", "summary": "What.", "who_for": "All", "stage": "live"}
    data |= {"evaluation_status": "none-stated", "evidence_strength": "not-assessed", "london_wide_basis": "stated"}
    for name in ModerationEdit().formsets(Initiative()):
        data |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}

    response = client.post("/staff/initiatives/add/", data)

    entry = Initiative.objects.get()
    assert response.url == f"/staff/initiatives/{entry.pk}/"
    assert (entry.publication, entry.created_by, entry.edited_by) == ("draft", staff, staff)
    assert client.get("/initiatives/new/").status_code == 404


def test_undo_brings_back_words_and_parts_but_not_the_state(client, staff, other):
    entry = make_initiative(title="Falls car", themes=[make_theme("Falls")], review_comment="")
    make_contact(entry, name="Jo Contact", email="jo@example.org")
    first = versions.of(entry)[0]
    client.force_login(staff)
    # Everything above happened in the test's one transaction, so it is one version; what follows is told apart by time.
    Initiative.objects.filter(pk=entry.pk).update(title="Wrong", slug="moved")
    entry.contacts.all().delete()
    entry.themes.clear()

    versions.restore(Initiative.objects.get(pk=entry.pk), first)

    entry.refresh_from_db()
    assert (entry.title, entry.slug, entry.publication) == ("Falls car", "moved", "published")
    assert list(entry.contacts.values_list("name", "email")) == [("Jo Contact", "jo@example.org")]
    assert [theme.name for theme in entry.themes.all()] == ["Falls"]


@pytest.mark.django_db(transaction=True)
def test_undo_from_the_page_is_a_version_of_its_own(client):
    staff = make_user(name="Staff One")
    entry = make_initiative(title="Falls car")
    client.force_login(staff)
    data = typed(client, entry) | {"title": "Wrong"}
    client.post(f"/staff/initiatives/{entry.pk}/edit/", data)

    client.post(f"/staff/initiatives/{entry.pk}/restore/", {"number": 1, "seen": versions.latest(entry)})

    found = versions.of(entry)
    assert [(version.number, version.by) for version in found] == [
        (3, "Staff One"),
        (2, "Staff One"),
        (1, "the portal, or somebody without an account"),
    ]
    assert [(one.name, one.before, one.after) for one in found[0].differences] == [("title", "Wrong", "Falls car")]
    assert Initiative.objects.get().title == "Falls car"


def test_an_old_address_leads_to_the_entry_for_ever(client):
    entry = make_initiative(slug="first")
    for slug in ["second", "third"]:
        Initiative.objects.filter(pk=entry.pk).update(slug=slug)

    for old in ["first", "second"]:
        response = client.get(f"/initiatives/{old}/")
        assert (response.status_code, response.url) == (301, "/initiatives/third/")
    assert client.get("/initiatives/third/").status_code == 200
    assert client.get("/initiatives/fourth/").status_code == 404


def test_an_old_address_of_a_hidden_entry_gives_nothing_away(client):
    entry = make_initiative(slug="first", publication="draft")
    Initiative.objects.filter(pk=entry.pk).update(slug="second")

    assert OldSlug.objects.get().slug == "first"
    assert client.get("/initiatives/first/").status_code == 404


def test_no_entry_takes_the_address_of_a_page():
    with pytest.raises(IntegrityError, match="initiative_slug_not_taken_by_a_page"), transaction.atomic():
        make_initiative(slug="submit")


def test_the_list_filters_by_state_words_and_missing_review(client, staff):
    make_initiative(title="Published one")
    make_initiative(title="Draft one", publication="draft")
    make_initiative(title="Edited one", edited_by=staff)
    client.force_login(staff)

    def titles(query):
        return [entry.title for entry in client.get(f"/staff/initiatives/{query}").context_data["object_list"]]

    assert titles("?publication=draft") == ["Draft one"]
    assert titles("?search=edited") == ["Edited one"]
    assert titles("?review=missing") == ["Edited one"]
    assert titles("?publication=nonsense") == []
    assert client.get("/staff/initiatives/?page=nonsense").status_code == 404


def test_the_list_takes_as_many_queries_for_many_entries_as_for_one(client, staff, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(staff)
    make_initiative(edited_by=staff)
    with CaptureQueriesContext(connection) as one:
        client.get("/staff/initiatives/")
    for _ in range(3):
        make_initiative(edited_by=staff)

    with django_assert_num_queries(len(one)):
        client.get("/staff/initiatives/")


def test_a_lead_may_do_none_of_this(client, waiting):
    client.force_login(make_user(User.Role.LEAD))

    assert step(client, waiting, "publish").status_code == 403
    assert client.get(f"/staff/initiatives/{waiting.pk}/").status_code == 403
