"""Who may open what: every address of the portal stands in ACCESS, with what a GET answers to each role."""

from django.urls import URLResolver, get_resolver, reverse

from commitments import privacy
from commitments.models import TypedCard
from senate_portal.accounts.models import User
from stp_feedback.models import Series
from tests.factories import (
    make_area,
    make_ask,
    make_attendee,
    make_commitment,
    make_contact,
    make_forum_with_feedback,
    make_idea,
    make_initiative,
    make_key_theme,
    make_link,
    make_measure,
    make_message,
    make_point,
    make_reading_of_measure,
    make_source,
    make_theme,
    make_user,
    make_wave,
)

ROLES = [None, User.Role.LEAD, User.Role.STAFF, User.Role.ADMIN]

# What a GET answers to the public, an STP lead, Senate staff and an administrator: the page (200), the way to sign in
# (302), a refusal (403), nothing there (404) or "not by this verb" (405).
EVERYBODY = (200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200)
STAFF = (302, 403, 200, 200)
ADMINISTRATOR = (302, 403, 403, 200)
STAFF_POST = (302, 403, 405, 405)
POST_ONLY = (405, 405, 405, 405)
# Steps of signing in: the page where it is somebody's turn, otherwise on to where they belong.
BEFORE_SIGN_IN = (200, 302, 302, 302)
STEP = (302, 302, 302, 302)

