"""Each page that shows something to an administrator and stands in no other list, by axe and on a narrow phone.

A new page is tried by itself: tests/permissions.py has to know its address.
"""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.browser.test_accessibility import PUBLIC_PAGES, STAFF_PAGES, problems
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tried_elsewhere():
    for address in PUBLIC_PAGES + STAFF_PAGES:
        try:
            yield resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue


def is_page(client, address):
    response = client.get(address)
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


def test_pages_in_no_other_list_are_accessible_on_a_narrow_phone(addresses, client, live_server, page):
    client.force_login(make_user("admin"))
    page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}])
    page.set_viewport_size({"width": 320, "height": 700})
    listed = set(tried_elsewhere())
    new = [address for name, address in addresses.items() if name not in listed and is_page(client, address)]
    found = []

    for address in new:
        page.goto(live_server.url + address)
        found += problems(page)

    assert found == [], "\n".join(found)
    assert len(new) > 20
