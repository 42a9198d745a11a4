"""Pages as an administrator opens them, with a script in every stored text: none of them runs or is tried.

The suite opens every third page, `make hostile` all of them.
"""

import os

import pytest

from tests.browser.test_every_page import is_page
from tests.factories import make_user
from tests.hostile.campaign import Campaign, spoil_records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVERY = int(os.environ.get("OPEN_EVERY", "3"))
SCRIPTS = [
    "<script>ran()</script>",
    '"><img src=x onerror=ran()>',
    "'><svg onload=ran()>",
    "</title></textarea><script>ran()</script>",
    '" autofocus onfocus=ran() x="',
    "]]><script>ran()</script>",
]


class Scripts(Campaign):
    def one_of(self, strings=SCRIPTS):
        return self.random.choice(SCRIPTS)


def test_no_stored_text_runs_as_a_script(addresses, client, live_server, page):
    spoil_records(Scripts(addresses, seed=3, budget=0))
    client.force_login(make_user("admin"))
    page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}])
    page.add_init_script("window.ran = () => console.error('a script ran')")
    complaints, opened, shown = [], 0, 0
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text[:200]}"))

    for address in list(addresses.values())[::EVERY]:
        if is_page(client, address):
            page.goto(live_server.url + address, wait_until="load")
            opened += 1
            shown += "ran()" in page.content()

    tried = [line for line in complaints if "a script ran" in line or "Content Security Policy" in line]
    assert tried == [], "\n".join(tried)
    assert opened > 20
    assert shown > opened / 2
