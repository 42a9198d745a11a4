"""A whole cycle in a real browser: from an attendee list and a box of cards to the learning report and its summary."""

import re
from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone
from playwright.sync_api import expect

from commitments import follow_ups, outbox
from commitments.models import Wave
from tests.factories import make_forum, make_key_theme, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = b"Name,Email\nAda Sample,ada@example.org\nBo Busy,bo@example.org\n"


@pytest.fixture
def browser_context_args(browser_context_args, width, script):
    return browser_context_args | {"viewport": {"width": width, "height": 900}, "java_script_enabled": script}


@pytest.fixture
def site(live_server, settings):
    settings.SITE_URL, settings.SEND_WINDOW = live_server.url, None
    return live_server.url


def type_card(page, site, person, text, key_themes):
    page.goto(f"{site}/staff/forums/autumn/cards/")
    page.get_by_label("Who").fill(person)
    page.get_by_label("In their own words").fill(text)
    page.get_by_label("Key themes by number").fill(key_themes)
    page.get_by_label("The card agrees to be followed up").check()
    page.get_by_role("button", name="Save the card").click()
    expect(page.get_by_text(re.compile(f"Saved: commitment 1 of {person}"))).to_be_visible()


def link_in(mail):
    return re.search(r"http\S+/answer/[\w-]{43}/", mail.body).group()


@pytest.mark.parametrize(("width", "script"), [(1280, True), (375, False)])
def test_from_a_box_of_cards_to_what_was_learnt(site, page, client, mailoutbox):
    held_on = timezone.localdate() - relativedelta(months=3) - timedelta(days=5)
    forum = make_forum(slug="autumn", title="Autumn forum", held_on=held_on)
    make_key_theme("Trust", forum=forum)
    client.force_login(make_user(name="Sam Staff"))
    page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])

    page.goto(f"{site}/staff/forums/autumn/import/")
    page.get_by_label("The list, as CSV or Excel (.xlsx)").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST}
    )
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Import this list").click()
    expect(page.get_by_text("The list is imported: 2 new, 0 changed.")).to_be_visible()
    type_card(page, site, "Ada Sample", "Call the ward every Monday", "1")
    type_card(page, site, "Bo Busy", "Share the checklist", "")

    follow_ups.prepare()
    assert outbox.send_due() == 2
    by_address = {mail.to[0]: link_in(mail) for mail in mailoutbox}
    page.goto(by_address["ada@example.org"])
    page.get_by_role("radio", name="Done", exact=True).check()
    page.get_by_role("group", name="What helped?").get_by_label("Trust").check()
    page.get_by_label("Anything else you want to tell us").fill("Please thank the ward")
    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_role("heading", name="Thank you, Ada")).to_be_visible()
    page.goto(by_address["bo@example.org"])
    page.get_by_label("Too soon to tell? Ask me again on").fill((timezone.localdate() + timedelta(days=40)).isoformat())
    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_text("We will ask you again on")).to_be_visible()

    page.goto(f"{site}/staff/chase/?why=later")
    expect(page.get_by_role("link", name="Bo Busy", exact=True)).to_be_visible()
    page.goto(f"{site}/staff/asking/")
    expect(page.get_by_text("Please thank the ward")).to_be_visible()
    Wave.objects.update(state=Wave.State.CLOSED)
    page.goto(f"{site}/forums/autumn/learning/")
    expect(page.get_by_text("1 person told us about 1 commitment.")).to_be_visible()
    page.get_by_role("link", name="Trust").click()
    expect(page.get_by_text("It helped: 1 answer")).to_be_visible()
    page.goto(f"{site}/staff/forums/autumn/follow-up/summary/")
    page.get_by_label("What participants will read").fill("A call each Monday helps.")
    page.get_by_role("button", name="Send it to 2 people").click()
    expect(page.get_by_text("The summary is on its way to 2 people.")).to_be_visible()
    assert outbox.send_due() == 2

    assert "A call each Monday helps." in mailoutbox[-1].body
