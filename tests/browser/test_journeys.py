"""Each kind of visitor's story, start to end in a real browser, with what it cost them. The counts are printed.

Run with JavaScript and without; a tap is a click or the choice of a box, a key is one key pressed.
"""

import re
import time

import pytest
from playwright.sync_api import expect

from commitments import follow_ups, outbox
from commitments.models import Answer, Attendee, Commitment
from senate_portal.lib import mail_files

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


class Person:
    """Does things in the browser and counts the taps and keys it takes."""

    def __init__(self, page, site):
        self.page, self.site = page, site
        self.taps = self.keys = 0

    def open(self, address):
        self.page.goto(self.site + address)

    def tap(self, locator):
        locator.click()
        self.taps += 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, key):
        self.page.keyboard.press(key)
        self.keys += 1


@pytest.fixture
def cost(request, capsys):
    """Prints what a journey cost, whether or not its output is captured."""

    def report(person):
        with capsys.disabled():
            print(f"\n{request.node.name}: {person.taps} taps, {person.keys} keys")  # noqa: T201

    return report


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request, browser):
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 375, "height": 812})
    yield context.new_page()
    context.close()


@pytest.fixture
def person(page, site):
    return Person(page, site)


def sign_in_as(person, name):
    person.open("/accounts/login/")
    person.tap(person.page.get_by_role("button", name=name))


def test_attendee_finds_whom_to_ask_about_falls_in_north_east_london(person, cost):
    person.open("/")
    person.tap(person.page.get_by_label("Search initiatives").last)
    person.type("falls response")
    person.press("Enter")
    person.tap(person.page.get_by_role("link", name="Falls Specialist Response Car"))

    expect(person.page.get_by_role("link", name="Lea.Agambar@nelft.nhs.uk")).to_be_visible()
    expect(person.page.get_by_text("The report gives no email address for this person.")).to_be_visible()
    cost(person)


def test_attendee_browses_by_area_and_theme(person, cost):
    person.open("/")
    person.tap(person.page.get_by_role("link", name="North East London", exact=True))
    person.tap(person.page.get_by_role("link", name="Search and filter the initiatives in North East London"))

    expect(person.page.get_by_role("heading", level=1)).to_have_text("4 initiatives in North East London")
    cost(person)


@pytest.fixture(scope="module")
def letters(site):
    """The emails of the follow-up that is due, as the worker's sweep wrote them."""
    follow_ups.prepare()
    outbox.send_due()
    return [mail_files.read(name) for name in mail_files.names()]


def test_attendee_answers_from_the_email(person, letters, cost):
    people = Attendee.objects.with_commitments().exclude(pk__in=Attendee.objects.answered())
    two = next(one for one in people.filter(forum__slug="invented-forum-due") if one.commitments.count() == 2)
    letter = next(letter for letter in letters if letter.to == two.email)
    link = re.search(rf"{person.site}/answer/[\w-]+/", letter.text).group()

    person.page.goto(link)
    person.tap(person.page.get_by_label("Done", exact=True).first)
    person.tap(person.page.get_by_label("Under way").last)
    person.tap(person.page.get_by_role("button", name="Save all answers"))

    expect(person.page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    answers = Answer.objects.filter(commitment__attendee=two)
    assert sorted(answers.values_list("outcome", flat=True)) == ["done", "under-way"]
    cost(person)


def test_staff_see_the_answer_and_the_follow_up(person, cost):
    sign_in_as(person, re.compile("staff", re.IGNORECASE))
    person.open("/staff/")
    person.tap(person.page.get_by_role("link", name="Invented forum: first steps out of hospital").first)
    person.tap(person.page.get_by_role("link", name="Watch the follow-up"))
    person.tap(person.page.get_by_role("link", name="Read the answers"))

    expect(person.page.get_by_role("heading", level=1)).to_contain_text("nswers")
    cost(person)


def test_lead_takes_the_summary_of_their_area_away(person, cost):
    sign_in_as(person, re.compile("North East London"))
    person.tap(person.page.get_by_role("link", name="Your area: North East London"))
    with person.page.expect_download() as download:
        person.tap(person.page.get_by_role("link", name=re.compile("PDF")).first)

    assert download.value.suggested_filename.endswith(".pdf")
    cost(person)


def test_staff_type_cards_by_the_keyboard_alone(person, site, capsys, request):
    """Two cards each of three people. What is printed is the browser's own time: a typist adds theirs."""
    sign_in_as(person, "Sasha Staff (invented)")
    person.open("/staff/forums/invented-forum-due/cards/")
    names = list(Attendee.objects.filter(forum__slug="invented-forum-due").values_list("name", flat=True)[:3])
    text = person.page.get_by_label("In their own words")
    began, person.keys, typed, cards = time.monotonic(), 0, 0, 0
    for name in names:
        if cards:
            person.press("Shift+Tab")
        else:
            person.page.get_by_label("Who").focus()
        person.type(name)
        for number in (1, 2):
            if number == 1:
                person.press("Tab")
            expect(text).to_be_focused()
            words = f"Ask {name} to ring the falls team each Monday morning {request.node.name} {number}"
            person.type(words)
            typed += len(words)
            for _ in range(4):  # past the key themes and the two boxes to the button, which needs no script
                person.press("Tab")
            person.press("Enter")
            cards += 1
            expect(person.page.get_by_text(re.compile(rf"Saved: commitment \d+ of {re.escape(name)}"))).to_be_visible()
            person.page.wait_for_load_state("load")
    seconds = time.monotonic() - began

    assert Commitment.objects.filter(text__contains=request.node.name).count() == cards == 6
    with capsys.disabled():
        beside, each = (person.keys - typed) / cards, seconds / cards
        print(f"\n{request.node.name}: {beside:.0f} keys a card beside its words, {each:.1f} s a card")  # noqa: T201
