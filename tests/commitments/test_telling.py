"""What others come to know of the answers: stories, spread, the closing summary, and from forum to forum."""

from datetime import date

import pytest

from commitments import closing, learning, outbox, reports, spread
from commitments.commitments import agreement
from commitments.models import Answer, Attendee, Commitment, Message, Story, Wave
from commitments.reports import Figure
from senate_portal.accounts.models import User
from tests.commitments import cast
from tests.commitments.test_learning import make_answers
from tests.factories import (
    make_area,
    make_attendee,
    make_commitment,
    make_forum_with_feedback,
    make_initiative,
    make_key_theme,
    make_message,
    make_point,
    make_user,
    make_wave,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db

ADDRESS = "/forums/spring/learning/"


@pytest.fixture
def wave():
    forum = make_forum_with_feedback(slug="spring", held_on=date(2026, 3, 2))
    return make_wave(forum, state=Wave.State.CLOSED)


def take_up(wave, initiative, how="adapted", **fields):
    commitment = make_commitment(make_attendee(wave.forum, area=make_area("NEL", name="North East London")))
    return commitment.answers.create(outcome="done", took_up=initiative, took_up_as=how, **fields)


def test_initiative_shows_how_many_took_it_up_and_places_once_released(client, wave):
    initiative = make_initiative(slug="falls-car")
    answer = take_up(wave, initiative)
    take_up(wave, initiative, "adopted")
    superseded = take_up(wave, initiative)
    superseded.commitment.answers.create(outcome="stopped")

    page = words_of(client.get("/initiatives/falls-car/"))
    assert "2 people say that they took it up: 1 as it is, 1 with changes." in page
    assert "North East London" not in page
    client.force_login(make_user())
    assert 'value="North East London"' in client.get(f"/staff/answers/{answer.pk}/taken-up/").content.decode()
    client.post(f"/staff/answers/{answer.pk}/taken-up/", {"place": "Hackney", "what_changed": "Nights only."})
    client.logout()

    assert "Hackney: adapted it. Nights only." in words_of(client.get("/initiatives/falls-car/"))
    assert spread.to_release().count() == 1


def test_story_takes_two_people_and_the_persons_consent(client, wave, staff):
    make_answers(wave, "done", 5)
    answer = Answer.objects.first()
    entry, unpublished = make_initiative(slug="falls-car"), make_initiative(publication="draft")
    Commitment.objects.filter(pk=answer.commitment_id).update(inspired_by=entry)
    write = f"/staff/answers/{answer.pk}/story/"
    assert f'<option value="{entry.pk}" selected' in client.get(write).content.decode()
    words = {"title": "A call each Monday", "text": "It is how we work."}
    assert client.post(write, words | {"initiative": unpublished.pk}).status_code == 422
    client.post(write, words | {"initiative": entry.pk})
    story = Story.objects.get()
    approve = (f"/staff/stories/{story.pk}/", {"decision": "approve"})

    assert "It takes a second person" in words_of(client.post(*approve, follow=True))
    client.force_login(make_user(User.Role.STAFF))
    assert "has not allowed to be quoted" in words_of(client.post(*approve, follow=True))
    assert "Approve it" not in words_of(client.get("/staff/stories/"))
    consent = answer.commitment.attendee.consents.create(use="quote", wording="You may quote me")
    assert "Approve it" in words_of(client.get("/staff/stories/"))
    client.post(*approve)
    client.logout()
    for address in [ADDRESS, "/initiatives/falls-car/"]:
        assert "A call each Monday" in words_of(client.get(address))

    consent.withdrawn_at = consent.given_at
    consent.save()
    for address in [ADDRESS, "/initiatives/falls-car/"]:
        assert "A call each Monday" not in words_of(client.get(address))


def test_stories_of_a_few_people_are_not_shown(client, wave, staff):
    make_answers(wave, "done", 4)
    answer = Answer.objects.first()
    answer.commitment.attendee.consents.create(use="quote", wording="You may quote me")
    Story.objects.create(
        answer=answer,
        title="A call each Monday",
        text="Text",
        written_by=staff,
        approved_by=make_user(),
        approved_at=answer.answered_at,
    )

    assert "A call each Monday" in words_of(client.get(ADDRESS))
    client.logout()
    assert "A call each Monday" not in words_of(client.get(ADDRESS))


def test_summary_goes_once_to_whoever_was_asked_and_may_be_written_to(client, wave, staff, mailoutbox, any_hour):
    make_answers(wave, "done", 4)
    Attendee.objects.update(agreed_wording=agreement(wave.forum))
    asked, stopped, agreed_to_less = wave.forum.people.all()[:3]
    Attendee.objects.filter(pk=agreed_to_less.pk).update(agreed_wording="You may ask me what came of it.")
    Attendee.objects.filter(pk=stopped.pk).update(objected_at=stopped.created_at)
    make_commitment(make_attendee(wave.forum))
    address = "/staff/forums/spring/follow-up/summary/"
    assert "2 people would get one email" in words_of(client.get(address))

    for _ in range(2):
        client.post(address, {"text": "Most of it was done.\nWinter got in the way."})
        outbox.send_due()

    assert len(mailoutbox) == 2
    assert not {stopped.email, agreed_to_less.email} & {mail.to[0] for mail in mailoutbox}
    mail = next(mail for mail in mailoutbox if mail.to == [asked.email])
    assert mail.subject == f"What became of the commitments made at {wave.forum.title}"
    assert "Most of it was done." in mail.body
    assert "/forums/spring/learning/" in mail.body
    assert "List-Unsubscribe-Post" in mail.extra_headers
    assert asked.messages.get(step=Message.Step.CLOSING).state == Message.State.ACCEPTED


def test_summary_waits_for_the_follow_up_to_close():
    wave = make_wave(cast.forum_due(), state=Wave.State.OPEN)

    with pytest.raises(closing.CannotTellError):
        closing.tell(wave, text="Too early", by=cast.staff())


def test_summary_suggested_says_nothing_of_a_few(wave):
    make_answers(wave, "done", 6)
    make_answers(wave, "stopped", 2)

    suggested = closing.suggested(wave)

    assert suggested.startswith("8 people made 8 commitments. 8 people told us about 8 commitments.")
    assert "Stopped" not in suggested


def test_row_of_foreseen_and_met_leads_to_the_words_behind_it(client, wave, staff):
    trust = make_key_theme("Trust", slug="trust")
    make_point(wave.forum, make_area("NEL"), key_themes=[trust], text="We need one care plan")
    make_answers(wave, "done", 1, area="NEL", helped=[trust])
    make_answers(wave, "stopped", 1, area="SEL", hindered=[trust])

    page = words_of(client.get(f"{ADDRESS}trust/"))
    assert "We need one care plan" in page
    assert "It helped: 1 answer" in page
    assert "It got in the way: 1 answer" in page
    assert "It got in the way: 0 answers" in words_of(client.get(f"{ADDRESS}trust/?area=NEL"))
    assert f'href="{ADDRESS}trust/"' in client.get(ADDRESS).content.decode()


def test_forums_stand_beside_each_other_without_small_counts(client, wave, django_assert_max_num_queries):
    make_answers(wave, "done", 6)
    for _ in range(2):
        other = make_wave(make_forum_with_feedback(held_on=date(2025, 3, 3)), state=Wave.State.CLOSED)
        make_answers(other, "done", 3)
    make_answers(make_wave(make_forum_with_feedback(), state=Wave.State.OPEN), "done", 6)

    with django_assert_max_num_queries(3):
        found = learning.trend(for_staff=False)

    assert [(row.steps[0].people, row.done.people) for row in found] == [(6, 6), (None, None), (None, None)]
    assert "6 of 6 people" in words_of(client.get("/learning/"))


def test_step_that_would_give_a_few_away_is_hidden(wave):
    make_answers(wave, "done", 9)
    for _ in range(3):
        attendee = make_attendee(wave.forum)
        make_commitment(attendee)
        make_message(attendee, wave, state=Message.State.ACCEPTED)

    public = reports.outcomes(wave)

    assert [step.people for step in public.steps] == [12, 12, 12, None, None]
    assert all(outcome.people != 9 for outcome in public.outcomes)
    assert [step.people for step in reports.outcomes(wave, for_staff=True).steps] == [12, 12, 12, 9, 9]


def test_professions_are_shown_where_they_are_many(wave):
    make_answers(wave, "done", 6)
    Attendee.objects.update(role="Nurse")
    make_answers(wave, "done", 2)

    public = learning.learning(wave)

    assert [(row.name, row.made.people) for row in public.roles] == [("Not known", None), ("Nurse", None)]
    assert [row.made for row in learning.learning(wave, for_staff=True).roles] == [
        Figure("Not known", 2, 2),
        Figure("Nurse", 6, 6),
    ]


def test_days_people_chose_are_plotted_against_the_days_they_answered(wave):
    make_answers(wave, "under-way", 3)
    for attendee, days in zip(wave.forum.people.all(), [2, -2, -30], strict=True):
        first = attendee.commitments.get().answers.get().answered_at
        attendee.ask_again_on = first.date() + cast.timedelta(days=days)
        attendee.ask_again_said_at = first - cast.timedelta(days=60)
        attendee.save()
    make_attendee(wave.forum, ask_again_on=date(2026, 12, 1), ask_again_said_at=wave.forum.people.first().created_at)

    assert learning.learning(wave, for_staff=True).later == (
        ("Answered before the day they chose", 1),
        ("Within a week of it", 1),
        ("Later than that", 1),
        ("Not yet", 1),
    )
    assert learning.learning(wave).later == ()