ACCESS = {
    "home": EVERYBODY,
    "about": EVERYBODY,
    "accessibility": EVERYBODY,
    "privacy": EVERYBODY,
    "data": EVERYBODY,
    "live": EVERYBODY,
    "ready": EVERYBODY,
    "metrics": (404, 404, 404, 404),  # only METRICS_TOKEN opens it
    "areas": EVERYBODY,
    "area": EVERYBODY,
    "forum": EVERYBODY,
    "report": EVERYBODY,
    "report-file": EVERYBODY,
    "area-file": EVERYBODY,
    "initiatives:list": EVERYBODY,
    "initiatives:file": EVERYBODY,
    "initiatives:columns": EVERYBODY,
    "initiatives:feed": EVERYBODY,
    "initiatives:dump": (404, 404, 404, 404),  # none was made yet
    "initiatives:compare": EVERYBODY,
    "initiatives:matrix": EVERYBODY,
    "initiatives:matrix_file": EVERYBODY,
    "initiatives:detail": EVERYBODY,
    "initiatives:sources": EVERYBODY,
    "initiatives:evidence": EVERYBODY,
    "initiatives:submit": EVERYBODY,
    "initiatives:submitted": EVERYBODY,
    "initiatives:problem": EVERYBODY,
    "initiatives:problems": STAFF,
    "initiatives:links": STAFF,
    "initiatives:silent_contacts": STAFF,
    "initiatives:problem_settle": STAFF,
    "initiatives:contact_ask": STAFF_POST,
    "initiatives:contacts_lost": STAFF,
    "initiatives:contact_left": STAFF,
    "initiatives:contact_back": STAFF_POST,
    "initiatives:confirm": (404, 404, 404, 404),  # the token is no contact's
    "initiatives:searches": SIGNED_IN,
    "initiatives:search_add": SIGNED_IN,
    "initiatives:search_change": (302, 405, 405, 405),
    "initiatives:searches_stop": (404, 404, 404, 404),  # the token is nobody's
    "initiatives:import": STAFF,
    "initiatives:import_preview": (302, 403, 404, 404),  # another person's upload
    "initiatives:import_undo": (302, 403, 404, 404),
    "initiatives:themes": STAFF,
    "initiatives:theme_add": STAFF,
    "initiatives:theme": STAFF,
    "initiatives:theme_merge": STAFF,
    "initiatives:theme_merge_undo": STAFF_POST,
    "initiatives:moderation_list": STAFF,
    "initiatives:moderation_add": STAFF,
    "initiatives:moderation": STAFF,
    "initiatives:moderation_edit": STAFF,
    "initiatives:moderation_step": STAFF_POST,
    "initiatives:moderation_restore": STAFF_POST,
    "initiatives:moderation_checked": STAFF_POST,
    "initiatives:moderation_take_out": STAFF_POST,
    "stp_feedback:forums": EVERYBODY,
    "stp_feedback:calendar": EVERYBODY,
    "stp_feedback:forum_calendar": EVERYBODY,
    "stp_feedback:series_calendar": EVERYBODY,
    "stp_feedback:series": EVERYBODY,
    "stp_feedback:measures_file": EVERYBODY,
    "stp_feedback:measure_add": STAFF,
    "stp_feedback:measure_edit": STAFF,
    "stp_feedback:measure_remove": STAFF,
    "stp_feedback:reading_add": STAFF,
    "stp_feedback:reading_undo": STAFF_POST,
    "stp_feedback:forum_add": STAFF,
    "stp_feedback:forum_edit": STAFF,
    "stp_feedback:forum_rows": STAFF,
    "stp_feedback:forum_publish": STAFF_POST,
    "stp_feedback:forum_copy": STAFF_POST,
    "stp_feedback:point_answer": (302, 404, 200, 200),  # this lead's area is another
    "stp_feedback:point_endorse": (302, 405, 405, 405),
    "stp_feedback:feedback": EVERYBODY,
    "stp_feedback:feedback_file": EVERYBODY,
    "stp_feedback:asks": EVERYBODY,
    "stp_feedback:ask_desk": STAFF,
    "stp_feedback:ask_edit": STAFF,
    "stp_feedback:ask_merge": STAFF_POST,
    "stp_feedback:ask_tell": STAFF,
    "stp_feedback:ideas": EVERYBODY,
    "stp_feedback:ideas_file": EVERYBODY,
    "stp_feedback:idea_add": STAFF,
    "stp_feedback:idea_card": STAFF,
    "stp_feedback:ideas_publish": STAFF_POST,
    "stp_feedback:idea_edit": STAFF,
    "stp_feedback:idea_delete": STAFF,
    "stp_feedback:idea_offer": STAFF_POST,
    "stp_feedback:capture": EVERYBODY,
    "stp_feedback:capture_point": STEP,
    "stp_feedback:capture_area": STEP,  # to where the code is asked for
    "stp_feedback:desk": STAFF,
    "stp_feedback:capture_code": STAFF_POST,
    "stp_feedback:publish": STAFF_POST,
    "stp_feedback:area_points": STAFF,
    "stp_feedback:notes_paste": STAFF,
    "stp_feedback:point_edit": STAFF,
    "stp_feedback:point_move": STAFF_POST,
    "stp_feedback:recommendation_tell": STAFF,
    # The secret of the link is what opens these, whoever is signed in.
    "commitments:answer": EVERYBODY,
    "commitments:thanks": EVERYBODY,
    "commitments:stop": EVERYBODY,
    "commitments:damaged_link": EVERYBODY,
    "commitments:fresh_link": EVERYBODY,
    "commitments:notify_receipt": POST_ONLY,
    "commitments:bounce": POST_ONLY,
    "commitments:my_commitments": EVERYBODY,
    "commitments:people": EVERYBODY,
    "commitments:answer_elsewhere": EVERYBODY,
    "commitments:pass_on": EVERYBODY,
    "commitments:offer": (404, 404, 404, 404),  # nobody offered anything
    "commitments:join": EVERYBODY,
    "commitments:learning": (404, 404, 200, 200),  # public when the follow-up has closed
    "commitments:learning_trend": EVERYBODY,
    "commitments:learning_trace": STAFF,
    "commitments:next_forum_brief": (302, 403, 404, 404),  # the follow-up has not closed
    "commitments:stories": STAFF,
    "commitments:story": STAFF,
    "commitments:story_decide": STAFF_POST,
    "commitments:take_ups": STAFF,
    "commitments:take_up": STAFF,
    "commitments:summary": (302, 403, 404, 404),  # the follow-up has not closed
    "commitments:join_code": STAFF,
    "commitments:join_code_picture": STAFF,
    "commitments:suggestions": STAFF,
    "commitments:suggestion_remove": STAFF_POST,
    "commitments:staff": STAFF,
    "commitments:to_complete": STAFF,
    "commitments:outbox": STAFF,
    "commitments:outbox_mail": (302, 403, 404, 404),  # no such email
    "commitments:messages": STAFF,
    "commitments:answers": STAFF,
    "commitments:asking": STAFF,
    "commitments:held_text": STAFF_POST,
    "commitments:remark": STAFF_POST,
    "commitments:commitment_move": STAFF,
    "commitments:commitment_sharing": STAFF,
    "commitments:send_again": STAFF_POST,
    "commitments:count_as_sent": STAFF_POST,
    "commitments:sending_pause": STAFF,
    "commitments:sending_resume": STAFF_POST,
    "commitments:workspace": STAFF,
    "commitments:forum_close": STAFF,
    "commitments:forum_delete": STAFF,
    "commitments:forum_reopen": STAFF_POST,
    "commitments:chase": STAFF,
    "commitments:chase_now": STAFF_POST,
    "commitments:chase_log": STAFF,
    "commitments:timeline": STAFF,
    "commitments:answer_on_behalf": STAFF,
    "commitments:import_upload": STAFF,
    "commitments:import": (302, 403, 404, 404),  # seen only by whoever uploaded it
    "commitments:cards": STAFF,
    "commitments:card_checks": STAFF,
    "commitments:card_check": STAFF,
    "commitments:import_commitments": STAFF,
    "commitments:import_undo": STAFF_POST,
    "commitments:attendee_merge": STAFF,
    "commitments:join_code_image": STAFF,
    "commitments:card_undo": STAFF_POST,
    "commitments:attendee_add": STAFF,
    "commitments:wave": STAFF,
    "commitments:wave_plan": STAFF_POST,
    "commitments:wave_dates": STAFF,
    "commitments:wave_hold": STAFF,
    "commitments:wave_release": STAFF,
    "commitments:wave_stop": STAFF,
    "commitments:rehearsal": STAFF,
    "commitments:email_preview": STAFF,
    "commitments:wording": STAFF,
    "commitments:attendees": STAFF,
    "commitments:attendee": STAFF,
    "commitments:attendee_edit": STAFF,
    "commitments:attendee_stop": STAFF,
    "commitments:attendee_end_links": STAFF_POST,
    "commitments:access_pack": STAFF,
    "commitments:erasures": STAFF,
    "commitments:erasure_prepare": STAFF,
    "commitments:erasure_execute": ADMINISTRATOR,
    "commitments:erasure_cancel": STAFF_POST,
    "commitments:commitment_add": STAFF,
    "commitments:commitment_edit": STAFF,
    "commitments:commitment_withdraw": STAFF,
    "commitments:commitment_reinstate": STAFF_POST,
    "accounts": STAFF,
    "invite": STAFF,
    "account_close": STAFF_POST,
    "account_open": STAFF_POST,
    "audit": STAFF,
    "downloads": STAFF,
    "account": SIGNED_IN,
    "account_login": BEFORE_SIGN_IN,
    "account_request_login_code": BEFORE_SIGN_IN,
    "account_confirm_login_code": STEP,
    "account_logout": (302, 200, 200, 200),
    "account_inactive": EVERYBODY,
    "account_reauthenticate": (302, 403, 302, 302),
    "demonstration_sign_in": POST_ONLY,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": STEP,
    "mfa_reauthenticate": (302, 403, 200, 200),
    "mfa_activate_totp": (302, 200, 302, 302),
    "mfa_deactivate_totp": (302, 404, 302, 302),
    "mfa_view_recovery_codes": (302, 404, 404, 404),
    "mfa_generate_recovery_codes": (302, 200, 302, 302),
    "mfa_download_recovery_codes": (302, 404, 404, 404),
    "api-docs": EVERYBODY,
    "api-schema": EVERYBODY,
    "api:api-root": EVERYBODY,
    "api:initiative-list": EVERYBODY,
    "api:initiative-detail": EVERYBODY,
    "api:area-list": EVERYBODY,
    "api:area-detail": EVERYBODY,
    "api:theme-list": EVERYBODY,
    "api:theme-detail": EVERYBODY,
    "api:source-list": EVERYBODY,
    "api:source-detail": EVERYBODY,
    "api:forum-list": EVERYBODY,
    "api:forum-detail": EVERYBODY,
    "api:feedback-list": EVERYBODY,
    "api:series-list": EVERYBODY,
    "api:series-detail": EVERYBODY,
}


