import pytest

from senate_portal.lib import delivery_reports
from tests import bounced


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        ("5.1.1", True),
        ("5.1.10", True),
        ("5.0.0", True),
        ("5.2.1", True),
        ("5.2.2", False),  # mailbox full
        ("5.4.4", False),  # no route
        ("5.7.1", False),  # a policy
        ("5.1.8", False),  # our own address
        ("4.2.2", False),
        ("4.4.7", False),
    ],
)
def test_status_tells_whether_the_address_is_at_fault(status, permanent):
    failure = delivery_reports.failure_in(bounced.report(status=status))
    assert (failure.status, failure.is_permanent) == (status, permanent)


def test_words_of_the_other_server_are_kept_on_one_line():
    failure = delivery_reports.failure_in(bounced.report(diagnostic="smtp; 550 5.1.1 <a@b.example>:\n   No such box"))
    assert failure.said == "550 5.1.1 <a@b.example>: No such box"
    assert "Final-Recipient: rfc822; person@example.org" in failure.text
    assert "The letter itself" not in failure.text


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_did_not_fail_is_no_failure(action):
    assert delivery_reports.failure_in(bounced.report(action=action)) is None


@pytest.mark.parametrize("email", bounced.OTHER_EMAILS, ids=lambda email: email[:30])
def test_other_emails_are_no_failure(email):
    assert delivery_reports.failure_in(email) is None


def test_garbage_is_no_failure_and_takes_no_time():
    deep = b"".join(b"Content-Type: multipart/report; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(15_000))
    broken = bounced.report().replace(b"us-ascii", b"no-such-charset").replace(b"Status:", b"Status\x00:")
    for content in [deep, b"\x00\xff" * 500_000, broken, b"", bounced.report() + b"x" * 20_000_000]:
        assert delivery_reports.failure_in(content) is None
