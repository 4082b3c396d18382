"""On paper: casusinbreng, stem and verslag, with the code and no name or empty to write on; and what a WEL-tafel is."""

from dataclasses import dataclass
from datetime import date

from access.pdf import render_pdf
from meetings.models import questions_of
from meetings.rules.voice import QUESTIONS, Question

TEMPLATE = "meetings/pdf/bringing.html"
MINUTES_TEMPLATE = "meetings/pdf/minutes.html"
MINUTES_FILE = "wel-verslag.pdf"  # nothing in it tells about whom it is
MEMORY_BYTES = 768 * 1024**2  # a few pages of plain text, made while somebody waits
# On the empty form: height of the lines under a question, so that twelve questions fill two pages.
ROOM = range(3)


@dataclass(frozen=True)
class Answered:
    number: int
    question: str
    answer: str


@dataclass(frozen=True)
class BringingPaper:
    title: str
    version: int
    code: str  # "" on an empty form
    on: date | None
    answers: tuple[Answered, ...]
    is_blank: bool

    @property
    def lines(self):
        return ROOM

    @property
    def file_name(self):
        """Nothing in it tells about whom it is."""
        return "wel-casusinbreng-leeg.pdf" if self.is_blank else "wel-casusinbreng.pdf"


def bringing_paper(bringing, *, blank=False):
    questions = questions_of(bringing.question_list)
    return BringingPaper(
        title=bringing.question_list.title,
        version=bringing.question_list.number,
        code="" if blank else bringing.case.code,
        on=None if blank else bringing.updated_at.date(),
        answers=tuple(
            Answered(number, question.text, "" if blank else bringing.answer_to(question))
            for number, question in enumerate(questions, 1)
        ),
        is_blank=blank,
    )


def pdf_of(paper):
    return render_pdf(TEMPLATE, {"paper": paper}, memory_bytes=MEMORY_BYTES)


def pdf_of_minutes(minutes):
    """What stands on the page (meetings/minutes.py), without what is only for who works on the jeugdige."""
    return render_pdf(MINUTES_TEMPLATE, {"minutes": minutes}, memory_bytes=MEMORY_BYTES)


@dataclass(frozen=True)
class Asked:
    """A question of the stem with the lines under it, so that eight of them fill two pages."""

    question: Question
    lines: int

    @property
    def room(self):
        return range(self.lines)


LINES = {"naam": 2, "gaat": 0, "blij": 4, "droom": 6, "goed": 4, "lastig": 4, "wie": 4, "meedoen": 4}
VOICE_NAME, ABOUT_NAME = "wel-stem-van-de-jongere-leeg.pdf", "wel-informatie-wel-tafel.pdf"


def blank_voice():
    asked = tuple(Asked(question, LINES[question.key]) for question in QUESTIONS)
    return render_pdf("meetings/pdf/voice_blank.html", {"asked": asked}, memory_bytes=MEMORY_BYTES)


def about_table():
    return render_pdf("meetings/pdf/about_table.html", {}, memory_bytes=MEMORY_BYTES)