def routes(patterns, namespace=""):
    """Name and parameters of every address but the administration's, which tests/accounts/test_admin_site.py tries."""
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            yield f"{namespace}{pattern.name}", set(pattern.pattern.regex.groupindex)
        elif pattern.namespace != "admin":
            yield from routes(
                pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )


# Of the API's two spellings, with and without a format in the address, the plain one comes first and is kept.
ROUTES = dict(reversed(list(routes(get_resolver().url_patterns))))


def addresses():
    """Every route's address, where all that an address names is there and published."""
    forum = make_forum_with_feedback(slug="care", join_code="ABC234", capture_code="ABCD2345")
    point = make_point(forum, make_area("NEL"))
    initiative = make_initiative(slug="care", themes=[theme := make_theme("Care")])
    make_source(slug="care")
    attendee = make_attendee(forum)
    commitment = make_commitment(attendee)
    message = make_message(attendee, make_wave(forum))
    pks = {f"commitments:commitment_{verb}": commitment.pk for verb in ["edit", "withdraw", "reinstate", "sharing"]}
    pks |= dict.fromkeys(["commitments:answer_on_behalf", "commitments:card_undo"], commitment.pk)
    TypedCard.objects.create(commitment=commitment)
    make_key_theme(slug="care")
    answer = commitment.answers.create(outcome="done")
    pks |= dict.fromkeys(["commitments:story", "commitments:take_up"], answer.pk)
    for verb in ["card_check", "commitment_move", "pass_on"]:
        pks[f"commitments:{verb}"] = commitment.pk
    pks |= {f"stp_feedback:point_{verb}": point.pk for verb in ["answer", "edit", "move"]}
    ask = make_ask([point])
    pks |= {f"stp_feedback:ask_{verb}": ask.pk for verb in ["edit", "merge", "tell"]}
    idea = make_idea(forum)
    pks |= {f"stp_feedback:idea_{verb}": idea.pk for verb in ["edit", "delete", "offer"]}
    pks |= {"stp_feedback:recommendation_tell": forum.recommendations.create(number=1, text="Act").pk}
    pks |= dict.fromkeys(["commitments:send_again", "commitments:count_as_sent"], message.pk)
    erasure = privacy.prepare(attendee, kept_texts=[], by=make_user())
    pks |= dict.fromkeys(["commitments:erasure_execute", "commitments:erasure_cancel"], erasure.pk)
    pks |= {name: initiative.pk for name in ROUTES if name.startswith("initiatives:moderation")}
    pks |= dict.fromkeys(["account_close", "account_open"], make_user(User.Role.LEAD).pk)
    pks["initiatives:problem_settle"] = initiative.problem_reports.create(text="Wrong number").pk
    pks |= dict.fromkeys(["initiatives:theme", "initiatives:theme_merge"], theme.pk)
    pks |= dict.fromkeys(
        [f"initiatives:contact_{verb}" for verb in ["ask", "left", "back"]], make_contact(initiative).pk
    )
    reading = make_reading_of_measure(make_measure(Series.objects.create(slug="care", title="Care")))
    pks |= {f"stp_feedback:measure_{verb}": reading.measure.pk for verb in ["edit", "remove"]}
    pks |= {"stp_feedback:reading_add": reading.measure.pk, "stp_feedback:reading_undo": reading.pk}
    examples = {"slug": "care", "code": "NEL", "token": make_link(attendee), "name": "nothing.eml", "theme": "care"}
    examples |= {"detail": "1-forged", "part": "programme", "series": "care", "letter": "ask"}
    formats = {"report-file": "pdf"}

    def address(name):
        examples["pk"] = pks.get(name, attendee.pk)
        examples["format"] = formats.get(name, "csv")
        return reverse(name, kwargs={parameter: examples[parameter] for parameter in ROUTES[name]})

    return {name: address(name) for name in ACCESS}
