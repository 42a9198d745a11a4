"""The emails of the follow-up, one function each.

What a person will read is rendered once, with LINK standing where their secret link goes, and kept like that in the
outbox. The secret is put in as the message leaves, so that nobody can read it in the database.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.text import Truncator

from commitments.models import Attendee, Commitment, Message, Wave, Wording
from senate_portal.lib.mail_headers import AUTOMATIC, one_click_stop
from senate_portal.lib.templates import day, url
from stp_feedback.models import Forum

LINK = "(personal-link)"
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Letter:
    """What one person reads; LINK stands for the secret."""

    subject: str
    text: str
    html: str


def ask(attendee: Attendee, wave: Wave, commitments: Sequence[Commitment]) -> Letter:
    subject = f"What became of your {promise(commitments)} at {title(wave.forum)}?"
    return letter("ask", subject, attendee, wave.forum, wave=wave, commitments=commitments)


def reminder(attendee: Attendee, wave: Wave, commitments: Sequence[Commitment]) -> Letter:
    subject = f"A reminder: what became of your {promise(commitments)} at {title(wave.forum)}?"
    return letter("reminder", subject, attendee, wave.forum, wave=wave, commitments=commitments)


def again(attendee: Attendee, wave: Wave, commitments: Sequence[Commitment]) -> Letter:
    """On the day that they chose themselves."""
    subject = f"As you asked: what became of your {promise(commitments)} at {title(wave.forum)}?"
    return letter("again", subject, attendee, wave.forum, wave=wave, commitments=commitments)


def summary(attendee: Attendee, wave: Wave) -> Letter:
    """What the follow-up taught, to those who were asked."""
    learning_link = address("commitments:learning", wave.forum.slug)
    subject = f"What became of the commitments made at {title(wave.forum)}"
    text = wave.summary.text
    return letter("summary", subject, attendee, wave.forum, summary=text, learning_link=learning_link)


def without_commitment(attendee: Attendee, wave: Wave) -> Letter:
    subject = f"Did anything follow for you from {title(wave.forum)}?"
    return letter("without_commitment", subject, attendee, wave.forum, wave=wave)


def fresh_link(attendee: Attendee) -> Letter:
    """For somebody who asked, because their link was damaged or has expired."""
    subject = f"Your new link: commitments at {title(attendee.forum)}"
    return letter("fresh_link", subject, attendee, attendee.forum)


def receipt(attendee: Attendee, commitments: Sequence[Commitment]) -> Letter:
    """What somebody just promised on the day, with the link by which the follow-up will find them."""
    subject = f"What you said you would do at {title(attendee.forum)}"
    return letter("receipt", subject, attendee, attendee.forum, commitments=commitments)


def offer(colleague: Attendee, commitments: Sequence[Commitment]) -> Letter:
    """To somebody whom the maker of a commitment named. It says nothing about the maker."""
    subject = f"You were named for a commitment made at {title(colleague.forum)}"
    return letter("offer", subject, colleague, colleague.forum, commitments=commitments)


def in_own_words(wording: Wording, attendee: Attendee, wave: Wave, commitments: Sequence[Commitment]) -> Letter:
    """Between greeting and end, what staff wrote for this forum."""
    values = {
        "senate": settings.SENATE_NAME,
        "forum": title(wave.forum),
        "held_on": wave.forum.when,
        "closes_on": day(wave.closes_on),
    }

    def filled(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda name: values.get(name[1], name[0]), text)

    paragraphs = [filled(paragraph.strip()) for paragraph in re.split(r"\n\s*\n", wording.body.strip())]
    return letter(
        "own_words", filled(wording.subject), attendee, wave.forum, paragraphs=paragraphs, commitments=commitments
    )


def kind_of_letter(message: Message) -> Wording.Letter | None:
    """Which letter an outbox row is, of those that staff may word themselves."""
    if message.kind == Message.Kind.NO_COMMITMENT:
        return Wording.Letter.WITHOUT
    if message.kind != Message.Kind.COMMITMENTS:
        return None
    return Wording.Letter.ASK if message.step == Message.Step.ASK else Wording.Letter.REMINDER


def of(message: Message, commitments: Sequence[Commitment], wording: Wording | None = None) -> Letter:
    """What an outbox row says. The row's wave, forum and attendee should be at hand."""
    if wording:
        return in_own_words(wording, message.attendee, message.wave, commitments)
    if message.kind == Message.Kind.NO_COMMITMENT:
        return without_commitment(message.attendee, message.wave)
    if message.kind == Message.Kind.SUMMARY:
        return summary(message.attendee, message.wave)
    if message.kind == Message.Kind.AGAIN:
        return again(message.attendee, message.wave, commitments)
    if message.step == Message.Step.ASK:
        return ask(message.attendee, message.wave, commitments)
    return reminder(message.attendee, message.wave, commitments)


def envelope(letter: Letter, *, to: str, token: str, message_id: str, return_path: str = "") -> EmailMultiAlternatives:
    """The email itself, with the person's secret in it. Django refuses line breaks in any header.

    What cannot be delivered comes back to the return path, which stands on the envelope and not in the letter.
    """
    stop = address("commitments:stop", LINK).replace(LINK, token)
    email = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text.replace(LINK, token),
        from_email=return_path or settings.DEFAULT_FROM_EMAIL,
        to=[to],
        reply_to=[settings.CONTACT_EMAIL],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": message_id,
            "X-Auto-Response-Suppress": "OOF, AutoReply",
            "List-Id": f"Follow-up of commitments <follow-up.{mail_domain()}>",
        }
        | AUTOMATIC
        | one_click_stop(stop),
    )
    email.attach_alternative(letter.html.replace(LINK, token), "text/html")
    return email


def new_message_id() -> str:
    return f"<follow-up.{uuid4()}@{mail_domain()}>"


def letter(name: str, subject: str, attendee: Attendee, forum: Forum, **context: Any) -> Letter:
    context |= {
        "subject": subject,
        "attendee": attendee,
        "forum": forum,
        "answer_link": address("commitments:answer", LINK),
        "stop_link": address("commitments:stop", LINK),
        "privacy_link": address("privacy"),
        "senate_name": settings.SENATE_NAME,
        "service_name": settings.SERVICE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }
    return Letter(
        subject=subject,
        text=render_to_string(f"commitments/emails/{name}.txt", context),
        html=render_to_string(f"commitments/emails/{name}.html", context),
    )


def address(name: str, *args: str) -> str:
    """A page of the portal as somebody outside types it."""
    return settings.SITE_URL + url(name, args)


def promise(commitments: Sequence[Commitment]) -> str:
    return "commitment" if len(commitments) == 1 else "commitments"


def title(forum: Forum) -> str:
    """The forum's title as part of a subject: one line of sensible length."""
    return Truncator(" ".join(forum.title.split())).chars(LONGEST_TITLE)


def mail_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or urlsplit(settings.SITE_URL).hostname or ""
