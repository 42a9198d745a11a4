"""Staff's own lists about entries, as files. What readers and contacts told of themselves stays out."""

from initiatives.models import Confirmation, Contact, Initiative, Link, ProblemReport, Theme
from senate_portal.lib.spreadsheets import ListFile
from senate_portal.lib.templates import day, moment


def entry_row(entry: Initiative) -> list[str]:
    return [
        entry.title,
        entry.get_publication_display(),
        moment(entry.updated_at),
        entry.last_edited_by,
        day(entry.verified_on),
    ]


ENTRIES = ListFile(
    name="entries",
    title="Entries",
    columns={"Title": 50, "State": 20, "Last changed": 36, "By": 30, "Last checked": 28},
    row=entry_row,
)


def to_complete_row(entry: Initiative) -> list[str]:
    return [
        entry.title,
        entry.get_evaluation_status_display(),
        day(entry.results_expected_on),
        "; ".join(contact.name for contact in entry.contacts.all() if not contact.email),
        "; ".join(link.label for link in entry.links.all() if not link.address),
    ]


TO_COMPLETE = ListFile(
    name="to-complete",
    title="Initiatives to complete",
    columns={
        "Title": 50,
        "Evaluation": 24,
        "Result expected on": 28,
        "Contacts without email": 40,
        "Links without address": 40,
    },
    row=to_complete_row,
)


def problem_row(report: ProblemReport) -> list[str]:
    return [
        report.initiative.title,
        report.text,
        report.get_origin_display(),
        moment(report.reported_at),
        moment(report.settled_at),
        report.settled_by.name if report.settled_by else "",
        report.outcome,
    ]


PROBLEMS = ListFile(
    name="problems",
    title="Problems with entries",
    columns={
        "Entry": 50,
        "What is wrong": 60,
        "Told by": 24,
        "Told": 36,
        "Settled": 36,
        "Settled by": 24,
        "What came of it": 50,
    },
    row=problem_row,
)


def link_row(link: Link) -> list[str]:
    return [
        link.initiative.title,
        link.label,
        link.address,
        link.get_kind_display(),
        link.get_check_result_display(),
        moment(link.last_checked_at),
    ]


LINKS = ListFile(
    name="links",
    title="Links of entries",
    columns={"Entry": 50, "Link": 40, "Address": 50, "Kind": 20, "When last tried": 30, "Last tried": 36},
    row=link_row,
)


def silent_row(asked: Confirmation) -> list[str]:
    return [asked.initiative.title, asked.name, day(asked.asked_at), asked.failure]


SILENT_CONTACTS = ListFile(
    name="silent-contacts",
    title="Contacts who did not answer",
    columns={"Entry": 50, "Contact": 30, "Asked on": 28, "Why it was not sent": 40},
    row=silent_row,
)


def lost_row(contact: Contact) -> list[str]:
    """Of `contacts.lost`."""
    failure, others = (getattr(contact, name) for name in ("failure", "others"))
    return [
        contact.initiative.title,
        contact.name,
        day(contact.left_on),
        contact.left_note if contact.left_on else failure,
        "Another contact" if others else "Nobody",
    ]


CONTACTS_LOST = ListFile(
    name="contacts-lost",
    title="Contacts lost",
    columns={"Entry": 50, "Contact": 30, "Left on": 28, "What happened": 40, "Who else can be asked": 24},
    row=lost_row,
)


def theme_row(theme: Theme) -> list[str | int]:
    """Of themes with the counts of their list."""
    published, all_entries = (getattr(theme, name) for name in ("published", "all_entries"))
    return [theme.name, theme.description, published, all_entries - published]


THEMES = ListFile(
    name="themes",
    title="Themes",
    columns={"Theme": 40, "Description": 60, "Published entries": 18, "Other entries": 18},
    row=theme_row,
)
