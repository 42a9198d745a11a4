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
    "/staff/initiatives/contacts/",
    "/staff/sending/pause/",
    "/staff/forums/invented-forum-due/",
    "/staff/forums/invented-forum-due/attendees/add/",
    "/staff/forums/invented-forum-due/follow-up/",
    "/staff/forums/invented-forum-due/follow-up/hold/",
    "/staff/forums/invented-forum-due/follow-up/email/",
    "/staff/forums/invented-forum-answered/follow-up/",
    "/staff/forums/invented-forum-answered/follow-up/rehearsal/",
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
    """Which is also what remains of 1280 at a zoom of 400%. Text alone made twice as large needs no more than 1280."""
    found = []
    for address in PUBLIC_PAGES:
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(site + address)
        found += too_wide(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found += too_wide(page)

    assert found == []


@pytest.mark.parametrize("width", [1280, 375])
def test_staff_pages_are_accessible(site, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + "/accounts/login/")
    page.get_by_role("button", name=re.compile("staff", re.IGNORECASE)).click()
    found = []
    for address in STAFF_PAGES:
        found += problems_at(page, site + address)
        if width == 1280:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            found += too_wide(page)

    assert found == []


@pytest.fixture(scope="module")
def links(site):
    """Of people who have commitments and have not answered."""
    people = Attendee.objects.with_commitments().exclude(pk__in=Attendee.objects.answered())
    waiting = people.filter(forum__slug="invented-forum-due")[:5]
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


# By keyboard alone every step shows where the focus is, and nothing covers it.

MOST_STEPS = 120
# Of whatever has the focus: whether one sees that it has, and whether it lies uncovered in the window.
SEEN = """() => {
  const one = document.activeElement, label = one.labels?.[0];
  const parts = ["::before", "::after"].map((part) => getComputedStyle(label ?? one, part));
  const calendar = one.type === "date" && !one.matches(":focus");  // the browser's own button inside the box
  const seen = ({ outlineStyle, boxShadow }) => outlineStyle !== "none" || boxShadow !== "none";
  const marked = calendar || [getComputedStyle(one), ...parts].some(seen);
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2);
  const uncovered = top && (one.contains(top) || top.contains(one) || label?.contains(top));
  return marked && uncovered ? "" : `${one.outerHTML.slice(0, 120)}: ${marked ? "covered" : "not marked"}`;
}"""


def go_to(page, wanted):
    """Press Tab until the focus is there."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN) == ""
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"{wanted} is not reached by {MOST_STEPS} presses of Tab")


def test_from_search_to_a_contact_by_keyboard(site, page):
    page.goto(site)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the main content
    go_to(page, page.get_by_role("main").get_by_role("searchbox"))
    page.keyboard.type("falls")
    page.keyboard.press("Enter")
    page.wait_for_url("**/initiatives/?search=falls")
    go_to(page, page.get_by_role("link", name="Falls Specialist Response Car"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Falls Specialist Response Car"))


def test_answering_wrong_and_right_by_keyboard(links, page):
    page.goto(links.pop())
    save = page.get_by_role("button", name=re.compile("Save (all|my) answer"))
    go_to(page, save)
    page.keyboard.press("Enter")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the problem leads to its field
    for done in page.get_by_label("Done", exact=True).all():
        if not done.evaluate("one => one === document.activeElement"):
            go_to(page, done)
        page.keyboard.press("Space")
    go_to(page, save)
    page.keyboard.press("Enter")

    page.wait_for_url("**/thanks/")


def test_a_lead_takes_the_summary_away_by_keyboard(site, page):
    page.goto(f"{site}/accounts/login/")
    go_to(page, page.get_by_role("button", name=re.compile("North East London")))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/areas/NEL/")
    go_to(page, page.get_by_role("link", name=re.compile("PDF")).first)
    with page.expect_download() as taken:
        page.keyboard.press("Enter")

    assert taken.value.suggested_filename.endswith(".pdf")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_and_focus_are_seen_in_forced_colours(site, browser, scheme):
    page = browser.new_page(forced_colors="active", color_scheme=scheme)
    page.goto(f"{site}/forums/invented-forum-answered/learning/")
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    inks = page.evaluate(
        "[...document.querySelectorAll('.portal-chart svg :is(text, rect)')].map((one) => getComputedStyle(one).fill)"
    )
    page.goto(site)
    tiles = page.evaluate(
        "[...document.querySelectorAll('.portal-map__link')].map((one) => getComputedStyle(one).backgroundColor)"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert inks
    assert canvas not in inks
    assert "rgb(33, 43, 50)" not in inks
    assert len(set(tiles)) == 5
    assert page.evaluate(SEEN) == ""
    page.close()
