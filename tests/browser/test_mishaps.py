"""Double clicks, Back, no cookies, two people in one browser, a sign-in that ended: nothing is lost or doubled."""

import re

import pytest
from playwright.sync_api import expect

from commitments.models import Attendee, Commitment

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CARDS = "/staff/forums/invented-forum-due/cards/"
LEAD, STAFF = re.compile("North East London"), re.compile("staff", re.IGNORECASE)


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request):
    return request.param


@pytest.fixture
def context(script, browser):
    context = browser.new_context(java_script_enabled=script)
    yield context
    context.close()


@pytest.fixture
def page(context):
    return context.new_page()


def sign_in(page, site, name):
    page.goto(site + "/accounts/login/")
    page.get_by_role("button", name=name).click()


def write_card(page, site, text):
    page.goto(site + CARDS)
    page.get_by_label("Who").fill(somebody())
    page.get_by_label("In their own words").fill(text)


def somebody():
    return Attendee.objects.filter(forum__slug="invented-forum-due").earliest("pk").name


@pytest.fixture
def words(request):
    return f"Ring the practice ({request.node.name})"


def test_double_click_saves_once_and_says_so(site, page, words):
    sign_in(page, site, STAFF)
    write_card(page, site, words)

    page.get_by_role("button", name="Save the card").dblclick()

    expect(page.get_by_text(re.compile("Saved: commitment"))).to_be_visible()
    assert Commitment.objects.filter(text=words).count() == 1


def test_back_after_saving_doubles_nothing(site, page, words):
    sign_in(page, site, STAFF)
    write_card(page, site, words)
    page.get_by_role("button", name="Save the card").click()
    expect(page.get_by_text(re.compile("Saved: commitment"))).to_be_visible()

    page.go_back()
    page.get_by_label("Who").fill(somebody())
    page.get_by_label("In their own words").fill(words)
    page.get_by_role("button", name="Save the card").click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert Commitment.objects.filter(text=words).count() == 1


def test_back_after_a_mistake_loses_nothing(site, page):
    page.goto(site + "/initiatives/submit/")
    page.get_by_label("What is it called?").fill("Invented: tea and talk")
    page.get_by_role("button", name=re.compile("Send")).last.click()
    expect(page.locator(".nhsuk-error-summary")).to_be_visible()
    expect(page.get_by_label("What is it called?")).to_have_value("Invented: tea and talk")

    page.goto(site + "/privacy/")
    page.go_back()

    expect(page.get_by_label("What is it called?")).to_have_value("Invented: tea and talk")


def test_without_cookies_a_page_says_what_to_do(site, page, context):
    page.goto(site + "/initiatives/submit/")
    page.get_by_label("What is it called?").fill("Invented: tea and talk")
    context.clear_cookies()
    page.get_by_role("button", name=re.compile("Send")).last.click()

    expect(page.get_by_text("turn cookies on for this site")).to_be_visible()
    expect(page.get_by_text("Invented: tea and talk")).to_be_visible()


def test_second_person_in_the_browser_never_acts_as_the_first(site, page, context, words):
    sign_in(page, site, STAFF)
    write_card(page, site, words)
    other = context.new_page()
    other.goto(site)
    other.get_by_role("button", name="Sign out").click()
    sign_in(other, site, LEAD)

    page.get_by_role("button", name="Save the card").click()

    expect(page.get_by_text(words).first).to_be_visible()
    assert not Commitment.objects.filter(text=words).exists()
    page.get_by_role("button", name="Send it again").click()
    assert not Commitment.objects.filter(text=words).exists()


def test_sign_in_that_ended_in_mid_form_loses_nothing(site, page, context, script, words):
    """With script one press sends it again. Without, signing in has changed the token, so a page asks for a second."""
    sign_in(page, site, STAFF)
    write_card(page, site, words)
    context.clear_cookies(name="session")
    page.get_by_role("button", name="Save the card").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    expect(page.get_by_text(words)).to_be_visible()

    with context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("Sign in")).last.click()
    opened.value.get_by_role("button", name=STAFF).click()
    page.get_by_role("button", name="Send it again").click()
    if not script:
        expect(page.get_by_text(words)).to_be_visible()
        page.get_by_role("button", name="Send it again").click()

    expect(page.get_by_text(re.compile("Saved: commitment"))).to_be_visible()
    assert Commitment.objects.filter(text=words).count() == 1
