"""One row of Vandaag: when, what, and the way to the next step."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    when: str
    title: str
    note: str
    url: str
    action: str
    when_note: str = ""
