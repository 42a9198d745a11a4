"""Mail scanners and previews open the addresses in an email, often, before anybody reads it."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection

from commitments import follow_ups, outbox
from tests.commitments import cast

pytestmark = pytest.mark.django_db

TIMES = 50
ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


def contents():
    """A digest of each table, by name."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT md5(string_agg(one::text, chr(10) ORDER BY one::text)) FROM "{table}" one')
            (found[table],) = cursor.fetchone()
    return found


def test_whatever_opens_the_addresses_of_an_email_fifty_times_changes_nothing(client, mailoutbox, any_hour):
    cast.people(cast.forum_due(), 1)
    follow_ups.prepare()
    assert outbox.send_due() == 1
    (mail,) = mailoutbox
    (html, _) = mail.alternatives[0]
    everything = " ".join([mail.body, html, mail.extra_headers["List-Unsubscribe"]])
    secret = re.search(r"/answer/([^/]+)/", mail.body)[1]
    personal = {urlsplit(address).path for address in ADDRESS.findall(everything) if secret in address}
    assert personal >= {f"/answer/{secret}/", f"/answer/{secret}/stop/"}
    before = contents()

    statuses = {
        client.generic(method, path).status_code
        for path in sorted(personal)
        for method in ("GET", "HEAD", "OPTIONS")
        for _ in range(TIMES)
    }

    assert statuses == {200}
    assert contents() == before
