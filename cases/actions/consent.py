"""Writes of consent: a statement is added, the rules are asked again, and sharing opens or closes with it."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import F

from access.school_year import school_year_end
from cases.actions.removal import start_removal
from cases.models import NOT_SHARED, Authority, Case, Consent, ConsentTerms, last_answers, scope_of
from cases.rules import consent as rules

ANSWERS = {
    Consent.Answer.ASKED: rules.Answer.ASKED,
    Consent.Answer.GIVEN: rules.Answer.GIVEN,
    Consent.Answer.REFUSED: rules.Answer.REFUSED,
    Consent.Answer.WITHDRAWN: rules.Answer.WITHDRAWN,
}
# Of these everybody who works on the case reads the last day.
READ_BY_ALL = (
    Consent.Purpose.SHARE,
    Consent.Purpose.INTERVIEW,
    Consent.Purpose.STORY,
    Consent.Purpose.REASONS,
    Consent.Purpose.TABLE,
)
LONGEST = timedelta(days=730)
PARENTS = (Consent.Person.PARENT, Consent.Person.SECOND_PARENT)
SHORT = 60  # days; consent that would end sooner than this runs on to the end of the next school year


def default_expiry(today):
    """The end of the school year, or of the next one when that is near."""
    end = school_year_end(today)
    return end if (end - today).days >= SHORT else end.replace(year=end.year + 1)


def parents_of(case):
    """The keys of the parents with authority, as the rules want them."""
    return PARENTS[: case.parents_with_authority]


def deciders_of(case, born_on, today):
    """Who must all agree today, as persons of a statement; a parent is asked for while none is on record."""
    persons = rules.deciders(rules.age_on(born_on, today), parents_of(case), case.cannot_judge)
    return [person for person in Consent.Person if person in persons] or [Consent.Person.PARENT]


def as_rules(statements):
    return [
        rules.Statement(
            person=str(row.person),
            purpose=row.purpose,
            answer=ANSWERS[row.answer],
            answered_on=row.answered_on,
            expires_on=row.expires_on,
            number=row.pk,
        )
        for row in statements
    ]


# What was agreed to without naming who would read along holds wherever the youth goes.
WHEREVER = (Consent.Purpose.STORY, Consent.Purpose.MONITOR)


def still_counting(case, statements, purpose):
    """What was said to the team of another SWV, before a handover, is history here (R11.2: with new consent)."""
    if case.consent_from is None or purpose in WHEREVER:
        return statements
    return [row for row in statements if row.recorded_at is None or row.recorded_at >= case.consent_from]


def state_of(case, statements, purpose, born_on, today, *, terms=None):
    """The answer of the rules for one purpose; some last days everybody reads who works on the case.

    A page about several purposes fetches the `terms` of today once.
    """
    terms = terms or ConsentTerms.on(today)
    consent = rules.consent_state(
        as_rules(still_counting(case, statements, purpose)),
        purpose,
        born_on,
        [str(parent) for parent in parents_of(case)],
        case.cannot_judge,
        today,
        grace_days=terms.grace_days,
    )
    if purpose not in READ_BY_ALL:
        return consent
    return rules.told_by_month(consent, born_on, today, grace_days=terms.grace_days)


def locked(case, user):
    """The case as it is now, held until the end of the transaction; only for leerplicht of it."""
    return Case.objects.known_to(user).select_for_update().get(pk=case.pk)


@transaction.atomic
def record_consent(*, case, persons, by, born_on, today, **fields):
    """Add one statement per person. Two at once wait for each other, so that the last one decides on all of them.

    Where a no ends what was allowed, the decision about what was written down starts with it (R2.4).
    """
    case = locked(case, by)
    closes = fields["answer"] in Consent.Answer.closing()
    was_valid = closes and _is_valid(case, fields["purpose"], by, born_on, today)
    Consent.objects.bulk_create(
        Consent(**scope_of(case), person=person, recorded_by=by, **fields) for person in persons
    )
    renew_sharing(case=case, by=by, born_on=born_on, today=today)
    if (was_valid or fields["answer"] == Consent.Answer.WITHDRAWN) and not _is_valid(
        case, fields["purpose"], by, born_on, today
    ):
        start_removal(case=case, by=by, today=today)
    return case


def _is_valid(case, purpose, by, born_on, today):
    statements = list(Consent.objects.visible_to(by).filter(case=case, purpose=purpose))
    return state_of(case, statements, purpose, born_on, today).is_valid


@transaction.atomic
def withdraw_consent(*, statement, by, born_on, today):
    """The person of `statement` takes it back. The database closes the case as soon as this row is there."""
    record_consent(
        case=statement.case,
        persons=[statement.person],
        by=by,
        born_on=born_on,
        today=today,
        purpose=statement.purpose,
        answer=Consent.Answer.WITHDRAWN,
        answered_on=today,
        parties=statement.parties,
    )


def state_without(statement, born_on, today, *, by):
    """The answer of the rules once the person of `statement` has taken it back today."""
    case = statement.case
    rows = list(Consent.objects.visible_to(by).filter(case=case, purpose=statement.purpose))
    taken_back = Consent(
        pk=max(row.pk for row in rows) + 1,
        purpose=statement.purpose,
        person=statement.person,
        answer=Consent.Answer.WITHDRAWN,
        answered_on=today,
    )
    return state_of(case, [*rows, taken_back], statement.purpose, born_on, today)


@transaction.atomic
def save_authority(*, case, version, by, born_on, today, **fields):
    """Put on record who decides for this youth; False when a colleague changed the case in between."""
    case = locked(case, by)
    if case.version != version:
        return False
    record = Authority.objects.create(**scope_of(case), recorded_by=by, **fields)
    Case.objects.known_to(by).filter(pk=case.pk).update(
        parents_with_authority=record.parents_with_authority,
        cannot_judge=bool(record.cannot_judge_reason),
        version=F("version") + 1,
    )
    case.refresh_from_db()
    renew_sharing(case=case, by=by, born_on=born_on, today=today)
    return True


def renew_sharing(*, case, by, born_on, today):
    """Share until the day the rules give, or not; and let the status follow. `case` is locked by the caller."""
    statements = list(Consent.objects.visible_to(by).filter(case=case, purpose=Consent.Purpose.SHARE))
    consent = state_of(case, statements, Consent.Purpose.SHARE, born_on, today)
    until = consent.valid_until if consent.is_valid else NOT_SHARED
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.share_case(%s, %s)", [case.pk, until])
    status = _status_after(case, consent, bool(still_counting(case, statements, Consent.Purpose.SHARE)))
    if status != case.status:
        Case.objects.known_to(by).filter(pk=case.pk).update(status=status, version=F("version") + 1)
    case.refresh_from_db()
    _renew_interview_consent(case, by, born_on, today)
    _renew_table_consent(case, by, born_on, today)


def _renew_interview_consent(case, by, born_on, today):
    """Until when there may be interviews, quotes and reasons; nothing to do while nobody spoke about those."""
    purposes = (Consent.Purpose.INTERVIEW, Consent.Purpose.STORY, Consent.Purpose.REASONS)
    statements = list(Consent.objects.visible_to(by).filter(case=case, purpose__in=purposes))
    if not statements:
        return

    terms = ConsentTerms.on(today)

    def until(purpose):
        consent = state_of(case, statements, purpose, born_on, today, terms=terms)
        # A yes without an end ends when nothing may be kept open for longer.
        return min(consent.valid_until or date.max, today + LONGEST) if consent.is_valid else NOT_SHARED

    given = [
        row.answered_on
        for (purpose, _), row in last_answers(statements).items()
        if purpose == Consent.Purpose.INTERVIEW and row.answer == Consent.Answer.GIVEN
    ]
    ends = [until(purpose) for purpose in purposes]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access.keep_interview_consent(%s, %s, %s, %s, %s)",
            [case.pk, max(given, default=NOT_SHARED), *ends],
        )


def _renew_table_consent(case, by, born_on, today):
    """Until when the jeugdige may be discussed at a WEL-tafel."""
    statements = list(Consent.objects.visible_to(by).filter(case=case, purpose=Consent.Purpose.TABLE))
    if not statements:
        return
    consent = state_of(case, statements, Consent.Purpose.TABLE, born_on, today)
    until = min(consent.valid_until or date.max, today + LONGEST) if consent.is_valid else NOT_SHARED
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.keep_table_consent(%s, %s)", [case.pk, until])


def _status_after(case, consent, was_asked):
    """Consent moves the first steps on; it never moves a case back."""
    if consent.is_valid and case.status in (Case.Status.SIGNAL, Case.Status.APPROACHED):
        return Case.Status.CONSENTED
    if was_asked and case.status == Case.Status.SIGNAL:
        return Case.Status.APPROACHED
    return case.status
