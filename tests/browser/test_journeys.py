"""Each kind of visitor's story, start to end in a real browser, with what it cost them. The counts are printed.

Run with JavaScript and without; a tap is a click or the choice of a box, a key is one key pressed.
"""

import re

import pytest
from playwright.sync_api import expect

from commitments import follow_ups, outbox
from commitments.models import Answer, Attendee
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
