"""The preparation of a table attacked past the first wall: raw SQL as the web role."""

import psycopg2
from django.utils import timezone

from cases.models import NOT_SHARED, InterviewConsent
from tests import factories
from tests.database import as_owner

OF_OWN = "case_id, swv_id, gemeente_id, shared_until, updated_at, updated_by_id, version"
OWN = "{case}, {swv}, {gemeente}, '{until}', now(), {by}, 1"
FOREIGN = "{foreign}, {foreign_swv}, {foreign_gemeente}, '{foreign_until}', now(), {by}, 1"
NO_STEPS = (
    "mdo_result, mdo_skip, swv_step_result, swv_step_skip, contact_channel, contact_agreed",
    "'', '', '', '', '', ''",
)
INTAKE = f"INSERT INTO meetings_intake ({OF_OWN}, {NO_STEPS[0]}) VALUES ({{of}}, {NO_STEPS[1]})"
BRINGING = (
    f"INSERT INTO meetings_bringing ({OF_OWN}, question_list_id, answers, begun_by_id, begun_on)"
    " VALUES ({of}, {list}, '{{}}', {begun_by}, now())"
)
CHANGE = "UPDATE meetings_intake SET {}, updated_by_id = {{by}}"
ENTER, ACCEPT = "entered_at = now(), entered_by_id = {by}", "accepted_at = now(), accepted_by_id = {by}"
REFUSED = {
    "an aanmelding elsewhere": INTAKE.format(of=FOREIGN),
    "an aanmelding elsewhere, as if it were ours": INTAKE.format(of=OWN).replace("{case}", "{foreign}"),
    "an aanmelding in another's name": INTAKE.format(of=OWN).replace("{by}", "{leerplicht}"),
    "a second open aanmelding": INTAKE.format(of=OWN),
    "the second step before the first": CHANGE.format("mdo_on = NULL, mdo_result = '', mdo_skip = ''"),
    "contact before the second step": CHANGE.format("swv_step_on = NULL, swv_step_result = '', swv_step_skip = ''"),
    "a step with a reason and a date": CHANGE.format("mdo_on = now(), mdo_result = 'x'"),
    "a step with a date and no result": CHANGE.format("swv_step_result = ''"),
    "entered without contact": CHANGE.format(
        f"contact_on = NULL, contact_with_id = NULL, contact_channel = '', contact_agreed = '', {ENTER}"
    ),
    "entered by nobody": CHANGE.format("entered_at = now()"),
    "entered in another's name": CHANGE.format("entered_at = now(), entered_by_id = {leerplicht}"),
    "accepted before it is entered": CHANGE.format(ACCEPT),
    "accepted in another's name": CHANGE.format(f"{ENTER}, accepted_at = now(), accepted_by_id = {{leerplicht}}"),
    "moved to another case": "UPDATE meetings_intake SET case_id = {foreign}",
    "wiped": "DELETE FROM meetings_intake",
    "a casusinbreng elsewhere": BRINGING.replace("{of}", FOREIGN).replace("{begun_by}", "{by}"),
    "a second casusinbreng": BRINGING.replace("{of}", OWN).replace("{begun_by}", "{by}"),
    "ready in another's name": "UPDATE meetings_bringing SET ready_at = now(), ready_by_id = {leerplicht},"
    " updated_by_id = {by}",
    "ready with nothing in it": "UPDATE meetings_bringing SET answers = '{{}}', ready_at = now(), ready_by_id = {by},"
    " updated_by_id = {by}",
    "other questions": "UPDATE meetings_bringing SET question_list_id = 1",
    "begun by somebody else": "UPDATE meetings_bringing SET begun_by_id = {leerplicht}",
    "a casusinbreng wiped": "DELETE FROM meetings_bringing",
    "a tick that is not on the list": "UPDATE meetings_checklist SET ticked = '{{alles}}', updated_by_id = {by}",
    "a checklist in another's name": "UPDATE meetings_checklist SET ticked = '{{}}', updated_by_id = {leerplicht}",
    "a visit of another case": "UPDATE meetings_homevisit SET case_id = {foreign}",
    "a reason without words": "UPDATE meetings_novoice SET note = '', updated_by_id = {by}",
    "a reason wiped": "DELETE FROM meetings_novoice",
    "consent by hand": "UPDATE cases_interviewconsent SET table_until = '2199-01-01'",
    "consent by the function": "SELECT access.keep_table_consent({case}, current_date)",
}
RIGHT_REASON = ("42501", "23503", "23505", "23514")


def details(world, by):
    own, foreign = world.own, world.foreign
    return {
        "case": own.pk, "swv": own.swv_id, "gemeente": own.gemeente_id, "until": own.shared_until,
        "foreign": foreign.pk, "foreign_swv": foreign.swv_id, "foreign_gemeente": foreign.gemeente_id,
        "foreign_until": foreign.shared_until, "by": by.pk, "leerplicht": world.leerplicht.pk,
        "list": world.own_parts["bringing"].question_list_id,
    }  # fmt: skip


def attempts(session, statements, values):
    """{name: how it ended}: rows touched, or the code of the refusal; each in a savepoint."""
    found = {}
    for name, statement in statements.items():
        session.run("SAVEPOINT s")
        try:
            found[name] = session.run(statement.format(**values))
        except psycopg2.Error as error:
            found[name] = error.pgcode
        session.run("ROLLBACK TO SAVEPOINT s")
    return found


