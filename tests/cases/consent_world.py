"""Somebody of an age, what was said about sharing, and what that came to."""

import re
from datetime import timedelta

from django.utils import timezone

from cases.models import Case, Consent
from tests import factories
from tests.database import as_owner


def today():
    # The database asks its own clock what is shared, so these tests live in the present.
    return timezone.localdate()


def born(years, *, days=40):
    """A birth date of somebody who turned `years` some time ago, away from every threshold."""
    day = today() - timedelta(days=days)
    return day.replace(year=day.year - years, day=min(day.day, 28))


def case_of(years, **fields):
    born_on = born(years)
    case = factories.CaseFactory(birth_year=born_on.year, birth_month=born_on.month, **fields)
    factories.IdentityFactory(case=case, born_on=born_on)
    return case


def turning(years, *, days):
    """Somebody who turns `years` in some days, or turned it some days ago, with the birthday on the record."""
    day = today() + timedelta(days=days)
    born_on = day.replace(year=day.year - years, day=min(day.day, 28))
    case = factories.CaseFactory(birth_year=born_on.year, birth_month=born_on.month)
    factories.IdentityFactory(case=case, born_on=born_on)
    return case, born_on.replace(year=day.year)


def url(case, page=""):
    return f"/jeugdigen/{case.code}/toestemming/{page}"


def said(*persons, answer="gegeven", **changes):
    until = today() + timedelta(days=60)
    data = {
        "purpose": "delen",
        "persons": persons,
        "answer": answer,
        "answered_on": f"{today():%d-%m-%Y}",
        "expires_on": f"{until:%d-%m-%Y}",
        "how": "papier",
        "form_version": "2026-1",
    }
    return data | changes


def in_a_year(**changes):
    return said("ouder_1", expires_on=f"{today() + timedelta(days=360):%d-%m-%Y}", **changes)


def stored(case):
    with as_owner():
        rows = Consent.objects.unscoped().filter(case_id=case.pk).order_by("pk")
        return Case.objects.unscoped().get(pk=case.pk), [(row.person, row.answer) for row in rows]


def is_open(case):
    return stored(case)[0].shared_until >= today()


def given_by(case, person):
    with as_owner():
        return Consent.objects.unscoped().get(case_id=case.pk, person=person, answer="gegeven", purpose="delen")


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())
