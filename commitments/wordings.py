"""What staff write into the emails of one forum's follow-up: between the greeting, and the lines on how to stop.

Those two stay ours. In between stand paragraphs with names in braces, which each email fills in.
"""

import re

from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string

from commitments import follow_ups
from commitments.models import Wave, Wording
from senate_portal.accounts.models import User

ANYWHERE = {"senate", "forum", "held_on", "closes_on"}
# Each of these stands alone as a paragraph, and none may be missing.
PARAGRAPHS = {
    Wording.Letter.ASK: {"commitments", "link"},
    Wording.Letter.REMINDER: {"commitments", "link"},
    Wording.Letter.WITHOUT: set(),
}


def standard(letter: str) -> tuple[str, str]:
    """The subject and text that the form offers first."""
    subject, body = render_to_string(f"commitments/emails/wording/{Wording.Letter(letter).value}.txt").split("\n", 1)
    return subject, body.strip()


def problem_of(letter: str, subject: str, body: str) -> str:
    """Why it cannot be sent like that, in words; nothing when it can."""
    alone = PARAGRAPHS[Wording.Letter(letter)]
    paragraphs = [paragraph.strip() for paragraph in re.split(r"\n\s*\n", body)]
    for name in sorted(alone):
        if paragraphs.count(f"{{{name}}}") != 1:
            return f"{{{name}}} must stand once, as a paragraph of its own with an empty line before and after it."
    rest = " ".join([subject, *(one for one in paragraphs if one.strip("{}") not in alone)])
    unknown = [name for name in re.findall(r"\{([^{}]*)\}", rest) if name not in ANYWHERE]
    if unknown:
        return f"{{{unknown[0]}}} is no name that an email fills in here."
    return "A brace stands alone. Names stand between { and }." if re.search(r"\{[^}]*$|^[^{]*\}", rest) else ""


@transaction.atomic
def write(wave: Wave, letter: str, *, subject: str, body: str, by: User) -> Wording | None:
    """A new version, where it differs from the one that stands. Emails that were written keep theirs."""
    wave = follow_ups.locked(wave)
    if wave.state in Wave.ENDED:
        raise follow_ups.CannotFollowUpError("This follow-up has ended.")
    latest = wave.wordings.filter(letter=letter).order_by("-version").first()
    if (latest.subject, latest.body) == (subject, body) if latest else not body:
        return latest
    version = (wave.wordings.filter(letter=letter).aggregate(last=Max("version"))["last"] or 0) + 1
    return wave.wordings.create(letter=letter, version=version, subject=subject, body=body, by=by)
