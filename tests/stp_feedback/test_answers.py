from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from initiatives.models import AreaLead
from senate_portal.accounts.models import User
from stp_feedback.models import AreaResponse, FeedbackPoint
from tests.factories import make_area, make_forum, make_forum_with_feedback, make_point, make_user
from tests.pages import html_of, read_csv

pytestmark = pytest.mark.django_db
NOT_NOW = {"answer": "not-now", "why": "There is no money this year."}


@pytest.fixture
def point():
    return make_point(make_forum_with_feedback(slug="care"), make_area("NEL"), position=1, text="QI training")


@pytest.fixture
def lead():
    lead = make_user(User.Role.LEAD)
    AreaLead.objects.create(user=lead, area=make_area("NEL"))
    return lead


def address(point):
    return f"/feedback/points/{point.pk}/answer/"


@time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False)
def test_lead_answers_a_point_and_everyone_reads_it(client, point, lead):
    client.force_login(lead)
    assert "QI training" in html_of(client.get(address(point)))

    response = client.post(address(point), NOT_NOW)

    assert (response.status_code, response["Location"]) == (302, "/areas/NEL/#nel-support-1")
    saved = AreaResponse.objects.get(point=point)
    assert (saved.answer, saved.why, saved.by, saved.answered_on) == (
        "not-now",
        "There is no money this year.",
        lead,
        date(2026, 11, 25),
    )
    client.logout()
    for page in ("/areas/NEL/", "/forums/care/feedback/"):
        assert "<strong>Not now, Wednesday 25 November 2026:</strong> There is no money this year." in html_of(
            client.get(page)
        )
    assert "Area NEL has answered 1 of 1." in html_of(client.get("/areas/NEL/"))
    row = read_csv(client.get("/forums/care/feedback.csv"))[0]
    assert (row["answer"], row["answer_why"], row["answered_on"]) == (
        "not-now",
        "There is no money this year.",
        "2026-11-25",
    )


def test_lead_changes_an_answer_and_history_keeps_both(client, point, lead):
    client.force_login(lead)
    client.post(address(point), NOT_NOW)
    assert "There is no money this year.</textarea>" in html_of(client.get(address(point)))

    client.post(address(point), {"answer": "taken-up", "why": "Training started."})

    assert AreaResponse.objects.get().answer == "taken-up"
    history = AreaResponse.pgh_event_model.objects.order_by("pgh_id").values_list("answer", flat=True)
    assert list(history) == ["not-now", "taken-up"]


def test_staff_answer_for_an_area(client, point):
    staff = make_user()
    client.force_login(staff)
    client.post(address(point), NOT_NOW)
    assert AreaResponse.objects.get().by == staff


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"why": "Because"}, "Choose what became of this point"),
        ({"answer": "later", "why": "Because"}, "Select a valid choice"),
        ({"answer": "not-now", "why": "  "}, "Write a sentence that says why"),
        ({"answer": "not-now", "why": "x" * 2001}, "What you write must be 2,000 characters or fewer"),
    ],
)
def test_an_incomplete_answer_is_explained_and_not_saved(client, point, lead, data, message):
    client.force_login(lead)
    response = client.post(address(point), data)
    assert response.status_code == 422
    assert message in html_of(response)
    assert not AreaResponse.objects.exists()


def test_for_anybody_else_the_point_does_not_exist(client, point, lead):
    stranger = make_user(User.Role.LEAD)
    AreaLead.objects.create(user=stranger, area=make_area("SEL"))
    draft = make_point(make_forum(), make_area("NEL"), state=FeedbackPoint.State.DRAFT)

    assert client.get(address(point))["Location"] == f"/accounts/login/?next={address(point)}"
    client.force_login(stranger)
    assert client.post(address(point), NOT_NOW).status_code == 404
    client.force_login(lead)
    assert client.post(address(draft), NOT_NOW).status_code == 404
    assert client.get("/feedback/points/99999999999999999999/answer/").status_code == 404
    assert not AreaResponse.objects.exists()


def test_a_lead_who_moved_to_another_area_is_refused_and_shown_what_they_typed(client, point, lead):
    client.force_login(lead)
    assert client.get(address(point)).status_code == 200
    AreaLead.objects.filter(user=lead).update(area=make_area("SEL"))
    response = client.post(address(point), NOT_NOW | {"why": "No <b>money</b>"})
    assert response.status_code == 404
    assert "not yours to change any more" in html_of(response)
    assert "<bdi>No &lt;b&gt;money&lt;/b&gt;</bdi>" in html_of(response)
    assert not AreaResponse.objects.exists()
    assert "not yours" not in html_of(client.get(address(point)))


def test_only_those_who_may_answer_are_asked_to(client, point, lead):
    link = f'href="{address(point)}"'
    assert link not in html_of(client.get("/areas/NEL/"))
    client.force_login(make_user(User.Role.LEAD))
    assert link not in html_of(client.get("/areas/NEL/"))
    client.force_login(lead)
    assert link in html_of(client.get("/areas/NEL/"))


def test_answerable_points_are_published_ones_of_own_areas(point, lead):
    make_point(area=make_area("SEL"))
    make_point(make_forum(), make_area("NEL"))
    assert list(FeedbackPoint.objects.answerable_by(lead)) == [point]
    assert list(FeedbackPoint.objects.answerable_by(AnonymousUser())) == []
    assert FeedbackPoint.objects.answerable_by(make_user()).count() == 2


@pytest.mark.parametrize("fields", [{"answer": "later", "why": "x"}, {"answer": "not-now", "why": ""}])
def test_database_refuses_an_answer_without_meaning(point, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaResponse.objects.create(point=point, answered_on=date(2026, 1, 1), **fields)


def test_a_point_has_one_answer(point):
    fields = {"point": point, "answered_on": date(2026, 1, 1), "answer": "not-now", "why": "x"}
    AreaResponse.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaResponse.objects.create(**fields)
