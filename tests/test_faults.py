"""What the follow-up and the pages around it must survive, fault by fault, and the tests that show it.

The numbers are those of the list of faults that the portal was built against.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent

OUTBOX = "commitments/test_outbox.py"
MAIL_TROUBLE = "commitments/test_mail_trouble.py"
WORKERS = "commitments/test_sending_by_workers.py"
RESTARTS = "commitments/test_restarts.py"
ANSWERING = "commitments/test_answering.py"
LINKS = "commitments/test_links.py"
FOLLOW_UPS = "commitments/test_follow_ups.py"
MIGRATING = "senate_portal/test_migrating.py"
BOUNCES = "commitments/test_bounces.py"
HOSTILE = "hostile/test_hostile.py::test_hostile_strings_break_nothing"

FAULTS = {
    (1, "a worker killed before the mail server has the content"): [
        f"{WORKERS}::test_kill_before_the_content_left_loses_and_doubles_nobody",
        f"{OUTBOX}::test_expired_lease_is_sent_again_when_the_content_had_not_left",
    ],
    (2, "a worker killed between the mail server's 250 and our commit"): [
        f"{WORKERS}::test_kill_between_250_and_commit_is_unknown_and_doubles_that_one_at_most",
    ],
    (3, "workers killed at random"): [
        "commitments/test_kills.py::test_five_random_kills_lose_nobody_and_double_one_person_a_kill_at_most",
        "benchmarks/faults_kills.py::test_fifty_kills_over_a_thousand_messages",
    ],
    (4, "a worker asked to end while it sends"): [
        f"{RESTARTS}::test_worker_that_is_asked_to_end_while_it_sends_loses_and_doubles_nobody",
    ],
    (5, "Redis emptied, killed, restarted or away"): [
        f"{RESTARTS}::test_two_beats_and_a_redis_that_dies_while_emails_leave_double_and_lose_nobody",
        f"{WORKERS}::test_bell_lost_with_the_broker_loses_no_message",
        f"{WORKERS}::test_page_goes_on_when_no_broker_can_be_rung",
    ],
    (6, "the same message of the broker delivered twice"): [
        f"{WORKERS}::test_forty_five_of_a_hundred_people_get_one_email_each",
        f"{RESTARTS}::test_hosts_whose_clocks_are_weeks_off_send_nothing_early_and_nothing_twice",
    ],
    (7, "PostgreSQL crashed or restarted while emails leave or a form is sent"): [
        "commitments/test_database_crash.py::test_database_that_falls_loses_nobody_and_whatever_it_doubles_was_marked",
        "senate_portal/test_bad_input.py::test_database_that_is_away_is_said_in_words_with_what_was_typed",
    ],
    (8, "the mail server says: later"): [
        f"{MAIL_TROUBLE}::test_temporary_refusal_defers_with_the_reason",
        f"{MAIL_TROUBLE}::test_back_off_grows_to_an_hour",
        f"{MAIL_TROUBLE}::test_three_days_of_refusals_end_in_failure_that_staff_can_see",
    ],
    (9, "the mail server refuses an address"): [
        f"{MAIL_TROUBLE}::test_refused_address_fails_once_and_nobody_else_with_it",
    ],
    (10, "the mail server refuses our login or sender"): [
        f"{MAIL_TROUBLE}::test_refused_sender_pauses_the_queue_and_blames_nobody",
        f"{MAIL_TROUBLE}::test_refused_login_pauses_the_queue_and_blames_nobody",
    ],
    (11, "no connection, or none that is encrypted"): [
        f"{MAIL_TROUBLE}::test_unreachable_server_defers_all_with_the_reason",
        f"{MAIL_TROUBLE}::test_server_without_tls_is_never_spoken_to_in_plain_text",
    ],
    (12, "the mail server hangs before the final dot"): [
        f"{MAIL_TROUBLE}::test_server_that_says_nothing_is_given_up_after_the_timeout",
        f"{MAIL_TROUBLE}::test_server_that_hangs_at_the_address_is_given_up_and_the_message_sent_later",
        f"{MAIL_TROUBLE}::test_connection_lost_before_the_content_left_is_tried_again",
        f"{MAIL_TROUBLE}::test_no_transaction_is_open_while_the_server_keeps_us_waiting",
    ],
    (13, "the mail server hangs after the final dot"): [
        f"{MAIL_TROUBLE}::test_server_that_hangs_after_the_final_dot_leaves_the_outcome_unknown",
        f"{MAIL_TROUBLE}::test_connection_lost_after_the_final_dot_is_tried_once_more_and_then_staff_decide",
        f"{OUTBOX}::test_limits_of_time_are_in_order",
    ],
    (14, "some of many recipients refused"): [
        f"{MAIL_TROUBLE}::test_refused_address_fails_once_and_nobody_else_with_it",
        f"{OUTBOX}::test_message_that_cannot_be_written_fails_alone",
    ],
    (15, "beat running twice, or back after days"): [
        f"{RESTARTS}::test_two_beats_and_a_redis_that_dies_while_emails_leave_double_and_lose_nobody",
        f"{FOLLOW_UPS}::test_three_nights_without_a_sweep_are_caught_up_once",
    ],
    (16, "many workers at one row"): [f"{OUTBOX}::test_one_row_is_claimed_by_one_of_32_threads"],
    (17, "a host whose clock is wrong"): [
        f"{RESTARTS}::test_hosts_whose_clocks_are_weeks_off_send_nothing_early_and_nothing_twice",
        f"{OUTBOX}::test_lease_and_claims_follow_the_clock_of_the_database",
    ],
    (18, "the change of clocks"): [
        f"{FOLLOW_UPS}::test_hours_are_those_of_london_on_both_sides_of_the_change_of_clocks",
        "commitments/test_due_dates.py::test_hours_of_any_day",
    ],
    (19, "ends of months and leap years"): [
        f"{FOLLOW_UPS}::test_due_date_is_clamped_at_month_end_and_moved_to_a_working_day",
        "commitments/test_due_dates.py::test_due_date_of_a_forum_on_any_day",
    ],
    (20, "weekends and bank holidays"): [
        f"{FOLLOW_UPS}::test_hours_are_shut_on_weekends_and_bank_holidays",
        "commitments/test_due_dates.py::test_due_date_of_a_forum_on_any_day",
        "commitments/test_due_dates.py::test_hours_of_any_day",
    ],
    (21, "a forum of years ago"): [
        f"{FOLLOW_UPS}::test_forum_of_years_ago_waits_for_staff_and_then_goes",
        f"{FOLLOW_UPS}::test_worker_back_after_three_weeks_sends_nothing_of_an_open_wave_unasked",
        "commitments/test_waves.py::test_release_needs_the_typed_count_and_shows_age_and_sample",
    ],
    (22, "a forum's date corrected after planning"): [
        f"{FOLLOW_UPS}::test_corrected_forum_date_moves_what_is_unsent_and_nothing_else",
        f"{FOLLOW_UPS}::test_forum_date_corrected_far_into_the_past_holds_the_wave",
    ],
    (23, "an address corrected while its email waits or leaves"): [
        f"{OUTBOX}::test_address_changed_meanwhile_is_the_one_written_to",
        f"{LINKS}::test_link_dies_with_the_address",
    ],
    (24, "an address that does not exist, and staff who try again"): [
        f"{BOUNCES}::test_hard_bounce_stops_reminders_shows_on_the_chase_list_and_is_mended",
        f"{MAIL_TROUBLE}::test_mended_address_can_be_sent_to_again",
    ],
    (25, "a full mailbox or a late delivery"): [
        f"{BOUNCES}::test_soft_bounce_lets_the_next_reminder_go",
        f"{BOUNCES}::test_third_soft_bounce_in_thirty_days_is_for_staff",
        "lib/test_delivery_reports.py::test_status_tells_whether_the_address_is_at_fault",
    ],
    (26, "a bounce that is forged, late, huge or garbage"): [
        f"{BOUNCES}::test_what_we_did_not_sign_is_answered_alike_and_changes_nothing",
        f"{BOUNCES}::test_report_a_week_later_or_too_large_changes_nothing",
        "lib/test_delivery_reports.py::test_garbage_is_no_failure_and_takes_no_time",
    ],
    (27, "an answer by a machine"): [
        f"{BOUNCES}::test_delay_notice_and_out_of_office_change_nothing",
        "commitments/test_emails.py::test_headers_say_it_is_automatic_and_how_to_stop_it",
    ],
    (28, "a link opened, or its form sent, by a robot"): [
        "commitments/test_robots.py::test_whatever_opens_the_addresses_of_an_email_fifty_times_changes_nothing",
        f"{ANSWERING}::test_blind_post_answers_nothing",
    ],
    (29, "a link passed on"): [
        f"{ANSWERING}::test_answer_needs_no_cookie",
        f"{ANSWERING}::test_answer_page_shows_the_words_and_asks_with_nothing_chosen",
        "commitments/test_people.py::test_a_link_passed_on_shows_nobody_nor_which_address_is_right",
        f"{LINKS}::test_staff_end_the_links_of_somebody_whose_link_went_astray",
    ],
    (30, "a link damaged by a mail program"): [
        f"{LINKS}::test_stray_characters_around_a_link_are_trimmed",
        f"{LINKS}::test_links_that_do_not_work_all_meet_the_same_page",
    ],
    (31, "a form sent twice, by two tabs or after going back"): [
        f"{ANSWERING}::test_twenty_clicks_at_once_give_one_answer",
        f"{ANSWERING}::test_stale_page_is_told_and_overwrites_only_when_saved_again",
        "browser/test_mishaps.py::test_back_after_saving_doubles_nothing",
    ],
    (32, "an answer that comes when the reminder is on its way"): [
        f"{OUTBOX}::test_claim_cancels_what_is_no_longer_wanted",
        f"{OUTBOX}::test_nothing_leaves_that_is_no_longer_wanted_at_the_last_moment",
    ],
    (33, "an answer that comes late, or to what was withdrawn"): [
        f"{ANSWERING}::test_answer_after_the_wave_closed_is_kept_and_marked_late",
        f"{ANSWERING}::test_answer_to_a_commitment_withdrawn_meanwhile_is_kept_and_marked_late",
        f"{LINKS}::test_words_typed_behind_a_link_that_ran_out_are_shown_to_be_copied",
    ],
    (34, "a person who says stop while emails leave"): [
        f"{LINKS}::test_one_click_stop_needs_no_cookie_and_answers_200_twice",
        f"{FOLLOW_UPS}::test_objection_to_one_forum_counts_for_all",
        f"{OUTBOX}::test_nothing_leaves_that_is_no_longer_wanted_at_the_last_moment",
    ],
    (35, "a disk that is full"): [
        f"{OUTBOX}::test_database_that_can_write_no_more_lets_nothing_leave_and_doubles_one_at_most",
        "senate_portal/test_bad_input.py::test_database_that_is_away_is_said_in_words_with_what_was_typed",
    ],
    (36, "migrations while people use the portal"): [
        f"{MIGRATING}::test_nobody_meets_an_error_or_waits_long_while_tables_in_use_are_changed",
        f"{MIGRATING}::test_code_of_before_can_leave_out_each_new_column_and_writes_while_indexes_are_made",
    ],
    (37, "a file that is no list, or a hostile one"): [
        "commitments/test_broken_files.py::test_what_cannot_be_read_is_refused_with_a_sentence",
        "commitments/test_broken_files.py::test_what_can_be_read_is_shown_and_nobody_is_added",
        "lib/test_tables.py::test_what_cannot_be_read_is_told_in_words",
    ],
    (38, "a list imported twice, or a person added by two at once"): [
        "commitments/test_importing.py::test_importing_again_changes_nothing",
        "commitments/test_importing_commitments.py::test_same_list_again_adds_nothing",
        "commitments/test_adding_at_once.py::test_the_slower_of_two_who_add_the_same_person_is_told",
    ],
    (39, "formulas in a file"): [
        "lib/test_spreadsheets.py::test_guard_defuses_formulas_and_unguard_gives_them_back",
        HOSTILE,
    ],
    (40, "line breaks in a header"): ["commitments/test_emails.py::test_line_break_in_a_header_is_refused", HOSTILE],
    (41, "scripts in a text"): [
        "commitments/test_emails.py::test_html_escapes_what_people_wrote_and_asks_for_nothing_from_elsewhere",
        HOSTILE,
    ],
    (42, "strange signs"): ["senate_portal/test_errors.py::test_nul_in_an_address_is_refused_in_words", HOSTILE],
    (43, "ten thousand answers while emails leave"): [
        f"{ANSWERING}::test_twenty_clicks_at_once_give_one_answer",
        "benchmarks/bench_answers.py::test_answering_while_a_wave_is_sent",
    ],
    (44, "ids of others"): ["test_access.py::test_ids_of_others_answer_exactly_as_ids_that_do_not_exist"],
    (45, "a flood of offers, or a huge one"): [
        "initiatives/test_submitting.py::test_a_flood_from_one_network_is_told_to_come_back_and_loses_nothing",
        "senate_portal/test_bad_input.py::test_large_bodies_are_refused_in_words",
    ],
    (46, "an entry approved while it is edited"): [
        "initiatives/test_publishing.py::test_approval_is_bound_to_the_version_that_was_read",
    ],
    (47, "somebody who left, or a lead of another area"): [
        "accounts/test_invitations.py::test_a_closed_account_is_signed_out_with_the_next_click",
        "test_access.py::test_a_lead_sees_drafts_of_their_own_area_only",
    ],
    (48, "spoofed hosts"): ["senate_portal/test_bad_input.py::test_spoofed_hosts_are_refused"],
    (49, "a changed secret key"): [f"{BOUNCES}::test_return_path_outlives_a_change_of_the_secret_key"],
    (50, "a restored backup"): [
        "commitments/test_restoring.py::test_a_restored_backup_brings_nobody_back_and_sends_nothing",
    ],
}


def test_every_fault_is_tried():
    assert [number for number, _ in FAULTS] == list(range(1, 51))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]}")
def test_tests_of_a_fault_are_there(fault):
    assert FAULTS[fault]
    for address in FAULTS[fault]:
        path, name = address.split("::")
        functions = [
            node.name for node in ast.parse((ROOT / path).read_text()).body if isinstance(node, ast.FunctionDef)
        ]
        assert name in functions, address
