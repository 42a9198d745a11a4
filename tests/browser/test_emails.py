"""Every kind of email as a browser shows its HTML: by axe, on a desktop and on a phone."""

import pytest

from tests.browser.test_accessibility import problems
from tests.commitments.test_emails import EVERY_LETTER

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 375])
def test_every_email_is_accessible_and_fits(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    found = {}
    for name, letter in EVERY_LETTER.items():
        page.set_content(letter.html.replace("(personal-link)", "x" * 43))
        found[name] = problems(page)

    assert {name: lines for name, lines in found.items() if lines} == {}