def test_what_is_not_in_order_or_not_ones_own_is_refused(world, session):
    session.become(world.coordinator.pk)

    ended = attempts(session, REFUSED, details(world, world.coordinator))

    assert {name: code for name, code in ended.items() if code not in RIGHT_REASON} == {}


def test_a_statement_that_is_right_passes(world, session):
    """Else the refusals above would prove nothing."""
    session.become(world.coordinator.pk)
    statements = {
        "another step": CHANGE.format("mdo_skip = 'x'"),
        "entered": CHANGE.format(ENTER),
        "entered and accepted": CHANGE.format(f"{ENTER}, {ACCEPT}"),
        "ready": "UPDATE meetings_bringing SET ready_at = now(), ready_by_id = {by}, updated_by_id = {by}",
        "ticked": "UPDATE meetings_checklist SET ticked = '{{belangen}}', updated_by_id = {by}",
        "visited": "UPDATE meetings_homevisit SET wants_to = true, updated_by_id = {by}",
        "tried": "UPDATE meetings_novoice SET holds = false, updated_by_id = {by}",
    }

    assert attempts(session, statements, details(world, world.coordinator)) == dict.fromkeys(statements, 1)


def test_only_the_coordinator_of_the_swv_accepts(world, session):
    """Leerplicht and the inbrenger enter; the rest changes nothing, and sees nothing to change."""
    statements = {"entered": CHANGE.format(ENTER), "accepted": CHANGE.format(f"{ENTER}, {ACCEPT}")}
    ended = {}
    for role in ("leerplicht", "owner", "contact", "project", "fg", "beheer", "stranger"):
        session.become(getattr(world, role).pk)
        ended[role] = tuple(attempts(session, statements, details(world, getattr(world, role))).values())

    nothing = dict.fromkeys(("contact", "project", "fg", "beheer", "stranger"), (0, 0))
    assert ended == {"leerplicht": (1, "42501"), "owner": (1, "42501")} | nothing


def test_what_was_accepted_stays(world, session):
    session.become(world.coordinator.pk)
    values = details(world, world.coordinator)
    assert session.run(CHANGE.format(f"{ENTER}, {ACCEPT}").format(**values)) == 1

    again = {
        "changed": CHANGE.format("mdo_skip = 'toch anders'"),
        "taken back": CHANGE.format(
            "entered_at = NULL, entered_by_id = NULL, accepted_at = NULL, accepted_by_id = NULL"
        ),
    }
    assert attempts(session, again, values) == {"changed": 0, "taken back": 0}


def test_a_change_is_on_record_by_the_names_of_its_fields(world, session):
    session.become(world.coordinator.pk)
    session.run(
        "UPDATE meetings_bringing SET answers = %s, updated_by_id = %s", '{"1": "Iets geheims"}', world.coordinator.pk
    )
    session.become(world.fg.pk)

    detail = session.run("SELECT detail FROM access_auditevent ORDER BY id DESC LIMIT 1")[0][0]

    assert detail["table"] == "meetings_bringing"
    assert "answers" in detail["fields"]
    assert "geheims" not in str(detail)


def test_only_leerplicht_counts_out_a_yes_and_only_one_that_stands(fresh_world, session):
    case, other, until = fresh_world.own, fresh_world.foreign, timezone.localdate()
    factories.ConsentFactory(case=case, purpose="tafel")
    factories.ConsentFactory(case=other, purpose="tafel")
    session.become(fresh_world.leerplicht.pk)
    keep = "SELECT access.keep_table_consent({}, {})"
    statements = {
        "right": keep.format(case.pk, "current_date"),
        "too long": keep.format(case.pk, "current_date + 800"),
        "no day": keep.format(case.pk, "NULL"),
        "of others": keep.format(other.pk, "current_date"),
        "nobody asked": keep.format(fresh_world.closed.pk, "current_date"),
    }

    ended = attempts(session, statements, {})

    assert {name: code for name, code in ended.items() if name != "right"} == {
        "too long": "42501", "no day": "42501", "of others": "42501", "nobody asked": "42501",
    }  # fmt: skip
    session.run(statements["right"])
    read = "SELECT table_until FROM cases_interviewconsent WHERE case_id = %s"
    assert session.run(read, case.pk) == [(until,)]


def test_a_yes_to_the_table_ends_with_a_no_and_with_a_move(fresh_world):
    until, other = timezone.localdate(), fresh_world.foreign
    refused, moved, left = (factories.CaseFactory() for _ in range(3))
    for case in (refused, moved, left):
        factories.InterviewConsentFactory(case=case, table_until=until)

    factories.ConsentFactory(case=refused, purpose="tafel", answer="ingetrokken")
    factories.ConsentFactory(case=left, purpose="delen", answer="geweigerd")
    with as_owner():
        type(moved).objects.unscoped().filter(pk=moved.pk).update(swv=other.swv, gemeente=other.gemeente)
        rows = InterviewConsent.objects.unscoped().values_list("case", "table_until")
        found = dict(rows.filter(case__in=[refused, moved, left]))

    assert found == {refused.pk: NOT_SHARED, moved.pk: NOT_SHARED, left.pk: until}
