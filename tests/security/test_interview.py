"""Interviews, answers, quotes, their consent and the question lists, attacked past the pages: raw SQL as the web role."""

import psycopg2
import pytest

from tests.interviews import allow
from tests.security.targets import details

PART = "case_id, swv_id, gemeente_id, shared_until, interview_until"
INTERVIEW = (
    f"INSERT INTO cases_interview ({PART}, question_list_id, held_on, place, with_youth, with_parents,"
    " with_professional, interviewer_id, is_trained, situation, consented_on, recorded_by_id, recorded_at,"
    " changed_by_id, changed_at, version)"
    " SELECT {case}, {swv}, {gemeente}, '{until}', {interview_until}, question_list_id, held_on, '', true, false, false,"
    " {who}, false, situation, consented_on, {who}, now(), {who}, now(), 1 FROM cases_interview WHERE id = {interview}"
)
ANSWER = (
    f"INSERT INTO cases_answer ({PART}, interview_id, question_id, perspective, theme, level, text, written_by_id,"
    " written_at, changed_by_id, changed_at, version)"
    " SELECT {case}, {swv}, {gemeente}, '{until}', {interview_until}, {to_interview}, question_id, 'ouder', '', '', 'x',"
    " {who}, now(), {who}, now(), 1 FROM cases_answer WHERE id = {answer}"
)
QUOTE = (
    f"INSERT INTO cases_quote ({PART}, quotes_until, answer_id, text, written_by_id, written_at)"
    " SELECT {case}, {swv}, {gemeente}, '{until}', {interview_until}, {quotes_until}, {to_answer}, 'x', {who}, now()"
    " FROM cases_answer WHERE id = {answer}"
)


def words(world, **other):
    """The names in the statements: those of the own case and the coördinator, but for what `other` says."""
    own, parts = world.own, world.own_parts
    return {
        **details(world),
        "case": own.pk,
        "swv": own.swv_id,
        "gemeente": own.gemeente_id,
        "until": own.shared_until,
        "interview_until": "interview_until",
        "quotes_until": f"'{parts['quote'].quotes_until}'",
        "who": world.coordinator.pk,
        "interview": parts["interview"].pk,
        "to_interview": parts["interview"].pk,
        "answer": parts["answer"].pk,
        "to_answer": parts["answer"].pk,
        **other,
    }


def elsewhere(world):
    """The case of another SWV with its own scope."""
    case = world.foreign
    return {
        "case": case.pk,
        "swv": case.swv_id,
        "gemeente": case.gemeente_id,
        "until": case.shared_until,
        "to_interview": world.foreign_parts["interview"].pk,
        "to_answer": world.foreign_parts["answer"].pk,
    }


REFUSED = {
    "deleting interviews": "DELETE FROM cases_interview",
    "deleting answers": "DELETE FROM cases_answer",
    "emptying": "TRUNCATE cases_answer",
    "another list of questions": "UPDATE cases_interview SET question_list_id = 1",
    "another situation": "UPDATE cases_interview SET situation = '5a'",
    "another day of consent": "UPDATE cases_interview SET consented_on = '2000-01-01', held_on = '2000-01-01'",
    "a day before the consent": "UPDATE cases_interview SET held_on = '2000-01-01', changed_by_id = {who}",
    "with nobody": "UPDATE cases_interview SET with_youth = false, changed_by_id = {who}",
    "changing in another's name": "UPDATE cases_interview SET place = 'x', changed_by_id = {leerplicht}",
    "changing an answer in another's name": "UPDATE cases_answer SET text = 'x', changed_by_id = {leerplicht}",
    "who wrote it first": "UPDATE cases_answer SET written_by_id = {who}",
    "an answer to another interview": "UPDATE cases_answer SET interview_id = 0",
    "longer consent for an interview": "UPDATE cases_interview SET interview_until = '2199-01-01'",
    "longer consent for a quote": "UPDATE cases_quote SET quotes_until = '2199-01-01'",
    "a quote in another's name": "UPDATE cases_quote SET text = 'x', written_by_id = {leerplicht}",
    "consent by hand": "UPDATE cases_interviewconsent SET interview_until = '2199-01-01'",
    "consent out of nothing": "INSERT INTO cases_interviewconsent SELECT * FROM cases_interviewconsent",
    "no consent any more": "DELETE FROM cases_interviewconsent",
    "consent by the function": "SELECT access.keep_interview_consent({own}, '2000-01-01', access.today(), access.today(), access.today())",
    "a helper of the gate": "SELECT access.standing_yes({foreign}, 'interview', access.today())",
    "another helper of the gate": "SELECT access.taken_back({foreign}, 'interview')",
    "a list without being beheer": "INSERT INTO cases_questionlist (number, title, made_at, version, made_by_id) VALUES (9, 'x', now(), 1, {who})",
    "a question without being beheer": "INSERT INTO cases_question (question_list_id, position, text, asked_of) VALUES (1, 99, 'x', '')",
    "changing a question": "UPDATE cases_question SET text = 'x'",
}  # fmt: skip


@pytest.mark.parametrize("attack", REFUSED)
def test_the_team_is_refused(world, session, attack):
    session.become(world.coordinator.pk)

    with pytest.raises(psycopg2.Error):
        session.run(REFUSED[attack].format(**words(world)))


def test_writing_for_oneself_works_so_that_the_rest_is_refused_for_a_reason(world, session):
    session.become(world.coordinator.pk)

    assert session.run(INTERVIEW.format(**words(world))) == 1
    assert session.run(ANSWER.format(**words(world))) == 1
    session.run("DELETE FROM cases_quote WHERE id = %s", world.own_parts["quote"].pk)
    assert session.run(QUOTE.format(**words(world))) == 1


