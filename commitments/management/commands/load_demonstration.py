"""Fills a demonstration with invented people: a forum whose follow-up is due now, and an older one that is answered."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from allauth.account.models import EmailAddress
from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from commitments import emails, follow_ups
from commitments.commitments import agreement
from commitments.models import Answer, Attendee, Commitment, Message, Wave
from initiatives.models import AreaLead, Organisation, STPArea
from senate_portal.accounts.models import User
from senate_portal.lib import working_days
from stp_feedback.asks import gather
from stp_feedback.models import Ask, FeedbackPoint, Forum, ForumKeyTheme, Idea, KeyTheme

T = TypeVar("T")

PARTS = Path(__file__).parent.parent / "demonstration.yaml"
DUE, ANSWERED = "invented-forum-due", "invented-forum-answered"
INTRODUCTION = "This forum never took place. Its people, commitments and answers are invented for demonstration."
DOMAIN = "demonstration.example.org"
REFUSED = 35
REMINDED = [Message.Step.ASK, Message.Step.FIRST_REMINDER, Message.Step.SECOND_REMINDER]
ANSWERS_AFTER = [timedelta(hours=3), timedelta(days=1), timedelta(days=6), timedelta(days=15), timedelta(days=29)]
# As they might fall: more done and under way than stopped.
OUTCOMES = [
    "done",
    "under-way",
    "part-done",
    "done",
    "not-started",
    "under-way",
    "done",
    "changed",
    "part-done",
    "stopped",
]


class Command(BaseCommand):
    help = "Load invented people, forums and sign-ins. Only in a demonstration; running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Invented people are loaded in a demonstration only: set DEMONSTRATION=1 for one.")
        self.parts: dict[str, Any] = yaml.safe_load(PARTS.read_text())
        self.areas = list(STPArea.objects.order_by("code"))
        self.key_themes = list(KeyTheme.objects.order_by("pk"))
        if not self.areas or not self.key_themes:
            raise CommandError("Load the published record first: the invented forums use its areas and key themes.")
        with transaction.atomic():
            load_users(self.areas)
            for slug, load in [(DUE, self.load_due), (ANSWERED, self.load_answered)]:
                if not Forum.objects.filter(slug=slug).exists():
                    load(slug)
        self.stdout.write("The demonstration's invented people are loaded.")

    def load_due(self, slug: str) -> None:
        """About a hundred people; 45 of them made 92 commitments and are to be asked now."""
        forum = self.forum(
            slug,
            title="Invented forum: moving care closer to home",
            held_on=due_today(timezone.localdate()),
            attendees=100,
            committers=45,
            commitments=92,
        )
        people = self.people(forum, 100)
        self.promises(people[:45], 92)
        follow_ups.plan(forum, by=None)

    def load_answered(self, slug: str) -> None:
        """Held eight months ago, asked, reminded and closed."""
        forum = self.forum(
            slug,
            title="Invented forum: first steps out of hospital",
            held_on=working_days.on_or_after(timezone.localdate() - relativedelta(months=8)),
            attendees=60,
            committers=36,
            commitments=70,
            feedback_published_at=timezone.now() - relativedelta(months=6),
        )
        self.feedback(forum)
        self.asks(forum)
        self.ideas(forum)
        people = self.people(forum, 60)
        self.promises(people[:36], 70)
        wave = follow_ups.plan(forum, by=None)
        wave.state = Wave.State.CLOSED
        wave.save()
        for number, attendee in enumerate(people[:36]):
            self.follow_up(wave, attendee, number)

    def forum(self, slug: str, **fields: Any) -> Forum:
        forum = Forum.objects.create(
            slug=slug,
            venue="Imaginary Hall, London",
            introduction=INTRODUCTION,
            is_invented=True,
            is_published=True,
            **fields,
        )
        for position, theme in enumerate(self.key_themes, start=1):
            ForumKeyTheme.objects.create(forum=forum, key_theme=theme, position=position)
        return forum

    def people(self, forum: Forum, number: int) -> list[Attendee]:
        names = itertools.product(self.parts["last_names"], self.parts["first_names"])
        agreed_at = working_days.start_of(day_of(forum)) + timedelta(hours=15)
        return Attendee.objects.bulk_create(
            Attendee(
                forum=forum,
                name=f"{first} {last}",
                email=f"{slugify(first)}.{slugify(last)}@example.org",
                organisation=at(self.parts["organisations"], index),
                role=at(self.parts["roles"], index),
                area=at(self.areas, index),
                agreed_at=agreed_at,
                agreed_wording=agreement(forum),
            )
            for index, (last, first) in enumerate(itertools.islice(names, number))
        )

    def promises(self, people: list[Attendee], number: int) -> None:
        """So many commitments, dealt out one by one so that everybody has about as many."""
        sentences = self.sentences()
        for index in range(number):
            attendee = at(people, index)
            commitment = Commitment.objects.create(
                attendee=attendee, position=index // len(people) + 1, text=next(sentences)
            )
            commitment.key_themes.set([at(self.key_themes, index)])

    def sentences(self) -> Iterator[str]:
        for index in itertools.count():
            parts = ("actions", index), ("partners", index // 2), ("endings", index // 3)
            yield " ".join(at(self.parts[name], place) for name, place in parts)

    def feedback(self, forum: Forum) -> None:
        for area, (section, points) in itertools.product(self.areas, self.parts["points"].items()):
            for position, (text, enabled_by) in enumerate(points, start=1):
                point = FeedbackPoint.objects.create(
                    forum=forum,
                    area=area,
                    section=section,
                    position=position,
                    verbatim=text,
                    text=text,
                    enabled_by=enabled_by,
                    state=FeedbackPoint.State.PUBLISHED,
                )
                point.key_themes.set([at(self.key_themes, position + len(section))])

    def asks(self, forum: Forum) -> None:
        """Every area asks for the same. One ask was answered; nobody looks after the other yet."""
        for point in FeedbackPoint.objects.filter(forum=forum, section=FeedbackPoint.Section.SUPPORT):
            gather([point], point.text)
        body = Organisation.objects.create(
            name="Invented network for measuring care", slug="invented-network", kind=Organisation.Kind.PARTNERSHIP
        )
        ask: Ask = Ask.objects.filter(points__forum=forum).order_by("text")[0]
        ask.owner = User.objects.get(email=f"staff@{DOMAIN}")
        ask.passed_to, ask.passed_on = body, day_of(forum) + timedelta(days=14)
        ask.save()
        ask.replies.create(told_on=day_of(forum) + timedelta(days=60), text=at(self.parts["ask_replies"], 0))

    def ideas(self, forum: Forum) -> None:
        """Two cards that everybody can read, and a draft."""
        for number, card in enumerate(self.parts["ideas"]):
            Idea.objects.create(forum=forum, area=at(self.areas, number), is_published=number < 2, **card)

    def follow_up(self, wave: Wave, attendee: Attendee, number: int) -> None:
        """One person's emails and answers. Every fourth stays silent; one address is refused."""
        asked_at = working_days.start_of(wave.due_on) + timedelta(hours=9, seconds=2 * number)
        if number == REFUSED:
            reason = "The mail server refused the address: 550 5.1.1 no such mailbox (invented)."
            write(wave, attendee, Message.Step.ASK, asked_at, state=Message.State.FAILED, reason=reason)
            attendee.address_failed_at, attendee.address_failure = asked_at, reason
            attendee.save()
            return
        answered_at = None if number % 4 == 3 else asked_at + ANSWERS_AFTER[number % len(ANSWERS_AFTER)]
        for step, days in zip(REMINDED, [0, *wave.reminder_offsets], strict=True):
            sent_at = asked_at + timedelta(days=days)
            if answered_at is None or sent_at < answered_at:
                write(wave, attendee, step, sent_at)
        if answered_at:
            for commitment in attendee.commitments.all():
                self.answer(commitment, number + commitment.position, answered_at)

    def answer(self, commitment: Commitment, number: int, answered_at: datetime) -> None:
        outcome = at(OUTCOMES, number)
        answer = commitment.answers.create(
            outcome=outcome,
            what_happened=at(self.parts["told"][outcome], number // 2),
            helped_text=at(self.parts["helped_texts"], number),
            hindered_text=at(self.parts["hindered_texts"], number),
            answered_at=answered_at,
        )
        answer.helped.set({at(self.key_themes, number % 3), at(self.key_themes, number % 5)})
        if outcome != Answer.Outcome.DONE:
            answer.hindered.set({at(self.key_themes, number % 4 + 2)})


def at(things: Sequence[T], index: int) -> T:
    """The thing at that place, beginning anew after the last."""
    return things[index % len(things)]


def day_of(forum: Forum) -> date:
    """Invented forums all have a day."""
    return cast(date, forum.held_on)


def due_today(today: date) -> date:
    """The latest day on which a forum could have been held whose follow-up is due by today."""
    day = today
    while working_days.months_later(day, 3) > today:
        day -= timedelta(days=1)
    return day


def write(
    wave: Wave,
    attendee: Attendee,
    step: Message.Step,
    sent_at: datetime,
    state: Message.State = Message.State.ACCEPTED,
    reason: str = "",
) -> None:
    """A message of the past, as the outbox would have left it."""
    message = Message(
        wave=wave,
        attendee=attendee,
        step=step,
        state=state,
        reason=reason,
        not_before=sent_at,
        first_tried_at=sent_at,
        data_started_at=sent_at,
        settled_at=sent_at,
        attempts=1,
        fence=1,
        message_id=emails.new_message_id(),
        recipient=attendee.email,
    )
    letter = emails.of(message, list(attendee.commitments.with_others()))
    message.subject, message.text, message.html = letter.subject, letter.text, letter.html
    message.save()


def load_users(areas: list[STPArea]) -> None:
    """The people whom the sign-in page of a demonstration offers."""
    sign_in("staff", "Sasha Staff (invented)", User.Role.STAFF)
    sign_in("admin", "Addison Admin (invented)", User.Role.ADMIN)
    for area in areas:
        lead = sign_in(f"lead.{area.code.lower()}", f"Lead of {area.name} (invented)", User.Role.LEAD)
        AreaLead.objects.get_or_create(area=area, user=lead)


def sign_in(name: str, full_name: str, role: User.Role) -> User:
    email = f"{name}@{DOMAIN}"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=full_name, role=role, is_superuser=role == User.Role.ADMIN)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user
