"""Registering a jeugdige: case, identity and consent in one transaction, or nothing at all."""

from django.db import transaction

from cases.actions.consent import deciders_of, default_expiry, record_consent
from cases.identity import save_identity
from cases.models import Case, Consent

# What somebody answers on the registration page, and the statement that it makes. "een_ouder" also puts on record
# that one parent has authority; without that both are asked.
CONSENT_ANSWERS = {
    "gegeven": Consent.Answer.GIVEN,
    "een_ouder": Consent.Answer.GIVEN,
    "gevraagd": Consent.Answer.ASKED,
    "niet": None,
}


@transaction.atomic
def register_case(*, by, today, person, consent, **fields):
    """A jeugdige with a name. Until consent was given by all who decide, only leerplicht of its area sees it."""
    if consent == "een_ouder":
        fields["parents_with_authority"] = 1
    case = Case.objects.create(
        registered_by=by,
        registered_on=today,
        birth_year=person.born_on.year,
        birth_month=person.born_on.month,
        status=Case.Status.SIGNAL,
        **fields,
    )
    save_identity(case.pk, person)
    if answer := CONSENT_ANSWERS[consent]:
        case = record_consent(
            case=case,
            persons=deciders_of(case, person.born_on, today),
            by=by,
            born_on=person.born_on,
            today=today,
            purpose=Consent.Purpose.SHARE,
            answer=answer,
            answered_on=today,
            expires_on=default_expiry(today) if answer == Consent.Answer.GIVEN else None,
            how=Consent.How.REGISTERED if answer == Consent.Answer.GIVEN else "",
        )
    return case


@transaction.atomic
def register_signal(*, by, today, **fields):
    """A signaal only counts: no name, so nobody to ask for consent, and never shared."""
    return Case.objects.create(
        registered_by=by, registered_on=today, is_signal=True, status=Case.Status.SIGNAL, **fields
    )
