"""From the link in an email to what staff read: a real browser, at a desk and on a phone, with and without script."""

from datetime import date

import pytest
from playwright.sync_api import expect

from commitments.models import Wave
from tests.factories import (
    make_attendee,
    make_commitment,
    make_forum,
    make_key_theme,
    make_link,
    make_message,
    make_user,
    make_wave,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args, width, script):
    return browser_context_args | {"viewport": {"width": width, "height": 900}, "java_script_enabled": script}


@pytest.fixture
def attendee():
    forum = make_forum(title="Autumn forum", held_on=date(2026, 8, 25))
    make_key_theme("Trust", forum=forum)
    make_key_theme("Money", forum=forum)
    attendee = make_attendee(forum, name="Dr Ada Sample")
    make_commitment(attendee, text="Call the ward every Monday")
    make_commitment(attendee, text="Share the checklist")
    make_message(attendee, make_wave(forum, state=Wave.State.OPEN), state="accepted")
    return attendee


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("script", [True, False])
def test_answer_given_by_link_is_read_by_staff(live_server, page, client, attendee):
    page.goto(f"{live_server.url}/answer/{make_link(attendee)}/")
    first = page.get_by_role("region", name="Commitment 1 of 2")
    second = page.get_by_role("region", name="Commitment 2 of 2")

    first.get_by_role("button", name="Save this answer").click()
    expect(page.get_by_role("link", name="Choose what became of this commitment")).to_be_visible()
    first.get_by_label("Part done").check()
    first.get_by_role("group", name="What helped?").get_by_label("Trust").check()
    first.get_by_label("What else got in the way").fill("Winter")
    second.get_by_label("What happened, in a few words").fill("Not there yet")
    first.get_by_role("button", name="Save this answer").click()
    expect(first.get_by_text("Saved")).to_be_visible()
    expect(second.get_by_label("What happened, in a few words")).to_have_value("Not there yet")
    second.get_by_label("Under way").check()
    page.get_by_role("button", name="Save all answers").click()
    expect(page.get_by_role("heading", name="Thank you, Ada")).to_be_visible()
    expect(page.get_by_text("2 of 2 commitments answered")).to_be_visible()
    page.get_by_role("link", name="Change your answers").click()
    first.get_by_text("Change your answer").click()
    first.get_by_role("radio", name="Done", exact=True).check()
    page.get_by_role("button", name="Save all answers").click()
    expect(page.get_by_role("heading", name="Thank you, Ada")).to_be_visible()

    client.force_login(make_user())
    cookie = client.cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/staff/answers/")
    expect(page.get_by_text("2 answers")).to_be_visible()
    page.goto(f"{live_server.url}/staff/attendees/{attendee.pk}/")
    told = page.get_by_role("region", name="Commitment 1").inner_text()
    assert told.index("Done") < told.index("Part done")
    assert "Helped: Trust" in told
    assert "Got in the way: Winter" in told
    assert "Not there yet" in page.get_by_role("region", name="Commitment 2").inner_text()
