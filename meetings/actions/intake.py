"""Writes of the way to the table: a step at a time and in order, then aangemeld, then accepted by the coördinator."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from access import audit
from cases.actions.journey import locked
from cases.actions.status import change_status
from cases.models import Case, scope_of
from cases.rules.status import is_closed
from meetings.actions.bringing import begin_bringing
from meetings.models import AgendaItem, Intake
from meetings.rules.intake import may_begin_again

# Who stands here is as far as aangemeld, or further: entering moves nobody back.
AT_THE_TABLE = (Case.Status.ENTERED, Case.Status.PLANNED, Case.Status.DISCUSSED)


def intake_of(case, user):
    """The newest; one that is not stored yet when nothing was written down."""
    found = Intake.objects.visible_to(user).filter(case=case)
    row = found.select_related("contact_with", "entered_by", "accepted_by", "updated_by").first()
    return row or Intake(**scope_of(case), version=0)


@transaction.atomic
def save_step(*, case, step, values, version, by):
    """False, and nothing changed, when it was changed or entered since `version`, or what comes first is not there."""
    case = locked(case, by)
    row = intake_of(case, by)
    if row.version != version or row.is_entered or not row.may_do(step):
        return False
    if row.pk:
        return _change(row, by, **values)
    Intake(**scope_of(case), updated_by=by, **values).save(force_insert=True)
    return True


@transaction.atomic
def enter(*, case, version, by, today):
    """The youth is aangemeld: the coördinator has the next step, and the casusinbreng is begun."""
    case = locked(case, by)
    row = intake_of(case, by)
    if row.version != version or row.is_entered or not row.is_done("contact") or is_closed(case.status):
        return False
    _change(row, by, entered_at=timezone.now(), entered_by=by)
    begin_bringing(case=case, by=by, today=today)
    if case.status not in AT_THE_TABLE:
        change_status(case=case, version=case.version, by=by, status=Case.Status.ENTERED, on=today)
    audit.record("table_entered", case_id=case.pk)
    return True


@transaction.atomic
def take_back(*, case, version, by, today):
    """As long as it is not accepted."""
    case = locked(case, by)
    row = intake_of(case, by)
    if row.version != version or not row.is_entered or row.is_accepted:
        return False
    _change(row, by, entered_at=None, entered_by=None)
    if case.status == Case.Status.ENTERED:
        change_status(case=case, version=case.version, by=by, status=Case.Status.PREPARING, on=today)
    audit.record("table_taken_back", case_id=case.pk)
    return True


@transaction.atomic
def accept(*, case, version, by):
    """By a coördinator of the SWV; the database refuses anybody else."""
    case = locked(case, by)
    row = intake_of(case, by)
    if row.version != version or not row.is_entered or row.is_accepted:
        return False
    _change(row, by, accepted_at=timezone.now(), accepted_by=by)
    audit.record("table_accepted", case_id=case.pk)
    return True


def goes_again(row, case, by):
    """Whether a new aanmelding may follow this one."""
    if not row.is_accepted or is_closed(case.status):
        return False
    held = AgendaItem.objects.visible_to(by).filter(case=case, status=AgendaItem.Status.DISCUSSED)
    last = held.order_by("-starts_at").values_list("ends_at", flat=True).first()
    return may_begin_again(accepted_at=row.accepted_at, last_table_at=last, moved_at=case.consent_from)


@transaction.atomic
def begin_again(*, case, version, by):
    """A new aanmelding that knows what was done: the school, and in the same samenwerkingsverband what that did too."""
    case = locked(case, by)
    row = intake_of(case, by)
    if row.version != version or not goes_again(row, case, by):
        return False
    moved = case.consent_from is not None and case.consent_from > row.accepted_at
    known = ("mdo",) if moved else ("mdo", "swv_step")
    done = {f"{name}_{rest}": getattr(row, f"{name}_{rest}") for name in known for rest in ("on", "result", "skip")}
    Intake(**scope_of(case), updated_by=by, **done).save(force_insert=True)
    return True


def _change(row, by, **values):
    mine = Intake.objects.editable_by(by).filter(pk=row.pk, version=row.version)
    return bool(mine.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1))
