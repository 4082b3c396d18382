"""Writes of the first contact: an attempt, and the name that a signaal gets when it becomes known."""

from django.db import transaction
from django.db.models import F, Q

from cases.actions.consent import locked
from cases.identity import save_identity
from cases.models import Case, ContactAttempt, scope_of


@transaction.atomic
def record_contact(*, case, by, **fields):
    """Somebody was approached. Only a real contact counts as the last one; nobody at home does not."""
    case = locked(case, by)
    attempt = ContactAttempt(**scope_of(case), recorded_by=by, **fields)
    attempt.save(force_insert=True)
    mine = Case.objects.known_to(by).filter(pk=case.pk)
    if attempt.was_contact:
        mine.filter(Q(last_contact_on=None) | Q(last_contact_on__lt=attempt.made_on)).update(
            last_contact_on=attempt.made_on
        )
    mine.filter(status=Case.Status.SIGNAL).update(status=Case.Status.APPROACHED, version=F("version") + 1)
    return attempt


@transaction.atomic
def name_signal(*, case, person, by):
    """From now on it is known who this is; consent is still to be asked. False when a colleague was first."""
    case = locked(case, by)
    if not case.is_signal:
        return False
    save_identity(case.pk, person)
    Case.objects.known_to(by).filter(pk=case.pk).update(
        is_signal=False,
        birth_year=person.born_on.year,
        birth_month=person.born_on.month,
        version=F("version") + 1,
    )
    return True
