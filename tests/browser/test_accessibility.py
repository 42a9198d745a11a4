"""Every page by axe (WCAG 2.0 to 2.2, A and AA), on a desktop and on a phone, and no page wider than its window."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from commitments.models import AnswerLink, Attendee

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AXE = Path(settings.BASE_DIR / "static/node_modules/axe-core/axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

PUBLIC_PAGES = [
    "/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/data/",
    "/areas/",
    "/areas/NEL/",
    "/areas/SWL/",
    "/initiatives/",
    "/initiatives/?area=NEL&theme=nothing-like-it",
    "/initiatives/?search=xyzzy",
    "/initiatives/falls-specialist-response-car/",
    "/initiatives/matrix/",
    "/initiatives/matrix/?by=borough",
    "/initiatives/compare/?entry=falls-specialist-response-car&entry=escape-pain",
    "/api/v1/docs/",
    "/initiatives/falls-specialist-response-car/report/",
    "/initiatives/submit/",
    "/initiatives/submit/thanks/",
    "/sources/",
    "/forums/",
    "/forums/out-of-hospital-care-2017/",
    "/forums/out-of-hospital-care-2017/feedback/",
    "/forums/out-of-hospital-care-2017/feedback/?area=SEL&section=support&enabled=nonsense",
    "/forums/out-of-hospital-care-2017/report/",
    "/accounts/login/",
    "/nowhere/",
]


def too_wide(page):
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{page.url}: {wide} pixels too wide"] if wide > 0 else []


def problems(page):
    """What is wrong with the page as it stands, in lines a person can act on."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    lines = [
        f"{page.url}: {violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    return lines + too_wide(page)


def problems_at(page, address):
    status = page.goto(address).status
    return [f"{address}: status {status}"] if status >= 500 else problems(page)


STAFF_PAGES = [
    "/staff/",
    "/staff/outbox/",
    "/staff/messages/",
    "/staff/answers/",
    "/staff/chase/",
    "/staff/attendees/",
    "/staff/to-complete/",
    "/staff/initiatives/",
    "/staff/initiatives/add/",
    "/staff/initiatives/import/",
    "/staff/initiatives/problems/",
    "/staff/sending/pause/",
    "/staff/forums/invented-forum-due/",
    "/staff/forums/invented-forum-due/attendees/add/",
    "/staff/forums/invented-forum-due/follow-up/",
    "/staff/forums/invented-forum-due/follow-up/hold/",
    "/staff/forums/invented-forum-due/follow-up/email/",
    "/staff/forums/invented-forum-answered/follow-up/",
    "/staff/forums/invented-forum-due/cards/",
    "/staff/forums/invented-forum-due/join-code/",
    "/accounts/",
    "/accounts/logout/",
]


@pytest.mark.parametrize("width", [1280, 375])
def test_public_pages_are_accessible(site, page, width):
    page.set_viewport_size({"width": width, "height": 900})

    assert [line for address in PUBLIC_PAGES for line in problems_at(page, site + address)] == []


def test_public_pages_fit_a_window_of_320_pixels(site, page):
    """Which is also what remains of 1280 at a zoom of 400%."""
    page.set_viewport_size({"width": 320, "height": 900})
    found = []
    for address in PUBLIC_PAGES:
        page.goto(site + address)
        found += too_wide(page)

    assert found == []


@pytest.mark.parametrize("width", [1280, 375])
def test_staff_pages_are_accessible(site, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + "/accounts/login/")
    page.get_by_role("button", name=re.compile("staff", re.IGNORECASE)).click()

    assert [line for address in STAFF_PAGES for line in problems_at(page, site + address)] == []


@pytest.fixture(scope="module")
def links(site):
    """Of people who have commitments and have not answered."""
    people = Attendee.objects.with_commitments().exclude(pk__in=Attendee.objects.answered())
    waiting = people.filter(forum__slug="invented-forum-due")[:4]
    return [f"{site}/answer/{AnswerLink.objects.issue(one, timezone.now())}/" for one in waiting]


@pytest.mark.parametrize("width", [1280, 375])
def test_answer_pages_are_accessible_empty_wrong_and_done(site, links, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    link = links.pop()

    found = problems_at(page, link)
    page.get_by_role("button", name=re.compile("Save (all|my) answer")).click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    found += problems(page)
    for choice in page.get_by_label("Done", exact=True).all():
        choice.check()
    page.get_by_role("button", name=re.compile("Save (all|my) answer")).click()
    page.wait_for_url("**/thanks/")
    found += problems(page)
    found += problems_at(page, f"{link}stop/") + problems_at(page, f"{site}/answer/nothing-like-it/")

    assert found == []


@pytest.mark.parametrize("width", [1280, 375])
def test_error_summary_takes_focus_and_is_accessible(site, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + "/accounts/login/")
    page.get_by_role("button", name="Send me a code").click()

    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert problems(page) == []
