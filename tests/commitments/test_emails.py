"""What people read."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.core.mail.message import BadHeaderError

from commitments import emails
from commitments.models import Attendee, ClosingSummary, Commitment, Message, Wave, Wording
from senate_portal.lib.mail_delivery import ContentRefusedError, written
from stp_feedback.models import Forum

FORUM = Forum(title="Keeping people at home", held_on=date(2026, 8, 20), slug="home")
WAVE = Wave(forum=FORUM, due_on=date(2026, 11, 20), closes_on=date(2027, 1, 4))
PERSON = Attendee(forum=FORUM, name="Dr Amina O'Neil", email="amina@example.org")
TWO = [
    Commitment(position=1, text="Ring the falls team on Mondays"),
    Commitment(position=2, text='Show <b>"the film"</b> & talk\nto both wards'),
]
SHARED = [Commitment(position=1, text="Open a joint clinic")]
SHARED[0].others = 2

ASK = """\
Hello Amina,

The London Clinical Senate is writing because you came to “Keeping people at home” on Thursday 20 August 2026, \
made 2 commitments there, and agreed that we would ask later what came of it.

You said you would:

1. Ring the falls team on Mondays

2. Show <b>"the film"</b> & talk
   to both wards

Please tell us what became of each of them. Done, under way, changed or stopped: every answer helps others to learn. \
It takes about two minutes and needs no account. This link is yours alone:

http://localhost:8000/answer/SECRET/

Please answer by Monday 4 January 2027, when this follow-up closes.

If you have just answered, please ignore this email.

Questions? Reply to this email or write to senate@example.org.

To stop all emails like this one, about every forum:
http://localhost:8000/answer/SECRET/stop/

How we use your details:
http://localhost:8000/privacy/

