"""What must hold for every table and function, asked of PostgreSQL itself: a new table without a policy fails here."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from access.checks import role_faults
from tests.security.targets import CASE_TABLES, CLOSED_TABLES, PROTECTED

pytestmark = pytest.mark.django_db


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_every_table_that_refers_to_a_case_is_forced_under_row_level_security():
    tables = {
        table
        for (table,) in ask(
            "SELECT DISTINCT c.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
            " WHERE k.contype = 'f' AND k.confrelid = 'cases_case'::regclass OR c.oid = 'cases_case'::regclass"
        )
    }
    assert tables == set(CASE_TABLES) | set(CLOSED_TABLES)


def test_every_model_of_ours_with_personal_data_is_protected():
    """Everything in cases, and what says who may do what; reference data and accounts are listed as open on purpose."""
    open_on_purpose = {
        "access_user",  # needed before anybody is known; staff only
        "access_user_groups",  # Django's own, and empty: rights follow from werkplekken
        "access_user_user_permissions",  # the same
        "access_mailjob",  # numbers only; the worker reads it before anybody is known
        "access_reminder",  # the same
        "regions_samenwerkingsverband",
        "regions_gemeente",
        "regions_gemeenteswv",
        "regions_postcode",
        "regions_region",
        "regions_gemeenteregion",
        "cases_exemptionterms",  # terms of the law, read by everybody, written by migrations
        "cases_consentterms",  # the same
    }
    here = Path(settings.BASE_DIR)
    ours = {
        model._meta.db_table
        for app in apps.get_app_configs()
        if Path(app.path).parent == here  # an app that comes later is not forgotten
        for model in app.get_models(include_auto_created=True)
    }
    forced = {table for (table,) in ask("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")}

    assert ours - open_on_purpose == forced == set(PROTECTED)


def test_no_policy_is_for_everybody_and_only_the_gate_sees_all():
    assert ask("SELECT tablename FROM pg_policies WHERE 'public' = ANY (roles)") == []
    assert ask("SELECT DISTINCT policyname FROM pg_policies WHERE qual = 'true' OR with_check = 'true'") == [("gate",)]


def test_the_web_role_may_delete_only_where_a_screen_deletes():
    tables = {table for table in PROTECTED if ask(f"SELECT has_table_privilege('wel_app', '{table}', 'DELETE')")[0][0]}
    assert tables == {
        "cases_quote",
        "cases_question",
        "cases_tablewish",
        "regions_samenwerkingsverbandgrant",
        "regions_gemeentegrant",
    }


def test_functions_pin_their_search_path_belong_to_the_gate_and_are_not_for_everybody():
    rows = ask(
        "SELECT p.proname, p.prosecdef, p.proowner::regrole::text, p.proconfig,"
        " has_function_privilege('public', p.oid, 'EXECUTE')"
        " FROM pg_proc p WHERE p.pronamespace = 'access'::regnamespace"
    )
    assert rows
    planned_once = {"count_cases"}
    for name, definer, owner, config, public in rows:
        if name in planned_once:
            assert config.pop() == "plan_cache_mode=force_generic_plan"
        assert (definer, owner, config, public) == (
            True,
            "wel_gate",
            ["search_path=pg_catalog, pg_temp"],
            False,
        ), name


def test_the_web_role_is_confined_and_a_stronger_one_is_refused():
    assert role_faults() == []
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE wel_owner")
        try:
            assert any("bezit tabellen" in fault for fault in role_faults())
        finally:
            cursor.execute("SET ROLE wel_app")


def test_no_view_shows_case_data_with_its_owners_rights():
    views = ask(
        "SELECT relname, reloptions, pg_get_userbyid(relowner) FROM pg_class"
        " WHERE relkind = 'v' AND relnamespace IN ('public'::regnamespace, 'access'::regnamespace)"
    )
    assert views == [("reporting_fact", ["security_invoker=true"], "wel_owner")]
    assert ask("SELECT matviewname FROM pg_matviews") == []
