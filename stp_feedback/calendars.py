"""Forums as calendar files. A forum is known by its day alone, so it fills the day."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from stp_feedback.models import Forum

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar(forums: Iterable[Forum]) -> bytes:
    """Needs forums read with `for_calendar`, which tells calendars which of two files is the newer."""
    file = Calendar()
    file.add("prodid", f"-//{settings.SENATE_NAME}//{settings.SERVICE_NAME}//EN")
    file.add("version", "2.0")
    file.add("x-wr-calname", f"Forums of the {settings.SENATE_NAME}")
    for forum in forums:
        file.add_component(_event(forum))
    return bytes(file.to_ical())


def _event(forum: Any) -> Event:
    event = Event()
    event.add("uid", f"{forum.slug}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", forum.changed_at)
    event.add("last-modified", forum.changed_at)
    event.add("sequence", forum.changes - 1)
    event.add("summary", forum.title)
    event.add("dtstart", forum.held_on)
    event.add("dtend", forum.held_on + timedelta(days=1))
    event.add("url", f"{settings.SITE_URL}{forum.get_absolute_url()}")
    event.add("transp", "TRANSPARENT")
    if forum.venue:
        event.add("location", forum.venue)
    if notes := [note for note in (forum.date_note, forum.introduction) if note]:
        event.add("description", "\n\n".join(notes))
    return event
