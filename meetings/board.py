"""What the live table shows: the wensdroom, who is there, and what was written so far; names of the youth never."""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from access.dutch_dates import date_text
from cases.models import Journey
from meetings.models import Action, Participant, TableNote, VoiceAnswer
from meetings.rules.due import Horizon, due_at
from meetings.rules.voice import QUESTIONS


@dataclass(frozen=True)
class Step:
    key: str
    label: str
    prompt: str
    note: str = ""  # what a line in this step is, when it is no promise


STEPS = (
    Step("welkom", "Welkom", "Wie ben je en waarom zei je ja?"),
    Step("wensdroom", "Wensdroom", "Wat wil de jongere het liefst?"),
    Step("werkte", "Wat werkte al", "Wanneer ging het wel goed?", TableNote.Step.WORKED),
    Step("kan", "Wat kan WEL", "Leuk, gek of goed: alles mag erbij.", TableNote.Step.IDEA),
    Step("wie", "Wie doet wat", "Wat is de kleinste stap, en wie doet die?"),
    Step("rondje", "Rondje", "Wat ga jij morgen anders doen?", TableNote.Step.ROUND),
)
EMPTY = {
    Horizon.HOURS: "Nog leeg. Wat kan vandaag al?",
    Horizon.DAYS: "Nog leeg. Wat lukt deze week?",
    Horizon.WEEKS: "Nog leeg. Wat willen we over een maand zien?",
    Horizon.MONTHS: "Nog leeg. Wat gunnen we deze jongere straks?",
}


@dataclass(frozen=True)
class Lane:
    horizon: str
    label: str
    due: str
    empty: str
    actions: list


def step_of(key):
    """The step of this name; of an unknown one, where promises are made."""
    return next((step for step in STEPS if step.key == key), STEPS[4])


def people_at(item, user):
    """Who sits at this table, with the words by which one calls them."""
    found = Participant.objects.visible_to(user).at_table().filter(item=item).select_related("user").order_by("id")
    return list(found)


def called(person):
    """Words behind an @: of who has an account the name, of a partner the work, else the role."""
    if person.user:
        return person.user.name.split()
    return [*person.function.split(), *person.organisation.split()] or [person.get_role_display().split()[-1]]


def lanes_of(item, user):
    """The promises by horizon, each lane with its moment counted from the end of the slot."""
    actions = Action.objects.visible_to(user).standing().filter(item=item).select_related("participant__user")
    found = list(actions.order_by("created_at", "id"))
    return [
        Lane(
            horizon,
            horizon.label,
            _due_text(horizon, item.ends_at),
            EMPTY[horizon],
            [action for action in found if action.horizon == horizon],
        )
        for horizon in Horizon
    ]


def notes_of(item, user, kind):
    notes = TableNote.objects.visible_to(user).standing().filter(item=item, step=kind)
    return list(notes.select_related("participant__user", "created_by"))


def stem_of(item, user):
    """(question, answer) of what the youth gave the table; what they want to be called is not for a screen."""
    given = VoiceAnswer.objects.given_to_table(user).filter(case=item.case_id)
    found = {answer.question: answer for answer in given.exclude(question="naam").order_by("pk")}
    return [
        (question.text, "\n".join(filter(None, (question.choice_word(said.choice), said.text))))
        for question in QUESTIONS
        if (said := found.get(question.key))
    ]


def wensdroom_of(item, user, works):
    """(words, day) in the youth's own words; for a guest through the function that knows what a table may read."""
    if works:
        journey = Journey.objects.visible_to(user).filter(case=item.case_id).only("wensdroom", "wensdroom_on").first()
        return (journey.wensdroom, journey.wensdroom_on) if journey else ("", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wensdroom, wensdroom_on FROM access.table_page(%s)", [item.pk])
        return cursor.fetchone() or ("", None)


def time_left(item, now):
    """ "nog 18 min"; no alarm: at the end a calm word, and nothing stops."""
    if now < item.starts_at:
        return f"begint om {timezone.localtime(item.starts_at):%H.%M} uur"
    minutes = -(-(item.ends_at - now).total_seconds() // 60)
    return f"nog {minutes:.0f} min" if minutes > 0 else "de tijd is om, rond rustig af"


def _due_text(horizon, ends_at):
    moment = timezone.localtime(due_at(horizon, ends_at))
    if horizon == Horizon.HOURS:
        return f"vóór {moment:%H.%M} uur"
    return date_text(moment.date(), timezone.localdate())
