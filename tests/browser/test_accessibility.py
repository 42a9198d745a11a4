"""Every page by axe (WCAG 2.0 to 2.2, A and AA), on a desktop and on a phone, and no page wider than its window."""

from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

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
    "/sources/",
    "/forums/",
    "/forums/out-of-hospital-care-2017/",
    "/forums/out-of-hospital-care-2017/feedback/",
    "/accounts/login/",
    "/nowhere/",
]


def problems(page, address):
    """What is wrong with a page, in lines a person can act on."""
    response = page.goto(address)
    if response.status >= 500:
        return [f"{address}: status {response.status}"]
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    lines = [
        f"{address}: {violation['id']}: {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        lines.append(f"{address}: {wide} pixels too wide")
    return lines


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_public_pages_are_accessible(demonstration, live_server, page, width):
    page.set_viewport_size({"width": width, "height": 900})

    assert [line for address in PUBLIC_PAGES for line in problems(page, live_server.url + address)] == []


@pytest.mark.parametrize("width", [1280, 375])
def test_error_summary_takes_focus_and_is_accessible(live_server, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + "/accounts/login/")
    page.get_by_role("button", name="Send me a code").click()

    assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
    assert page.title().startswith("Error: ")
