"""Invented aftermath: who was phoned after a table, whether the advice of an older one worked, and a moreel beraad."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cases.models import Case
from demo.tables import BY, SWV, hold
from demo.teams import working_day
from meetings.actions.meeting import close_meeting, plan_meeting
from meetings.actions.moral import card_of, save_card
from meetings.actions.reflection import reflection_of, save_reflection, skip, to_call
from meetings.actions.review import review_of, save_review
from meetings.models import AgendaItem, MoralCard, WelTeam
from meetings.rules.kinds import Kind
from meetings.rules.review import Moment

LONG_AGO, YESTERDAY = 150, 1
SAID = (
    ("Verzonnen reflectie: in een uur was er een plan waar iedereen iets aan doet.", "", "proces"),
    ("Verzonnen reflectie: eerst luisteren, dan pas denken.", "De tafel was wat vol.", "houding"),
)
REVIEW = {
    "worked": "deels",
    "happened": "Verzonnen terugblik: twee ochtenden op de zorgboerderij. De derde was te veel.",
    "autonomy": "ja",
    "autonomy_note": "Kiest zelf welke ochtend.",
    "competence": "deels",
    "competence_note": "Het hek is af, en dat mag iedereen zien.",
    "belonging": "onbekend",
    "belonging_note": "",
    "next_step": "Samen eten met de andere helpers, één keer.",
    "needs_table": True,
}
CARD = {
    "question": "Hoe lang mogen we wachten op wat een jongere zelf wil?",
    "leader": "gespreksleider, Hogeschool Denkbeeld",
    "method": MoralCard.Method.DILEMMA,
    "method_other": "",
    "considerations": [
        {"perspective": "de jongere", "text": "Wachten geeft ruimte. Te lang wachten voelt als niet meedoen."},
        {"perspective": "ouders", "text": "Rust in huis is ook vooruitgang."},
        {"perspective": "de plek die vrij is", "text": "Een plek vrijhouden kost een ander zijn beurt."},
    ],
    "conclusion": "Wachten mag, met een afgesproken dag waarop we opnieuw vragen.",
    "policy": "Het rustpunt krijgt een einddatum in onze afspraken met de scholen.",
}


def tell(playing, cast, days_ago, held):
    """By ordinary actions; `held` is the table of some weeks ago. Nobody phoned yet after the one of yesterday."""
    with playing(cast, BY) as user:
        _phone(held, user, days_ago)
        team = WelTeam.objects.editable_by(user).filter(swv__key=SWV, ends_on=None).first()
        without = Case.objects.editable_by(user).filter(swv__key=SWV, closed_on=None)
        without = without.exclude(pk__in=AgendaItem.objects.visible_to(user).values("case")).order_by("pk")
        long_ago, yesterday = without[:2]
        older = hold(team, long_ago, user, days_ago(LONG_AGO))
        hold(team, yesterday, user, days_ago(YESTERDAY))
        review = review_of(older, Moment.WEEKS, user)
        looked_on = days_ago(LONG_AGO - 30)
        assert save_review(review=review, values=REVIEW | {"held_on": looked_on}, version=0, by=user)
        _weigh(team, user, days_ago)


def _phone(item, user, days_ago):
    people = list(to_call(item, user).exclude(user=user).order_by("pk"))
    for person, (worked, better, theme) in zip(people, SAID, strict=False):
        values = {"called_on": days_ago(43), "worked": worked, "better": better, "theme": theme}
        reflection = reflection_of(item, person, user)
        assert save_reflection(reflection=reflection, values=values, version=0, by=user)
    for person in people[len(SAID) :]:
        assert skip(item=item, participant=person, by=user)


def _weigh(team, user, days_ago):
    start = timezone.make_aware(datetime.combine(working_day(days_ago(17)), time(15, 30)))
    when = {"starts_at": start, "ends_at": start + timedelta(hours=1, minutes=30)}
    place = {"place_kind": team.place_kind, "place": team.default_place}
    topic = "Wachten of doorgaan"
    meeting = plan_meeting(team=team, values={"kind": Kind.MORAL, "topic": topic, **place, **when}, by=user)
    assert save_card(card=card_of(meeting, user), values=CARD, version=0, by=user)
    assert close_meeting(meeting=meeting, by=user)
