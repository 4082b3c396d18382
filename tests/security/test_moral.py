"""The card of a moreel beraad attacked past the first wall: raw SQL as the web role."""

import psycopg2
import pytest

from tests import factories
from tests.security.test_team import attempts

SEEN = dict.fromkeys(("leerplicht", "coordinator", "owner", "contact", "interviewer"), 1)
SEEN |= dict.fromkeys(("project", "fg", "beheer", "stranger"), 0)
RIGHT_REASON = ("42501", "23503", "23514", "23505")
CARD = (
    "INSERT INTO meetings_moralcard (meeting_id, swv_id, kind, question, leader, method, method_other, considerations,"
    " conclusion, policy, updated_at, updated_by_id, version) VALUES ({meeting}, {swv}, '{kind}', '{question}', 'x',"
    " '{method}', '', '{weighed}', '', '', now(), {by}, 1)"
)
CHANGE = "UPDATE meetings_moralcard SET updated_by_id = {by}, "


@pytest.mark.parametrize("role", SEEN)
def test_a_role_reads_the_card_of_its_own_swv_only(world, session, role):
    session.become(getattr(world, role).pk)

    found = [row[0] for row in session.run("SELECT question FROM meetings_moralcard")]

    assert found == [f"geheime vraag {world.own.pk}"] * SEEN[role]


def test_it_is_of_a_moreel_beraad_here_in_ones_own_name_and_about_nobody(world, session):
    beraad = factories.MeetingFactory(team=world.own_parts["team"], kind="moreel")
    own = {"meeting": beraad.pk, "swv": world.own.swv_id, "kind": "moreel", "question": "x", "method": "dilemma"}
    own |= {"weighed": "[]", "by": world.coordinator.pk}
    theirs = {"meeting": world.foreign_parts["moral"].pk, "swv": world.foreign.swv_id}
    weighed = '[{"perspective": "x", "text": "over wel-0142"}]'
    session.become(world.coordinator.pk)

    refused = attempts(
        session,
        {
            "elsewhere": CARD.format(**own | theirs),
            "elsewhere, as if it were ours": CARD.format(**own | {"meeting": theirs["meeting"]}),
            "of another kind of meeting": CARD.format(**own | {"meeting": world.own_parts["meeting"].pk}),
            "of another kind, and saying so": CARD.format(
                **own | {"meeting": world.own_parts["meeting"].pk, "kind": "tafel"}
            ),
            "in another's name": CARD.format(**own | {"by": world.leerplicht.pk}),
            "a second one": CARD.format(**own | {"meeting": world.own_parts["moral"].pk}),
            "a code in the question": CARD.format(**own | {"question": "over WEL-0142"}),
            "another method without its name": CARD.format(**own | {"method": "anders"}),
            "a code in the conclusion": CHANGE.format(**own) + "conclusion = 'WEL 0142'",
            "a code in the meaning for policy": CHANGE.format(**own) + "policy = 'wel0142'",
            "a code for a leader": CHANGE.format(**own) + "leader = 'WEL-0142'",
            "what is no list": CHANGE.format(**own) + "considerations = '{{}}'",
            "changed in another's name": f"UPDATE meetings_moralcard SET updated_by_id = {world.leerplicht.pk}",
            "moved to another meeting": f"UPDATE meetings_moralcard SET meeting_id = {beraad.pk}",
            "wiped": "DELETE FROM meetings_moralcard",
            "its meeting made a table": "UPDATE meetings_meeting SET kind = 'tafel', updated_by_id = {by} WHERE id ="
            " {moral}",
        },
        {"by": own["by"], "moral": world.own_parts["moral"].pk},
    )
    assert {name: how for name, how in refused.items() if how not in RIGHT_REASON} == {}
    with pytest.raises(psycopg2.errors.CheckViolation, match="moralcard_weighs_no_case"):
        session.run(CARD.format(**own | {"weighed": weighed}))


def test_the_coordinator_writes_and_nobody_else(world, session):
    session.become(world.coordinator.pk)
    assert session.run("UPDATE meetings_moralcard SET policy = 'x', updated_by_id = %s", world.coordinator.pk) == 1
    session.connection.rollback()
    for who in (world.leerplicht, world.owner, world.contact):
        session.become(who.pk)
        assert session.run("UPDATE meetings_moralcard SET policy = 'x', updated_by_id = %s", who.pk) == 0, who
