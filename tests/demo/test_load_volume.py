"""Volume for measurements: any number, the same for the same seed, and only in a database of its own."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from access.context import acting_as
from access.models import AuditEvent, User
from cases.models import Case, CaseMember, Consent, Identity, Inclusion, Journey, LogEntry, Stop
from demo.volume import DOMAIN
from meetings.models import Action, AgendaItem, Feedback, Participant
from tests.database import as_owner
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def load(**options):
    with as_owner():
        call_command("load_volume", verbosity=0, **options)


def test_three_hundred_cases_are_spread_over_the_swvs_with_all_that_belongs_to_them():
    load(cases=300, swvs=4)

    with as_owner():
        per_swv = Counter(Case.objects.unscoped().values_list("swv__key", flat=True))
        assert list(per_swv.values()) == [75] * 4
        for model in (Consent, CaseMember, Journey, Stop, LogEntry, Participant, Action):
            assert model.objects.unscoped().count() > 50
        held = AgendaItem.objects.unscoped().filter(status="besproken").count()
        assert Feedback.objects.unscoped().count() == held > 20
        assert Inclusion.objects.unscoped().count() == 20
        assert Identity.objects.count() == Case.objects.unscoped().filter(is_signal=False).count()
        assert {case.status for case in Case.objects.unscoped()} == set(Case.Status.values)
        assert not AuditEvent.objects.exists()


def test_each_swv_has_colleagues_who_see_their_own():
    load(cases=40, swvs=2)
    coordinator, leerplicht = (
        User.objects.get(email=f"{job}.po0001@{DOMAIN}") for job in ("coordinator", "leerplicht")
    )

    with acting_as(coordinator):
        shared = set(Case.objects.visible_to(coordinator).values_list("swv__key", flat=True))
    with acting_as(leerplicht):
        own = Case.objects.visible_to(leerplicht).count()

    assert shared == {"PO0001"}
    assert own == 20


def test_the_same_seed_gives_the_same_cases():
    def cases(**options):
        with transaction.atomic():
            load(cases=50, swvs=3, **options)
            with as_owner():
                rows = Case.objects.unscoped().order_by("pk")
                told = list(
                    rows.values_list("swv__key", "gemeente", "birth_year", "status", "shared_until", "next_step")
                )
            transaction.set_rollback(True)
        return told

    assert cases() == cases()
    assert cases(seed=1) != cases(seed=2)


def test_a_database_in_use_is_refused():
    UserFactory(email="iemand@gemeente.example")

    with pytest.raises(CommandError, match="Er is niets veranderd"):
        load(cases=1, swvs=1)


def test_volume_is_not_poured_over_volume():
    load(cases=2, swvs=1)

    with pytest.raises(CommandError, match="niet leeg"):
        load(cases=2, swvs=1)


def test_only_the_owner_of_the_tables_may():
    with pytest.raises(CommandError, match="eigenaar"):
        call_command("load_volume", cases=1, swvs=1)

    assert not User.objects.exists()
