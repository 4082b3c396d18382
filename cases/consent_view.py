"""The page Toestemming: the state per purpose by the rules, the last word of each person, and who may know the name."""

from django.template.defaultfilters import date as format_date

from cases.actions import consent as actions
from cases.models import Consent
from cases.rules.ages import birthday
from cases.rules.consent import State, needed_at_age_text, turning

STATE_WORDS = {
    State.GIVEN: "Gegeven",
    State.ASKED: "Nog niet van iedereen",
    State.REFUSED: "Geweigerd",
    State.WITHDRAWN: "Ingetrokken",
    State.EXPIRED: "Verlopen",
    State.NOT_ASKED: "Nog niet gevraagd",
}


def turning_text(case, today):
    """What a birthday asks for, when that is why sharing ends (R2.3); "" otherwise. `case` comes with `grace_days`.

    It names the month, as everybody who works on the case may know it, and never the day.
    """
    turns = turning(case.birth_year, case.birth_month, case.shared_until, grace_days=case.grace_days)
    if turns is None:
        return ""
    age, month = turns
    when = f"{'Werd' if month <= today.replace(day=1) else 'Wordt'} in {format_date(month, 'F')} {age} jaar"
    if (month.year, month.month) == (today.year, today.month):
        when = f"Wordt deze maand {age} jaar"
    return f"{when}. Een nieuw ja is nodig, {needed_at_age_text(age, case.cannot_judge)}."


def is_open(grant, case, here, today):
    """The answer of `access.let_in()` for somebody else: who does not work here any more knows no name."""
    return grant.revoked_at is None and grant.until >= today and case.is_shared(today) and grant.user_id in here


def purposes_of(case, statements, newest, born_on, today, terms):
    """One block per purpose that was spoken about: the state by the rules, and the last word of each person."""
    purposes = []
    for purpose in Consent.Purpose:
        rows = []
        for person in Consent.Person:
            said = next((row for row in statements if (row.purpose, row.person) == (purpose, person)), None)
            if said:  # the newest of all; when that only asks, an earlier answer still stands
                rows.append((newest.get((purpose, person), said), said))
        if not rows:
            continue
        block = {
            "label": purpose.label,
            "rows": [
                {
                    "row": row,
                    "is_over": bool(row.expires_on and row.expires_on < today),
                    "is_given": row.answer == Consent.Answer.GIVEN,
                    "asked_again_on": said.answered_on if said != row else None,
                }
                for row, said in rows
            ],
        }
        if born_on:
            consent = actions.state_of(case, statements, purpose, born_on, today, terms=terms)
            block |= {
                "state": STATE_WORDS[consent.state],
                "is_valid": consent.is_valid,
                "is_withdrawn": consent.state in (State.REFUSED, State.WITHDRAWN),
                "until": consent.valid_until,
                "missing": [_person(name) for name in consent.missing],
                "turning": _turning(case, consent, born_on, today),
            }
        purposes.append(block)
    return purposes


def _turning(case, consent, born_on, today):
    """Why sharing ends before the answers do. It gives the birthday away, so only who looked at it reads it."""
    age = consent.ends_at_age
    if age is None:
        return None
    day = birthday(born_on, age)
    return {
        "age": age,
        "day": day,
        "was": day <= today,
        "needed": needed_at_age_text(age, case.cannot_judge),
        "at_last": consent.valid_until if consent.valid_until and consent.valid_until >= day else None,
    }


def ends_before_the_answers(case, newest, today):
    """Whether sharing ends on a day that the answers do not tell; for who reads along and may not know the birthday."""
    ends = [
        row.expires_on
        for (purpose, _), row in newest.items()
        if purpose == Consent.Purpose.SHARE and row.answer == Consent.Answer.GIVEN
    ]
    until = case.shared_until
    return case.is_shared(today) and until not in ends and any(end is None or end > until for end in ends)


def _person(name):
    return f"de {Consent.Person(name).label.lower() if name in Consent.Person.values else name}"
