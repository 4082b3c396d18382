"""An invitation as calendars read it (RFC 5545 and 5546): the code of the jeugdige, a time, a place, and no name."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//WEL in Ontwikkeling//Tafel//NL"


@dataclass(frozen=True)
class Entry:
    """One version of an invitation for one person: `sequence` counts the versions, `uid` stays."""

    uid: UUID
    sequence: int
    title: str
    text: str
    place: str
    url: str
    starts_at: datetime
    ends_at: datetime
    to: str
    is_off: bool = False

    @property
    def method(self):
        return "CANCEL" if self.is_off else "REQUEST"


def write(entry):
    """The bytes of an .ics file. Times are in UTC, so that no calendar has to know our time zone."""
    event = Event()
    event.add("uid", f"{entry.uid}@wel")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("location", entry.place)
    if entry.url:
        event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", _organizer())
    # Only the address that this mail goes to: who else comes is no business of a calendar.
    attendee = vCalAddress(f"mailto:{entry.to}")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["RSVP"] = vText("FALSE")  # the answer goes by the link in the mail
    event.add("attendee", attendee, encode=0)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", entry.method)
    calendar.add_component(event)
    return calendar.to_ical()


def attachment(entry):
    """(name, contents, type) for a mail."""
    return "uitnodiging.ics", write(entry).decode(), f"text/calendar; method={entry.method}"


def _organizer():
    address = sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8")
    organizer = vCalAddress(f"mailto:{address.rpartition('<')[2].rstrip('>')}")
    organizer.params["CN"] = vText("WEL in Ontwikkeling")
    return organizer
