"""Two at the same story at once; apart, because it commits."""

import threading
from contextlib import closing
from datetime import timedelta

import psycopg2
import pytest
from django.utils import timezone

from tests import factories
from tests.database import as_owner, login_dsn
from tests.security.conftest import Session


@pytest.mark.django_db(transaction=True)
def test_the_second_reader_says_yes_while_the_writer_changes_the_text(fresh_world):
    """Whoever comes second waits for the first, and a yes to the old text never stands on the new one."""
    world = fresh_world
    factories.ConsentFactory(case=world.own, purpose="verhaal")
    story, soon = world.own_parts["story"].pk, timezone.localdate() + timedelta(days=60)
    said = []

    def approve():
        with closing(psycopg2.connect(**login_dsn())) as own:
            reader = Session(own).become(world.leerplicht.pk)
            said.append(reader.run("SELECT access.approve_story(%s, 1, %s)", story, soon)[0][0])
            own.commit()

    with closing(psycopg2.connect(**login_dsn())) as first:
        writer = Session(first).become(world.coordinator.pk)
        writer.run("UPDATE cases_story SET title = 'met een naam erin' WHERE id = %s", story)
        thread = threading.Thread(target=approve)
        thread.start()
        thread.join(0.3)
        assert said == []  # it waits for the writer
        first.commit()
        thread.join(10)

    assert said == ["veranderd"]
    with as_owner():
        row = type(world.own_parts["story"]).objects.unscoped().get(pk=story)
    assert (row.title, row.version, row.approved_version) == ("met een naam erin", 2, None)
