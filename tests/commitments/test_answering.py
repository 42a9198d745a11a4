import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from commitments.models import Answer, Wave
from tests.factories import make_commitment, make_key_theme, make_user, make_wave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_asked_before")]


def card(commitment, outcome="", seen="", **fields):
    named = {"outcome": outcome, "seen": seen} | fields
    return {f"{commitment.pk}-{name}": value for name, value in named.items()}


def test_answer_page_shows_the_words_and_asks_with_nothing_chosen(client, link):
    response = client.get(link)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Ada, what became of your commitments?" in page
    assert "On Monday 26 January 2026, at Forum of tests, Town Hall, you said" in page
    assert "<bdi>Call the &lt;ward&gt; every Monday</bdi>" in page
    assert page.count('type="radio"') == 6
    assert "checked" not in page
    assert "ada@example.org" not in page


def test_answer_page_is_kept_from_caches_referrers_and_search_engines(client, link):
    response = client.get(link)

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"


def test_answer_page_reads_and_sets_no_session(client, link):
    client.force_login(make_user())

    response = client.get(link)

    assert "Cookie" not in response.get("Vary", "")
    assert response.cookies == {}
    assert "Sign out" not in response.content.decode()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_a_link_changes_nothing(client, link, method, django_assert_num_queries):
    with connection.execute_wrapper(refuse_writing):
        for address in [link, f"{link}thanks/", f"{link}stop/"]:
            assert getattr(client, method)(address).status_code == 200


def refuse_writing(execute, sql, *args):
    assert sql.lstrip().upper().startswith("SELECT"), sql
    return execute(sql, *args)


def test_answer_is_saved_with_what_helped_and_what_hindered(client, attendee, commitment, link):
    helped = make_key_theme("Leadership", forum=attendee.forum)
    hindered = make_key_theme("Money", forum=attendee.forum)

    response = client.post(
        link,
        card(
            commitment,
            "part-done",
            helped=[helped.pk],
            hindered=[hindered.pk],
            helped_text="Our chief nurse",
            hindered_text="Winter",
            what_happened="First line\r\nsecond line",
        ),
    )

    assert response.status_code == 302
    assert response.url == f"{link}thanks/"
    answer = Answer.objects.get()
    assert answer.commitment == commitment
    assert answer.outcome == Answer.Outcome.PART_DONE
    assert answer.what_happened == "First line\nsecond line"
    assert list(answer.helped.all()) == [helped]
    assert list(answer.hindered.all()) == [hindered]
    assert (answer.helped_text, answer.hindered_text) == ("Our chief nurse", "Winter")
    assert (answer.via, answer.by, answer.is_late) == (Answer.Via.LINK, None, False)
    thanks = client.get(response.url).content.decode()
    assert "Thank you, Ada" in thanks
    assert "1 of 1 commitment answered" in thanks


def test_answer_needs_no_cookie(commitment, link):
    response = Client(enforce_csrf_checks=True).post(link, card(commitment, "done"))

    assert response.status_code == 302
    assert response.cookies == {}
    assert Answer.objects.get().outcome == "done"


def test_answer_without_a_choice_is_told_and_keeps_what_was_typed(client, commitment, link):
    response = client.post(link, card(commitment, what_happened="We tried"))

    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{commitment.pk}-outcome_0"' in page
    assert page.count("Choose what became of this commitment") == 2
    assert "We tried</textarea>" in page
    assert not Answer.objects.exists()


def test_blind_post_answers_nothing(client, link):
    assert client.post(link).status_code == 422
    assert not Answer.objects.exists()


@pytest.mark.parametrize("outcome", ["delivered", "done\x00", "\ud800".encode("utf-8", "surrogatepass"), "x" * 5000])
def test_unknown_outcome_is_refused_in_words(client, commitment, link, outcome):
    assert client.post(link, card(commitment, outcome)).status_code == 422
    assert not Answer.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "x" * 5001])
def test_text_that_cannot_be_kept_is_told_beside_the_box(client, commitment, link, text):
    response = client.post(link, card(commitment, "done", what_happened=text))

    assert response.status_code == 422
    assert f'id="id_{commitment.pk}-what_happened_error"' in response.content.decode()


def test_text_that_is_too_long_comes_back_whole_and_no_box_cuts_it(client, commitment, link):
    page = client.post(link, card(commitment, "done", what_happened="x" * 10_000)).content.decode()

    assert f"{'x' * 10_000}</textarea>" in page
    assert re.findall("<textarea[^>]* rows=[^>]*>", page)
    assert not re.findall("<textarea[^>]*maxlength", page)


