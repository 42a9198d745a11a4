"""Emails as mail servers and their users send them back."""

REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
Arrival-Date: Wed, 25 Nov 2026 09:00:00 +0000 (GMT)

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.org
Diagnostic-Code: {diagnostic}

--b1
Content-Type: message/rfc822

From: senate@example.org
Subject: What became of your commitments?

The letter itself
--b1--
"""


def report(
    to="senate@example.org",
    recipient="person@example.org",
    action="failed",
    status="5.1.1",
    diagnostic="smtp; 550 5.1.1 No such person",
):
    """As Postfix writes it."""
    filled = REPORT.format(to=to, recipient=recipient, action=action, status=status, diagnostic=diagnostic)
    return filled.replace("\n", "\r\n").encode()


OUT_OF_OFFICE = b"""\
From: person@example.org
Subject: Automatic reply: What became of your commitments?
Auto-Submitted: auto-replied
Content-Type: text/plain

I am away until Monday. 550 5.1.1 is my desk's number. Status: 5.1.1
"""
ONLY_PROSE = b"""\
From: MAILER-DAEMON@example.org
Subject: failure notice
Content-Type: text/plain

Hi. This is the qmail-send program. I'm afraid I wasn't able to deliver your message.
<person@example.org>: 550 5.1.1 No such person
"""
READ_RECEIPT = b"""\
From: person@example.org
Content-Type: multipart/report; report-type=disposition-notification; boundary=b

--b
Content-Type: message/disposition-notification

Final-Recipient: rfc822; person@example.org
Disposition: manual-action/MDN-sent-manually; displayed

--b--
"""
OTHER_EMAILS = [OUT_OF_OFFICE, ONLY_PROSE, READ_RECEIPT, b"no email at all"]
