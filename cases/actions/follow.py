"""Writes of volgen and nazorg: an event brings its moments along, and rounding off asks what must be there."""

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from cases.actions.closing import closing_of, keep_until
from cases.actions.status import change_status
from cases.journey_view import journey_texts
from cases.models import Case, FollowEvent, FollowUp, Journey, scope_of
from cases.rules import closing as rules
from cases.rules.journey import missing_items


@transaction.atomic
def add_event(*, case, values, by):
    """Write down what happened; what somebody does because of it comes on Vandaag."""
    case = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)
    event = FollowEvent(**scope_of(case), recorded_by=by, **values)
    event.save(force_insert=True)
    FollowUp.objects.bulk_create(
        FollowUp(**scope_of(case), kind=kind, due_on=due_on)
        for kind, due_on in rules.moments_after(event.kind, event.happened_on)
    )
    return event


def change_event(*, event, values, version, by):
    """False, and nothing changed, when it was changed elsewhere since `version`. Moments that were planned stay."""
    found = FollowEvent.objects.editable_by(by).filter(pk=event.pk, version=version)
    return bool(found.update(**values, recorded_by=by, recorded_at=timezone.now(), version=F("version") + 1))


@transaction.atomic
def plan_moment(*, case, due_on, by):
    """A moment that somebody adds: it needs no event."""
    case = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)
    moment = FollowUp(**scope_of(case), kind=FollowUp.Kind.AFTERCARE, due_on=due_on)
    moment.save(force_insert=True)
    return moment


@transaction.atomic
def finish_moment(*, moment, values, by):
    """False when somebody finished it meanwhile. "Weer thuis" is an event too, with its own next moment."""
    open_ones = FollowUp.objects.editable_by(by).open().filter(pk=moment.pk)
    if not open_ones.update(**values, done_by=by, version=F("version") + 1):
        return False
    if values["outcome"] == FollowUp.Outcome.HOME:
        FollowUp.objects.editable_by(by).open().filter(case=moment.case, kind=FollowUp.Kind.AFTERCARE).update(
            outcome=FollowUp.Outcome.NOT_NEEDED, done_on=values["done_on"], done_by=by, version=F("version") + 1
        )
        relapse = {"kind": FollowEvent.Kind.RELAPSE, "happened_on": values["done_on"], "note": values["note"]}
        add_event(case=moment.case, values={**relapse, "movement": FollowEvent.Movement.DOWN}, by=by)
    return True


def checks_of(case, user, today, *, reis=None, closing=None, events=None, moments=None):
    """What must be there before `case` is rounded off; rows that the page has already are handed over."""
    reis = Journey.objects.visible_to(user).filter(case=case).first() or Journey()
    if events is None:
        events = list(FollowEvent.objects.visible_to(user).filter(case=case))
    if moments is None:
        moments = list(FollowUp.objects.visible_to(user).filter(case=case))
    enrolled = [event.happened_on for event in events if event.kind == FollowEvent.Kind.ENROLLED]
    return rules.checks(
        missing_items=len(missing_items(journey_texts(reis))),
        keeper=(closing or closing_of(case, user)).keeper,
        open_moments=sum(not moment.outcome for moment in moments),
        enrolled_on=max(enrolled, default=None),
        today=today,
    )


class NotReady(Exception):
    """Something is not there, and nobody said why it is rounded off all the same."""


@transaction.atomic
def round_off(*, case, version, on, exception, by, today):
    """False when a colleague changed the case since `version`. Raises NotReady."""
    locked = Case.objects.editable_by(by).select_for_update(no_key=True).get(pk=case.pk)
    if locked.version != version or locked.status == Case.Status.DONE:
        return False
    if rules.missing(checks_of(locked, by, today)) and not exception:
        raise NotReady
    keep_until(case=locked, on=on, by=by, exception=exception)
    return change_status(case=locked, version=version, by=by, status=Case.Status.DONE, on=on)


def propose_removals():
    """Put on record whose day has come, and say how many; nothing is removed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.propose_removals()")
        return cursor.fetchone()[0]
