"""What people say beside their answers: another day, anything else, what they took up, and what we may do with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commitments import held_texts
from commitments.models import Answer, Attendee, Consent, HeldText, Message, Remark
from tests.commitments.test_answering import card
from tests.factories import (
    make_attendee,
    make_commitment,
    make_forum,
    make_initiative,
    make_link,
    make_message,
    make_user,
    make_wave,
)

pytestmark = pytest.mark.django_db

NHS_NUMBER = "943 476 5919"  # the one that the NHS prints as an example


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_day_to_be_asked_again_is_kept_without_an_answer(client, attendee, link):
    response = client.post(link, {"ask_again_on": in_days(60), "initial-ask_again_on": "", "save": "all"})

    assert response.status_code == 302
    attendee.refresh_from_db()
    assert attendee.ask_again_on.isoformat() == in_days(60)
    assert not Answer.objects.exists()
    assert "We will ask you again on" in client.get(f"{link}thanks/").content.decode()


@pytest.mark.parametrize("day", [0, -1, 181])
def test_day_outside_the_limits_is_told_and_the_rest_is_kept(client, commitment, link, day):
    response = client.post(link, {"ask_again_on": in_days(day), "remark": "Thanks"} | card(commitment, ""))

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose a day after today and within six months" in page
    assert 'value="Thanks"' in page
    assert not Attendee.objects.filter(ask_again_on__isnull=False).exists()


def test_page_left_open_does_not_undo_a_day_chosen_since(client, attendee, commitment, link):
    client.post(link, {"ask_again_on": in_days(60), "initial-ask_again_on": ""})

    client.post(link, {"ask_again_on": "", "initial-ask_again_on": ""} | card(commitment, "under-way"))

    attendee.refresh_from_db()
    assert attendee.ask_again_on.isoformat() == in_days(60)
    client.post(link, {"ask_again_on": "", "initial-ask_again_on": in_days(60)})
    attendee.refresh_from_db()
    assert (attendee.ask_again_on, attendee.ask_again_said_at) == (None, None)


def test_whoever_was_asked_again_is_not_offered_another_day(client, attendee, link):
    make_message(attendee, make_wave(attendee.forum), step=Message.Step.AS_THEY_WISHED, kind=Message.Kind.AGAIN)

    assert "Ask me again on" not in client.get(link).content.decode()


def test_one_line_on_anything_else_is_kept_once_and_read_by_staff(client, attendee, commitment, link):
    for _ in range(2):
        client.post(link, {"remark": "Please thank the <team>"} | card(commitment, "done"))

    remark = Remark.objects.get()
    client.force_login(make_user())
    assert "Please thank the &lt;team&gt;" in client.get("/staff/asking/").content.decode()
    client.post(f"/staff/asking/remarks/{remark.pk}/")
    assert "Please thank" not in client.get("/staff/asking/").content.decode()


def test_card_button_keeps_what_else_was_typed(client, attendee, commitment, link):
    make_commitment(attendee)

    response = client.post(link, card(commitment, "done") | {"save": commitment.pk, "remark": "Half a th"})

    assert 'value="Half a th"' in response.content.decode()
    assert not Remark.objects.exists()


def test_initiative_taken_up_is_kept_with_the_answer(client, attendee, commitment, link):
    shown = make_initiative(title="Falls car")
    commitment.inspired_by = shown
    commitment.save()
    make_initiative(title="Another one")
    page = client.get(link).content.decode()
    assert "Falls car" in page
    assert "Another one" not in page

    refused = client.post(link, card(commitment, "done", took_up_as="adapted"))
    assert "Choose which initiative you took up" in refused.content.decode()
    client.post(link, card(commitment, "done", took_up_as="adapted", took_up=shown.pk))

    answer = Answer.objects.get()
    assert (answer.took_up, answer.took_up_as) == (shown, "adapted")


@pytest.mark.parametrize("text", [f"Patient {NHS_NUMBER} came home", "9434765919", "write to jo@example.org, please"])
def test_text_with_a_number_or_an_address_is_held_and_the_person_is_told(
    client,
    attendee,
    commitment,
    link,
    text,
):
    client.post(link, card(commitment, "done", what_happened=text))

    assert (
        "A person at the Senate looks at it before anybody else does" in client.get(f"{link}thanks/").content.decode()
    )
    client.force_login(make_user())
    answers = client.get("/staff/answers/").content.decode()
    assert "Held" in answers
    assert text not in answers
    assert text in client.get("/staff/asking/").content.decode()


@pytest.mark.parametrize("text", ["Ring 0207 946 0000", "943 476 5918", "94347659190", "about 50 @ the ward"])
def test_other_numbers_are_not_held(client, commitment, link, text):
    client.post(link, card(commitment, "done", what_happened=text))

    assert not HeldText.objects.exists()


def test_staff_mask_or_release_what_is_held(client, commitment, link):
    client.post(link, {"remark": f"Ask {NHS_NUMBER}"} | card(commitment, "done", helped_text="jo@example.org helped"))
    by_answer, by_remark = HeldText.objects.order_by("remark")
    by_answer, by_remark = (by_answer, by_remark) if by_answer.answer else (by_remark, by_answer)
    client.force_login(make_user())

    client.post(f"/staff/asking/texts/{by_answer.pk}/", {"decision": "masked"})
    client.post(f"/staff/asking/texts/{by_remark.pk}/", {"decision": "released"})

    assert Answer.objects.get().helped_text == "[removed] helped"
    assert Remark.objects.get().text == f"Ask {NHS_NUMBER}"
    assert not HeldText.objects.waiting().exists()
    assert f"Ask {NHS_NUMBER}" in client.get("/staff/asking/").content.decode()
    assert client.post(f"/staff/asking/texts/{by_answer.pk}/", {"decision": "released"}).status_code == 404


def test_mask_takes_out_every_place():
    from senate_portal.lib import sensitive

    masked = sensitive.masked(f"{NHS_NUMBER} and a.b@example.org and {NHS_NUMBER.replace(' ', '-')}.")

    assert masked == "[removed] and [removed] and [removed]."


def test_my_commitments_of_every_forum_stand_on_one_page_and_nobody_elses(client, attendee, commitment, link):
    elsewhere = make_attendee(make_forum(title="Earlier forum", slug="earlier"), email=attendee.email)
    make_commitment(elsewhere, text="An earlier promise")
    make_commitment(make_attendee(elsewhere.forum, email="other@example.org"), text="Somebody else's promise")
    erased = make_attendee(make_forum(title="Erased forum"), email="", name="", erased_at=timezone.now())
    make_commitment(erased, text="Of nobody")

    page = client.get(f"{link}mine/").content.decode()

    assert "An earlier promise" in page
    assert "Call the &lt;ward&gt; every Monday" in page
    assert "Somebody else" not in page
    assert "Of nobody" not in page
    response = client.post(f"{link}forums/earlier/", card(elsewhere.commitments.get(), "done"))
    assert response.status_code == 302
    assert elsewhere.commitments.get().answers.get().outcome == "done"
    assert client.get(f"{link}forums/{make_forum().slug}/").status_code == 404


def test_each_use_of_words_is_allowed_by_itself_and_ended_by_itself(client, attendee, link):
    page = client.get(f"{link}mine/").content.decode()
    assert "checked" not in page
    assert not Consent.objects.exists()

    client.post(f"{link}mine/", {"uses": ["quote", "peers"]})
    client.post(f"{link}mine/", {"uses": ["peers", "contacts"]})
    client.post(f"{link}mine/", {"uses": ["nonsense"]})

    stands = attendee.consents.standing()
    assert set(stands.values_list("use", flat=True)) == {"peers", "contacts"}
    ended = attendee.consents.get(use="quote")
    assert ended.withdrawn_at
    assert ended.wording == "The Senate may quote what I wrote, without my name"


def test_held_text_names_what_it_found(commitment):
    answer = commitment.answers.create(outcome="done", what_happened=f"{NHS_NUMBER}, jo@example.org")

    assert held_texts.hold_if_needed(answer=answer).found == "an NHS number and an email address"
    assert make_link(commitment.attendee)