London Clinical Senate
"""


class Words(HTMLParser):
    """What a reader of the HTML sees, and the addresses its links lead to."""

    def __init__(self, html):
        super().__init__()
        self.words, self.links, self.tags, self.hidden = [], [], set(), False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.hidden = tag in {"style", "title"}
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        self.hidden = False

    def handle_data(self, data):
        if not self.hidden:
            self.words += data.split()

    @property
    def signs(self):
        return "".join(self.words)


def mail(letter):
    return emails.envelope(letter, to=PERSON.email, token="SECRET", message_id="<1@example.org>")


def both_parts(email):
    (html, kind) = email.alternatives[0]
    assert kind == "text/html"
    return email.body, html


def letters():
    return [
        emails.ask(PERSON, WAVE, TWO),
        emails.ask(PERSON, WAVE, TWO[:1]),
        emails.reminder(PERSON, WAVE, TWO),
        emails.receipt(PERSON, SHARED),
        emails.without_commitment(PERSON, WAVE),
        emails.fresh_link(PERSON),
    ]


def test_first_email_reads_exactly_so():
    text, _ = both_parts(mail(emails.ask(PERSON, WAVE, TWO)))
    assert text.strip() == ASK.strip()


def test_shared_commitment_says_so_beneath_its_words():
    text, _ = both_parts(mail(emails.receipt(PERSON, SHARED)))
    assert "1. Open a joint clinic\n\n   You share it with 2 others. Any of you may answer, and all" in text
    assert "see the answer.\n\nThe London" in text


def test_html_says_the_same_as_the_text():
    for letter in letters():
        text, html = both_parts(mail(letter))
        plain = [word for word in text.split() if word not in {"1.", "2."}]
        assert Words(html).signs == "".join(plain)


def test_html_escapes_what_people_wrote_and_asks_for_nothing_from_elsewhere():
    for letter in letters():
        _, html = both_parts(mail(letter))
        page = Words(html)
        assert page.tags <= {"html", "head", "meta", "title", "style", "body", "p", "br", "ol", "li", "a"}
        assert all(link.startswith(("http://localhost:8000/", "mailto:senate@example.org")) for link in page.links)


def test_subjects_name_the_promise_and_the_forum():
    assert [letter.subject for letter in letters()] == [
        "What became of your commitments at Keeping people at home?",
        "What became of your commitment at Keeping people at home?",
        "A reminder: what became of your commitments at Keeping people at home?",
        "What you said you would do at Keeping people at home",
        "Did anything follow for you from Keeping people at home?",
        "Your new link: commitments at Keeping people at home",
    ]


def test_headers_say_it_is_automatic_and_how_to_stop_it():
    message = mail(emails.ask(PERSON, WAVE, TWO)).message()
    assert message["From"] == "London Clinical Senate <senate@example.org>"
    assert message["To"] == "amina@example.org"
    assert message["Reply-To"] == "senate@example.org"
    assert message["Message-ID"] == "<1@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["List-Id"] == "Follow-up of commitments <follow-up.example.org>"
    assert message["List-Unsubscribe"] == (
        "<http://localhost:8000/answer/SECRET/stop/>, <mailto:senate@example.org?subject=Stop>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_secret_is_not_in_the_letter_that_is_kept():
    for letter in letters():
        assert "SECRET" not in letter.subject + letter.text + letter.html


def test_letter_follows_the_kind_and_step_of_the_message():
    message = Message(wave=WAVE, attendee=PERSON)
    assert emails.of(message, TWO) == emails.ask(PERSON, WAVE, TWO)
    message.step = Message.Step.SECOND_REMINDER
    assert emails.of(message, TWO) == emails.reminder(PERSON, WAVE, TWO)
    message = Message(wave=WAVE, attendee=PERSON, kind=Message.Kind.NO_COMMITMENT)
    assert emails.of(message, []) == emails.without_commitment(PERSON, WAVE)


@pytest.mark.parametrize("title", ["Care\r\nBcc: all@example.org", "x" * 200, "Füße, 健康 & \u202eolleh"])
def test_title_of_a_forum_cannot_add_a_header(title):
    forum = Forum(title=title, held_on=date(2026, 8, 20))
    wave = Wave(forum=forum, due_on=WAVE.due_on, closes_on=WAVE.closes_on)
    letter = emails.ask(Attendee(forum=forum, name="", email="a@example.org"), wave, TWO)
    assert len(letter.subject) <= 300
    content = written(mail(letter))
    assert b"\r\nBcc" not in content.split(b"\r\n\r\n")[0]


def test_line_break_in_a_header_is_refused():
    letter = emails.Letter("Hello\r\nBcc: all@example.org", "text", "html")
    with pytest.raises(BadHeaderError):
        mail(letter).message()
    with pytest.raises(ContentRefusedError, match="It cannot be written as an email"):
        written(mail(letter))


NOBODY_YET = Attendee(forum=FORUM, name="Bo Colleague", email="bo@example.org", came=False, stands_in=True)
OWN = Wording(wave=WAVE, letter="ask", version=1, subject="How did it go?", body="Dear all\n\n{commitments}\n\n{link}")
SUMMED_UP = Wave(forum=FORUM, due_on=WAVE.due_on, closes_on=WAVE.closes_on)
SUMMED_UP.summary = ClosingSummary(text="Most was done.\n\nTime was short.")
LATER = Attendee(forum=FORUM, name="Amina", email="amina@example.org", ask_again_on=date(2026, 12, 1))

EVERY_LETTER = {
    "ask": emails.ask(PERSON, WAVE, TWO),
    "ask about one": emails.ask(PERSON, WAVE, TWO[:1]),
    "ask a colleague": emails.ask(NOBODY_YET, WAVE, TWO),
    "reminder": emails.reminder(PERSON, WAVE, TWO),
    "remind a colleague": emails.reminder(NOBODY_YET, WAVE, TWO),
    "again": emails.again(LATER, WAVE, TWO),
    "without": emails.without_commitment(PERSON, WAVE),
    "own words": emails.in_own_words(OWN, PERSON, WAVE, TWO),
    "summary": emails.summary(PERSON, SUMMED_UP),
    "fresh link": emails.fresh_link(PERSON),
    "receipt": emails.receipt(PERSON, TWO),
    "offer": emails.offer(NOBODY_YET, TWO),
}


@pytest.mark.parametrize("letter", EVERY_LETTER.values(), ids=EVERY_LETTER)
def test_every_email_arrives_whole_tidy_and_the_same_in_both_parts(letter, mail_server):
    emails.envelope(letter, to="amina@example.org", token="SECRET", message_id="<1@example.org>").send()

    (message,) = mail_server.messages
    text, html = [message.get_body([kind]).get_content().replace("\r\n", "\n") for kind in ("plain", "html")]
    assert re.match(r"Hello (Amina|Bo),\n\n[A-Z]", text)
    assert "\n\n\n" not in text
    assert text.endswith("\n\nLondon Clinical Senate")
    assert text.count("Questions? Reply to this email or write to senate@example.org.") == 1
    words = re.sub(r"^\d+\. ", "", text, flags=re.MULTILINE).split()
    assert "".join(Words(html).words) == "".join(words)
    assert "{" not in text


def test_only_who_is_asked_something_is_told_to_ignore_it_after_an_answer():
    told = {name for name, letter in EVERY_LETTER.items() if "If you have just answered" in letter.text}

    assert told == {name for name in EVERY_LETTER if name.startswith(("ask", "remind", "again", "own"))}


def test_a_colleague_who_took_it_over_is_not_told_that_they_came():
    letter = EVERY_LETTER["ask a colleague"].text

    assert "you took on 2 commitments made at “Keeping people at home” on Thursday 20 August 2026" in letter
    assert "You took on:\n\n1. Ring" in letter
    assert "you came" not in letter
    assert "You took on what somebody promised" in EVERY_LETTER["remind a colleague"].text
