"""Both walls give one answer, as the web role."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from access.context import acting_as
from cases.models import Case, LogEntry
from cases.models.scoped import UnscopedQuery
from regions.models import Role
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def both_walls(user):
    """Ids of the cases that the queryset gives, and those that PostgreSQL gives when nobody filters."""
    with acting_as(user):
        return (
            set(Case.objects.visible_to(user).values_list("pk", flat=True)),
            set(Case.objects.unscoped().values_list("pk", flat=True)),
        )


def test_an_unshared_case_is_seen_by_leerplicht_of_its_gemeente_only():
    case = factories.CaseFactory()
    other = factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=factories.swv("PO2203"))

    assert both_walls(factories.leerplicht()) == ({case.pk}, {case.pk})
    assert both_walls(factories.leerplicht("Emmen")) == ({other.pk}, {other.pk})
    assert both_walls(factories.coordinator()) == (set(), set())
    assert both_walls(factories.swv_contact()) == (set(), set())
    for role in (Role.PROJECT, Role.FG, Role.BEHEER):
        assert both_walls(factories.national(role)) == (set(), set())


def test_a_shared_case_opens_for_the_team_of_its_swv_until_the_last_day():
    today = timezone.localdate()
    case = factories.CaseFactory(shared_until=today)
    factories.CaseFactory(shared_until=today - timedelta(days=1))

    assert both_walls(factories.coordinator()) == ({case.pk}, {case.pk})
    assert both_walls(factories.swv_contact()) == ({case.pk}, {case.pk})
    assert both_walls(factories.coordinator("PO2203")) == (set(), set())


def test_a_log_entry_for_oneself_is_closed_to_the_team_in_the_database_too():
    case = factories.CaseFactory(shared_until=timezone.localdate())
    author, colleague = factories.coordinator(), factories.coordinator()
    factories.LogEntryFactory(case=case, author=author, readers="ik", text="alleen voor mij")

    for reader, expected in ((author, 1), (colleague, 0), (factories.swv_contact(), 0)):
        with acting_as(reader):
            assert LogEntry.objects.visible_to(reader).count() == expected
            assert LogEntry.objects.unscoped().count() == expected


def test_a_query_without_a_reader_raises():
    with pytest.raises(UnscopedQuery):
        list(Case.objects.all())


def test_no_context_is_loud():
    factories.CaseFactory()
    with pytest.raises(DatabaseError, match="no user context"), transaction.atomic():
        Case.objects.unscoped().count()


def test_the_identity_table_is_closed_and_the_function_logs_first():
    case = factories.IdentityFactory().case
    reader = factories.leerplicht()

    with acting_as(reader), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("SELECT * FROM cases_identity")
        cursor.execute("SELECT first_name FROM access.identities(%s, 'naam tonen')", [[case.pk]])
        assert cursor.fetchall() == [("Pippeloentje",)]
    with acting_as(factories.national(Role.FG)), connection.cursor() as cursor:
        cursor.execute(
            "SELECT user_id, case_id, ground, hash <> '' FROM access_auditevent WHERE event = 'identity_seen'"
        )
        assert cursor.fetchall() == [(reader.pk, case.pk, "naam tonen", True)]
        cursor.execute("SELECT access.broken_link()")
        assert cursor.fetchone() == (None,)
