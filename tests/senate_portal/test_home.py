import re
from datetime import UTC, date, datetime

import pytest
from django.apps import apps

from commitments.models import Wave
from initiatives.models import Initiative
from tests.factories import make_attendee, make_commitment, make_forum, make_initiative, make_message, make_wave

pytestmark = pytest.mark.django_db

InitiativeEvent = apps.get_model("initiatives", "InitiativeEvent")


def closed_follow_up(people):
    forum = make_forum(title="Autumn forum")
    wave = make_wave(forum, state=Wave.State.CLOSED)
    for _ in range(people):
        commitment = make_commitment(make_attendee(forum))
        make_message(commitment.attendee, wave, state="accepted")
        commitment.answers.create(outcome="done")


def drawn(page):
    """The numbers of the picture, by what they count."""
    figure = page.partition('class="portal-chart"')[2].partition("</svg>")[0]
    return dict(re.findall(r">([^<]+)</text><rect[^>]*/><text[^>]*>(\d+)</text>", figure))


def test_what_became_of_commitments_is_drawn_with_its_numbers(client):
    closed_follow_up(people=6)

    page = client.get("/").content.decode()

    assert "6 people made 6 commitments. 6 people told us how 6 of them went." in page
    assert drawn(page) == {"Made": "6", "Answered": "6", "Done": "6", "Under way": "0"} | drawn(page)
    assert "The same numbers in a table" in page


def test_answers_of_a_few_people_are_not_drawn(client):
    closed_follow_up(people=4)

    page = client.get("/").content.decode()

    assert "4" not in drawn(page).values()
    assert "not shown, to protect them" in page


def test_invented_forum_never_stands_before_a_real_one(client):
    make_forum(title="Invented forum", held_on=date(2026, 5, 1), is_published=True, is_invented=True)
    make_forum(title="Real forum", held_on=date(2017, 1, 26), is_published=True)

    assert client.get("/").context_data["forum"].title == "Real forum"


def test_what_is_new_was_published_or_checked_and_never_just_offered_or_edited(client):
    days = {"Old": 1, "Checked": 2, "Added": 3}
    for title in days:
        make_initiative(title=title, publication=Initiative.Publication.DRAFT)
    Initiative.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    InitiativeEvent.objects.update(pgh_created_at=datetime(2026, 1, 1, tzinfo=UTC))
    for title, day in days.items():
        Initiative.objects.filter(title=title).update(publication=Initiative.Publication.PUBLISHED)
        InitiativeEvent.objects.filter(title=title, publication=Initiative.Publication.PUBLISHED).update(
            pgh_created_at=datetime(2026, 3, day, 23, 30, tzinfo=UTC)
        )
    Initiative.objects.filter(title="Checked").update(verified_on=date(2026, 3, 9), verified_by="Staff")
    Initiative.objects.get(title="Old").save()  # as any edit does

    page = client.get("/").content.decode().partition('id="recent"')[2]

    assert re.findall(r">(\w+)</a>, ([^<]+)</li>", page) == [
        ("Checked", "checked on Monday 9 March 2026"),
        ("Added", "in the catalogue since Tuesday 3 March 2026"),
        ("Old", "in the catalogue since Sunday 1 March 2026"),
    ]
