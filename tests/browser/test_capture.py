"""Five note-takers write at once while the network is cut in the middle."""

from collections import Counter

import pytest
from playwright.sync_api import expect

from stp_feedback.models import FeedbackPoint
from tests.factories import make_area, make_forum, make_point, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CODES = ["NCL", "NEL", "NWL", "SEL", "SWL"]
PATIENCE = 20_000  # milliseconds


@pytest.fixture
def note_takers(browser, live_server):
    for code in CODES:
        make_area(code)
    make_forum(slug="care", capture_code="ABCD2345")
    contexts = [browser.new_context() for _ in CODES]
    pages = []
    for context, code in zip(contexts, CODES, strict=True):
        page = context.new_page()
        page.goto(f"{live_server.url}/forums/care/capture/")
        page.get_by_label("The code on your sheet").fill("abcd 2345")
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("link", name=f"Area {code}").click()
        pages.append(page)
    yield pages
    for context in contexts:
        context.close()


def write(page, section, text, enabled_by=""):
    form = page.locator(f"#{section} form")
    form.get_by_label("What was said").fill(text)
    form.get_by_label("Enabled by").fill(enabled_by)
    form.get_by_role("button", name="Keep this point").click()


def test_nothing_is_lost_or_doubled_when_the_signal_goes(note_takers):
    note_takers[0].set_viewport_size({"width": 375, "height": 600})
    write(note_takers[0], "support", "")
    expect(note_takers[0].get_by_text("Write what was said.")).to_be_in_viewport(ratio=1)

    for page, code in zip(note_takers, CODES, strict=True):
        write(page, "opportunities", f"First of {code}", "Time")
        page.get_by_text("All points are kept by the portal.").wait_for(timeout=PATIENCE)

    for page, code in zip(note_takers, CODES, strict=True):
        page.context.set_offline(True)
        write(page, "support", f"Second of {code}")
        page.get_by_text("No signal: 1 point waits on this device").wait_for(timeout=PATIENCE)
        write(page, "support", f"Third of {code}")
        page.get_by_text("No signal: 2 points wait on this device").wait_for(timeout=PATIENCE)
    assert FeedbackPoint.objects.count() == 5

    for page in note_takers:
        page.context.set_offline(False)
    for page in note_takers:
        page.get_by_text("All points are kept by the portal.").wait_for(timeout=PATIENCE)

    kept = Counter(FeedbackPoint.objects.values_list("area__code", "section", "position", "text"))
    assert kept == Counter(
        (code, section, position, f"{which} of {code}")
        for code in CODES
        for section, position, which in [
            ("opportunities", 1, "First"),
            ("support", 1, "Second"),
            ("support", 2, "Third"),
        ]
    )


def test_a_half_written_note_outlives_the_page(note_takers):
    page = note_takers[0]
    page.locator("#innovation").get_by_label("What was said").fill("Half a thou")
    page.reload()
    assert page.locator("#innovation").get_by_label("What was said").input_value() == "Half a thou"


def test_notes_that_wait_are_sent_when_the_page_is_opened_again(note_takers):
    page = note_takers[0]
    address, context = page.url, page.context
    context.set_offline(True)
    write(page, "support", "Waits")
    page.get_by_text("No signal: 1 point waits").wait_for(timeout=PATIENCE)
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    page.get_by_text("All points are kept by the portal.").wait_for(timeout=PATIENCE)
    assert list(FeedbackPoint.objects.values_list("text", flat=True)) == ["Waits"]


def test_two_note_takers_at_one_table_put_points_in_order_and_lose_nothing(note_takers):
    first, second = note_takers[:2]
    second.goto(first.url)
    for text in ["One", "Two"]:
        write(first, "support", text)
    first.get_by_text("All points are kept by the portal.").wait_for(timeout=PATIENCE)
    for page in (first, second):
        page.locator("#support").get_by_role("link", name="Show this section as it stands now").click()
        page.locator("#ncl-support-2").wait_for(timeout=PATIENCE)
        page.locator("#innovation").get_by_label("What was said").fill("Half a thou")

    first.locator("#support").get_by_role("button", name="Up point 2: Two").click()
    first.locator("#support").get_by_role("button", name="Up point 2: One").wait_for(timeout=PATIENCE)
    second.locator("#support").get_by_role("button", name="Merge into the one above point 2: Two").click()
    second.get_by_text("somebody else has changed these points meanwhile").wait_for(timeout=PATIENCE)
    second.locator("#support").get_by_role("button", name="Merge into the one above point 2: One").click()
    second.get_by_role("button", name="Make it two again").wait_for(timeout=PATIENCE)
    assert list(FeedbackPoint.objects.values_list("text", "verbatim")) == [("Two One", "Two\nOne")]

    second.context.set_offline(True)
    second.get_by_role("button", name="Make it two again").click()
    second.get_by_text("No signal: points can change places again").wait_for(timeout=PATIENCE)
    second.context.set_offline(False)
    second.get_by_role("button", name="Make it two again").click()
    second.locator("#support").get_by_role("button", name="Up point 2: One").wait_for(timeout=PATIENCE)

    for page in (first, second):
        assert page.locator("#innovation").get_by_label("What was said").input_value() == "Half a thou"


def test_staff_watch_the_points_come_in_and_may_pause(client, page, live_server):
    forum = make_forum(slug="care", capture_code="ABCD2345")
    client.force_login(make_user())
    page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}])
    page.clock.install()
    make_point(forum, make_area("NEL"), state="draft")
    page.goto(f"{live_server.url}/staff/forums/care/feedback/")
    page.get_by_text("1 point, 1 of them a draft.").wait_for()

    make_point(forum, make_area("NEL"), state="draft")
    page.clock.run_for(11_000)
    page.get_by_text("2 points, 2 of them drafts.").wait_for(timeout=PATIENCE)

    page.get_by_role("button", name="Pause").click()
    make_point(forum, make_area("NEL"), state="draft")
    page.clock.run_for(60_000)
    assert page.get_by_text("2 points, 2 of them drafts.").is_visible()
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("3 points, 3 of them drafts.").wait_for(timeout=PATIENCE)


def test_without_scripts_a_note_is_kept_all_the_same(browser, live_server):
    make_area("NEL")
    make_forum(slug="care", capture_code="ABCD2345")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/forums/care/capture/")
    page.get_by_label("The code on your sheet").fill("ABCD2345")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Area NEL").click()
    write(page, "support", "By post alone")
    assert page.locator("#support .portal-point").inner_text() == "By post alone"
    write(page, "support", "And another")
    page.get_by_role("button", name="Up point 2").click()
    assert page.locator("#support .portal-point > p").all_inner_texts() == ["And another", "By post alone"]
    context.close()