@pytest.mark.parametrize("statement", [INTERVIEW, ANSWER, QUOTE])
def test_nothing_is_written_elsewhere_in_anothers_name_or_with_a_scope_or_consent_of_ones_own(
    world, session, statement
):
    there = elsewhere(world)
    for other in (
        there,
        {"case": there["case"]},
        {"who": world.leerplicht.pk},
        {"until": "2199-01-01"},
        {"interview_until": "'2199-01-01'"},
        *([{"to_interview": there["to_interview"]}] if statement == ANSWER else []),
        *([{"quotes_until": "'2199-01-01'"}, {"to_answer": there["to_answer"]}] if statement == QUOTE else []),
    ):
        session.become(world.coordinator.pk)
        session.run("DELETE FROM cases_quote WHERE id = %s", world.own_parts["quote"].pk)
        with pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ForeignKeyViolation)):
            session.run(statement.format(**words(world, **other)))
        session.connection.rollback()


def test_an_error_tells_nothing_about_another_swv(world, session):
    """A quote of an answer elsewhere that has one, and of an answer that does not exist: the same refusal."""
    there, names = elsewhere(world), []
    for case, answer in ((there["case"], there["to_answer"]), (10**9, 10**9)):
        session.become(world.coordinator.pk)
        with pytest.raises(psycopg2.errors.ForeignKeyViolation) as caught:
            session.run(QUOTE.format(**words(world, case=case, to_answer=answer)))
        names.append(caught.value.diag.constraint_name)
        session.connection.rollback()

    assert names[0] == names[1]


TABLES = ("cases_interviewconsent", "cases_interview", "cases_answer", "cases_quote")


@pytest.mark.parametrize(
    ("consent", "team", "leerplicht"),
    [
        ({"interview": 0, "quotes": 0}, (1, 1, 1, 1), (1, 1, 1, 1)),
        ({"interview": 5, "quotes": -1}, (1, 1, 1, 0), (1, 1, 1, 0)),
        ({"interview": -1, "quotes": 5}, (1, 0, 0, 0), (1, 1, 1, 1)),
        ({"interview": None, "quotes": None}, (1, 0, 0, 0), (1, 1, 1, 0)),
    ],
)
def test_consent_that_ended_closes_it_for_the_database_too(fresh_world, session, consent, team, leerplicht):
    allow(fresh_world.own, **consent)

    for user, seen in (
        (fresh_world.coordinator, team),
        (fresh_world.owner, team),
        (fresh_world.leerplicht, leerplicht),
        (fresh_world.contact, (0, 0, 0, 0)),
    ):
        session.become(user.pk)
        assert tuple(session.run(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES) == seen
        # nobody writes without a yes, leerplicht neither
        may_write = seen[1] and consent["interview"] is not None and consent["interview"] >= 0
        for table in ("cases_interview", "cases_answer"):
            assert session.run(f"UPDATE {table} SET changed_by_id = {user.pk}") == (1 if may_write else 0)
        assert session.run("DELETE FROM cases_quote") == (seen[3] if may_write else 0)
        session.connection.rollback()


def test_leerplicht_sets_no_consent_that_nobody_gave(world, session):
    keep = "SELECT access.keep_interview_consent({own}, '2020-01-01', {interview}, {quotes}, {reasons})"
    day, never = "access.today() + 5", "date '1900-01-01'"
    for ends in (
        {"interview": day, "quotes": never, "reasons": never},
        {"interview": never, "quotes": day, "reasons": never},
        {"interview": never, "quotes": never, "reasons": day},
        {"interview": "NULL", "quotes": never, "reasons": never},
        {"interview": never, "quotes": "date '2199-01-01'", "reasons": never},
    ):
        session.become(world.leerplicht.pk)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            session.run(keep.format(own=world.own.pk, **ends))
        session.connection.rollback()
    session.become(world.leerplicht.pk)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        session.run(keep.format(own=world.foreign.pk, interview=never, quotes=never, reasons=never))


def test_beheer_reads_no_interview_and_writes_only_what_is_not_in_use(world, session):
    session.become(world.beheer.pk)
    make = (
        "INSERT INTO cases_questionlist (number, title, made_at, version, made_by_id, published_at)"
        " VALUES (2, 'x', now(), 1, %s, %s) RETURNING id"
    )

    assert [session.run(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES] == [0, 0, 0, 0]
    assert session.run("UPDATE cases_questionlist SET title = 'x'") == 0
    ((draft,),) = session.run(make, world.beheer.pk, None)
    assert session.run("UPDATE cases_questionlist SET title = 'y'") == 1
    for statement, arguments in (
        (make, [world.beheer.pk, "2020-01-01"]),
        (make, [world.leerplicht.pk, None]),
        ("UPDATE cases_questionlist SET published_at = now(), published_by_id = %s", [world.leerplicht.pk]),
        ("UPDATE cases_questionlist SET number = 1", []),
        ("DELETE FROM cases_questionlist WHERE id = %s", [draft]),
        ("DELETE FROM cases_question", []),
        ("INSERT INTO cases_question (question_list_id, position, text, asked_of) SELECT id, 99, 'x', '' FROM"
         " cases_questionlist WHERE number = 1", []),
    ):  # fmt: skip
        session.run("SAVEPOINT s")
        with pytest.raises(psycopg2.Error):
            session.run(statement, *arguments)
        session.run("ROLLBACK TO SAVEPOINT s")
