"""Documents past the pages: raw SQL as the web role, and words that may not come out anywhere."""

import psycopg2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.cases import upload_samples as samples
from tests.security.targets import details
from tests.security.test_canary import everything_of, logged, tables_with

__all__ = ["logged"]  # a fixture

pytestmark = pytest.mark.django_db

COLUMNS = "case_id, swv_id, gemeente_id, shared_until, author_id, kind, readers, added_on, stored_as, file_type, size"
NEW = "'brief', 'team', now(), gen_random_uuid(), 'pdf', 1"

REFUSED = {
    "deleting": "DELETE FROM cases_document",
    "emptying": "TRUNCATE cases_document",
    "changing who may see it": "UPDATE cases_document SET readers = 'team'",
    "changing who made it": "UPDATE cases_document SET author_id = {coordinator}",
    "pointing at another file": "UPDATE cases_document SET stored_as = gen_random_uuid()",
    "moving the day it goes": "UPDATE cases_document SET wiped_on = '2000-01-01'",
    "moving it to another case": "UPDATE cases_document SET case_id = {foreign}",
    "removing in another's name": "UPDATE cases_document SET removed_at = now(), removed_by_id = {leerplicht}",
    "removing long ago": "UPDATE cases_document SET removed_at = now() - interval '40 days', removed_by_id = {coordinator}",
    "removing by nobody": "UPDATE cases_document SET removed_at = now() WHERE removed_at IS NULL",
    "adding in another's name": f"INSERT INTO cases_document ({COLUMNS}) SELECT id, swv_id, gemeente_id, shared_until,"
    f" {{leerplicht}}, {NEW} FROM cases_case",
    "adding to another SWV": f"INSERT INTO cases_document ({COLUMNS}) VALUES ({{foreign}}, {{foreign_swv}},"
    f" {{foreign_gemeente}}, '{{foreign_until}}', {{coordinator}}, {NEW})",
    "adding with a scope that is not the case's": f"INSERT INTO cases_document ({COLUMNS}) SELECT {{foreign}}, swv_id,"
    f" gemeente_id, shared_until, {{coordinator}}, {NEW} FROM cases_case WHERE id = {{own}}",
    "adding what was removed": f"INSERT INTO cases_document ({COLUMNS}, removed_at, removed_by_id) SELECT id, swv_id,"
    f" gemeente_id, shared_until, {{coordinator}}, {NEW}, now(), {{coordinator}} FROM cases_case WHERE id = {{own}}",
    "a kind of file that cannot be": f"INSERT INTO cases_document ({COLUMNS}) SELECT id, swv_id, gemeente_id,"
    " shared_until, {coordinator}, 'brief', 'team', now(), gen_random_uuid(), 'exe', 1 FROM cases_case WHERE id = {own}",
}


@pytest.mark.parametrize("attack", REFUSED)
def test_the_team_is_refused(world, session, attack):
    session.become(world.coordinator.pk)

    with pytest.raises(psycopg2.Error):
        session.run(REFUSED[attack].format(**details(world)))


def test_the_team_finds_and_touches_nothing_of_another_swv(world, session):
    session.become(world.coordinator.pk)
    theirs = world.foreign_parts["document"].pk

    assert session.run("SELECT * FROM cases_document WHERE id = %s", theirs) == []
    change = "UPDATE cases_document SET removed_at = now(), removed_by_id = %s WHERE id = %s"
    assert session.run(change, world.coordinator.pk, theirs) == 0
    assert session.run(change, world.coordinator.pk, world.own_parts["document"].pk) == 1


def test_what_is_for_oneself_is_for_nobody_else(fresh_world, session):
    private = factories.DocumentFactory(case=fresh_world.own, author=fresh_world.owner, readers="ik")
    change = "UPDATE cases_document SET removed_at = now(), removed_by_id = %s WHERE id = %s"

    for user, seen in ((fresh_world.owner, 1), (fresh_world.coordinator, 0), (fresh_world.leerplicht, 0)):
        session.become(user.pk)
        assert session.run("SELECT count(*) FROM cases_document WHERE id = %s", private.pk) == [(seen,)]
        assert session.run(change, user.pk, private.pk) == seen
        session.connection.rollback()


def test_the_daily_round_takes_only_what_is_due_whoever_calls_it(fresh_world, session):
    session.become(fresh_world.stranger.pk)

    assert session.run("SELECT * FROM access.purge_documents()") == []
    known = fresh_world.foreign_parts["document"].stored_as.hex
    assert session.run("SELECT access.unknown_documents(%s)", [known, "f" * 32]) == [(["f" * 32],)]


def test_the_name_and_content_of_a_document_are_kept_in_the_file_and_said_nowhere(world, client_of, logged):
    """What the file was called where it came from is kept nowhere; what it says only in the store."""
    client = client_of(world.coordinator)
    own = reverse("cases:documents", args=[world.own.pk])
    content = samples.pdf().replace(samples.TEXT.encode(), b"Kanarietekst!!!!")
    assert b"Kanarietekst" in content
    words = ("Kanarienaam", "Kanarietekst", samples.AUTHOR)

    def send(name, content):
        file = SimpleUploadedFile(f"Kanarienaam {name}", content)
        return client.post(f"{own}voeg-toe/", {"file": file, "kind": "brief", "readers": "team"})

    pages = [
        send("a.pdf", content),
        send("a.docx", content),  # refused: another kind
        send("a.pdf", content[:90]),  # refused: damaged
        send("a.svg", content),
        client.get(own),
    ]

    assert [page.status_code for page in pages] == [302, 422, 422, 422, 200]
    assert [word for word in words for page in pages if word in everything_of(page)] == []
    assert [word for word in words if word in logged()] == []
    assert {table for word in words for table in tables_with(word)} == set()
