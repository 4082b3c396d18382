"""Writes about who was there: the same person is one row of the register, on as many lists as need be."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from meetings.models import Participation, Professional, ProfessionalAddress
from meetings.refusals import rule_of


@transaction.atomic
def add_people(*, activity, people, by):
    """`people` as rules.attendance.read_people gives them. Says how many came on the list that were not there yet."""
    known = _known(activity, people, by)
    new = [person for person in people if person.key not in known]
    Professional.objects.bulk_create(
        [
            Professional(
                swv_id=activity.swv_id, name=one.name, organisation=one.organisation, function=one.function,
                updated_by=by,
            )
            for one in new
        ],
        ignore_conflicts=True,  # a colleague was first with the same person
    )  # fmt: skip
    rows = _known(activity, people, by) if new else known
    _complete(people, rows, known, by)
    return _list(activity, rows.values(), by)


def _known(activity, people, by):
    mine = Professional.objects.editable_by(by).filter(swv_id=activity.swv_id, key__in=[one.key for one in people])
    return {row.key: row for row in mine}


def _complete(people, rows, known, by):
    """What was not known yet of somebody is written down; what was known stays."""
    mail = ProfessionalAddress.objects.editable_by(by).filter(professional__in=list(rows.values()))
    with_mail = {address.professional_id: address for address in mail}
    fresh = []
    for person in people:
        row = rows[person.key]
        if person.function and person.key in known and not row.function:
            mine = Professional.objects.editable_by(by).filter(pk=row.pk, version=row.version)
            mine.update(function=person.function, **_by(by))
        if not person.email:
            continue
        if row.pk not in with_mail:
            fresh.append(ProfessionalAddress(professional=row, email=person.email))
        elif not with_mail[row.pk].email:
            ProfessionalAddress.objects.editable_by(by).filter(professional=row).update(email=person.email)
    ProfessionalAddress.objects.bulk_create(fresh, ignore_conflicts=True)


def _list(activity, professionals, by):
    listed = Participation.objects.editable_by(by).filter(activity=activity, professional__in=list(professionals))
    stood = {row.professional_id: row for row in listed}
    back = [row.pk for row in stood.values() if row.removed_at]
    again = Participation.objects.editable_by(by).filter(pk__in=back)
    again.update(removed_at=None, added_by=by, added_at=timezone.now())
    fresh = [Participation(activity=activity, professional=one, added_by=by) for one in professionals]
    fresh = [row for row in fresh if row.professional_id not in stood]
    Participation.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh) + len(back)


def take_off_list(*, participation, by):
    mine = Participation.objects.editable_by(by).filter(pk=participation.pk, removed_at=None)
    return bool(mine.update(removed_at=timezone.now()))


def put_on_list(*, participation, by):
    mine = Participation.objects.editable_by(by).filter(pk=participation.pk).exclude(removed_at=None)
    return bool(mine.update(removed_at=None, added_by=by, added_at=timezone.now()))


@transaction.atomic
def change_professional(*, professional, values, email, version, by):
    """False when it was changed elsewhere since `version`; None when this register has the same person already."""
    mine = Professional.objects.editable_by(by).filter(pk=professional.pk, version=version)
    try:
        with transaction.atomic():
            if not mine.update(**values, **_by(by)):
                return False
    except IntegrityError as error:
        if rule_of(error) != "professional_once":
            raise
        return None
    addresses = ProfessionalAddress.objects.editable_by(by).filter(professional=professional)
    if not addresses.update(email=email) and email:
        ProfessionalAddress(professional=professional, email=email).save(force_insert=True)
    return True


def _by(user):
    return {"updated_by": user, "updated_at": timezone.now(), "version": F("version") + 1}