def test_text_of_the_full_length_counts_a_line_break_once(client, commitment, link):
    client.post(link, card(commitment, "done", what_happened="x" * 4990 + "\r\n" * 9 + "x"))

    assert len(Answer.objects.get().what_happened) == 5000


def test_card_button_saves_its_card_and_keeps_the_others_as_typed(client, attendee, commitment, link):
    second = make_commitment(attendee, text="Second promise")

    response = client.post(
        link, card(commitment, "done") | card(second, what_happened="Half a sent") | {"save": commitment.pk}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert Answer.objects.get().commitment == commitment
    assert "Half a sent</textarea>" in page
    assert "1 of 2 commitments answered" in page
    assert "There is a problem" not in page


def test_last_button_lets_a_card_be_left_for_later(client, attendee, commitment, link):
    second = make_commitment(attendee)

    response = client.post(link, card(commitment) | card(second, "stopped") | {"save": "all"})

    assert response.status_code == 302
    assert Answer.objects.get().commitment == second


def test_later_answer_is_a_new_row(client, commitment, link):
    client.post(link, card(commitment, "not-started"))
    first = Answer.objects.get()

    client.post(link, card(commitment, "done", seen=first.pk))

    assert list(commitment.answers.values_list("outcome", flat=True)) == ["done", "not-started"]


def test_same_answer_again_is_no_new_row(client, commitment, link):
    for _ in range(3):
        assert client.post(link, card(commitment, "done")).status_code == 302

    assert Answer.objects.count() == 1


def test_stale_page_is_told_and_overwrites_only_when_saved_again(client, commitment, link):
    client.post(link, card(commitment, "done"))
    current = Answer.objects.get()

    response = client.post(link, card(commitment, "stopped"))

    page = response.content.decode()
    assert response.status_code == 200
    assert "This was answered elsewhere in the meantime" in page
    assert f'name="{commitment.pk}-seen" value="{current.pk}"' in page
    assert Answer.objects.get() == current
    client.post(link, card(commitment, "stopped", seen=current.pk))
    assert commitment.answers.first().outcome == "stopped"


def test_answer_is_taken_when_the_one_it_began_with_is_gone(client, commitment, link):
    """Erased in the meantime, or a page that somebody wrote themselves."""
    page = client.post(link, {f"{commitment.pk}-outcome": "done", f"{commitment.pk}-seen": "nonsense"})

    assert page.status_code == 302
    assert commitment.answers.get().outcome == "done"


def test_stale_card_that_nobody_touched_is_left_alone(client, attendee, commitment, link):
    second = make_commitment(attendee)
    client.post(link, card(commitment, "not-started"))
    first = Answer.objects.get()
    client.post(link, card(commitment, "done", seen=first.pk))

    response = client.post(link, card(commitment, "not-started", seen=first.pk) | card(second, "changed"))

    assert response.status_code == 302
    assert commitment.answers.first().outcome == "done"
    assert second.answers.get().outcome == "changed"


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_give_one_answer(link, commitment):
    def click(_):
        try:
            return Client().post(link, card(commitment, "done")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(click, range(20)))

    assert codes == [302] * 20
    assert Answer.objects.count() == 1


def test_answer_after_the_wave_closed_is_kept_and_marked_late(client, attendee, commitment, link):
    make_wave(attendee.forum, state=Wave.State.CLOSED)

    client.post(link, card(commitment, "done"))

    assert Answer.objects.get().is_late


def test_answer_to_a_commitment_withdrawn_meanwhile_is_kept_and_marked_late(client, commitment, link):
    commitment.withdrawn_at = timezone.now()
    commitment.save()

    assert "Call the" not in client.get(link).content.decode()
    client.post(link, card(commitment, "done"))

    assert Answer.objects.get().is_late


def test_answer_to_somebody_elses_commitment_is_ignored(client, link):
    foreign = make_commitment()

    assert client.post(link, card(foreign, "done")).status_code == 422
    assert not Answer.objects.exists()


def test_answer_page_makes_the_same_queries_for_one_and_for_many(client, attendee, link, django_assert_max_num_queries):
    make_key_theme("Leadership", forum=attendee.forum)
    for _ in range(5):
        client.post(link, card(make_commitment(attendee), "done"))

    with django_assert_max_num_queries(11):
        client.get(link)


def test_answer_is_taken_from_a_browser_that_names_no_origin(commitment, link):
    """Our own referrer policy makes browsers send `Origin: null`."""
    browser = Client(enforce_csrf_checks=True)

    response = browser.post(link, card(commitment, "done"), headers={"Origin": "null"})

    assert response.status_code == 302
    assert commitment.answers.get().outcome == "done"
