"""What De Reis said before: kept by the database at every change, readable by who works on it, and a way back."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.urls import reverse
from django.utils import timezone

from access.models import AuditEvent
from cases.forms.companion import CompanionForm
from cases.forms.journey import CHAPTERS, StopForm
from cases.forms.reflection import ReflectionForm
from cases.models import JourneyVersion
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=30))


def post(client, name, args, **answers):
    page = client.get(reverse(name, args=args))
    return client.post(reverse(name, args=args), {"seen": page.context["form"]["seen"].value(), **answers})


def versions(case, part):
    with as_owner():
        return list(JourneyVersion.objects.unscoped().filter(case=case, part=part).order_by("pk"))


def test_a_chapter_says_what_it_said_before_by_whom_and_when(client_of, case):
    first, second = factories.coordinator(), factories.coordinator()
    args = [case.pk, "plan"]
    post(client_of(first), "cases:journey_chapter", args, plan="Eerst kennismaken", plan_is_safe="on")
    post(client_of(second), "cases:journey_chapter", args, plan="Dan twee ochtenden", plan_is_safe="on")
    post(client_of(second), "cases:journey_chapter", [case.pk, "terugblik"], look_back="Het ging goed")

    page = client_of(first).get(reverse("cases:chapter_history", args=args))

    said = [(line.version.written_by, dict(line.parts)["Wat is het plan?"]) for line in page.context["earlier"]]
    assert said == [(first, "Eerst kennismaken")]
    assert page.context["now"].version.written_by == second
    assert dict(page.context["now"].parts)["Het is veilig voor de jongere"] == "ja"
    assert "Het ging goed" not in page.content.decode()
    with as_owner():
        assert AuditEvent.objects.filter(event="journey_history_read", case_id=case.pk, user_id=first.pk).count() == 1


def test_the_page_of_the_reis_links_to_a_history_only_where_there_is_one(client_of, case):
    client = client_of(factories.coordinator())
    post(client, "cases:journey_chapter", [case.pk, "plan"], plan="Eerst")
    post(client, "cases:journey_chapter", [case.pk, "plan"], plan="Dan")
    post(client, "cases:journey_chapter", [case.pk, "samenwerking"], cooperation="Samen")

    body = client.get(reverse("cases:journey", args=[case.pk])).content.decode()

    assert reverse("cases:chapter_history", args=[case.pk, "plan"]) in body
    assert reverse("cases:chapter_history", args=[case.pk, "samenwerking"]) not in body


def test_a_chapter_that_was_emptied_comes_back_by_going_on_from_before(client_of, case):
    client, args = client_of(factories.coordinator()), [case.pk, "bagage"]
    post(client, "cases:journey_chapter", args, luggage="Geduld met deeg", worked_content="Bakken")
    post(client, "cases:journey_chapter", args, luggage="", worked_content="")
    (old, empty) = versions(case, "bagage")
    assert empty.texts["luggage"] == ""

    form = client.get(reverse("cases:journey_chapter", args=args) + f"?eerder={old.pk}").context["form"]

    assert (form["luggage"].value(), form["worked_content"].value()) == ("Geduld met deeg", "Bakken")


def test_the_own_words_of_a_youth_do_not_come_back_as_if_said_again(client_of, case):
    client, args = client_of(factories.coordinator()), [case.pk, "wensdroom"]
    post(client, "cases:journey_chapter", args, wensdroom="Bakker", wensdroom_on="1-9-2020", wensdroom_short="bakkerij")
    post(client, "cases:journey_chapter", args, wensdroom="Schipper", wensdroom_on="1-9-2021", wensdroom_short="boot")
    old = versions(case, "wensdroom")[0]

    form = client.get(reverse("cases:journey_chapter", args=args) + f"?eerder={old.pk}").context["form"]

    assert form["wensdroom"].value() == "Schipper"
    assert form["wensdroom_short"].value() == "bakkerij"


def test_a_text_of_another_part_or_case_is_no_way_to_begin(client_of, case):
    client = client_of(factories.coordinator())
    foreign = factories.CaseFactory(swv=factories.swv("PO2203"), shared_until=case.shared_until)
    factories.JourneyFactory(case=foreign, plan="geheim plan")
    post(client, "cases:journey_chapter", [case.pk, "samenwerking"], cooperation="Samen")
    theirs, other = versions(foreign, "plan")[0], versions(case, "samenwerking")[0]

    for pk in (theirs.pk, other.pk, 10**14, "x", ""):
        page = client.get(reverse("cases:journey_chapter", args=[case.pk, "plan"]) + f"?eerder={pk}")
        assert page.context["form"]["plan"].value() in (None, "")


def test_a_text_from_before_there_was_a_history_is_kept_at_the_first_change(client_of, case):
    factories.JourneyFactory(case=case, plan="Van vroeger")
    with as_owner():
        JourneyVersion.objects.unscoped().delete()  # as it is right after the migration
    client = client_of(factories.coordinator())

    post(client, "cases:journey_chapter", [case.pk, "plan"], plan="Van nu")

    assert [(row.texts["plan"], row.written_by_id is None) for row in versions(case, "plan")] == [
        ("Van vroeger", True),
        ("Van nu", False),
    ]
    assert "niet bewaard" in client.get(reverse("cases:chapter_history", args=[case.pk, "plan"])).content.decode()


def test_a_halte_keeps_its_texts_and_not_its_place_or_lights(client_of, case):
    stop = factories.StopFactory(case=case, title="Keuken", state="gemaakt", position=1)
    factories.StopFactory(case=case, title="Bakkerij", state="gepland", position=2)
    client = client_of(factories.coordinator())
    client.post(reverse("cases:stop_move", args=[case.pk, stop.pk]), {"kant": "later"})
    post(client, "cases:stop_edit", [case.pk, stop.pk], title="Keuken", state="gemaakt", sparks="3")
    assert [row.texts["title"] for row in versions(case, "halte") if row.stop_id == stop.pk] == ["Keuken"]

    post(client, "cases:stop_edit", [case.pk, stop.pk], title="Keuken van oom", state="gemaakt", sparks="3")

    page = client.get(reverse("cases:stop_history", args=[case.pk, stop.pk]))
    assert [dict(line.parts)["Naam van de halte"] for line in page.context["earlier"]] == ["Keuken"]


def test_a_contact_reads_no_history(client_of, case):
    factories.JourneyFactory(case=case, plan="Eerst")
    contact = client_of(factories.swv_contact())
    assert contact.get(reverse("cases:journey", args=[case.pk])).status_code == 200
    assert contact.get(reverse("cases:chapter_history", args=[case.pk, "plan"])).status_code == 404


def test_every_field_of_a_form_is_kept_by_a_trigger():
    """The forms and the triggers say the same; else a new field of a chapter would have no history."""

    parts = import_module("cases.migrations.0028_journey_complete").PARTS

    assert {key: set(fields) for key, fields in parts["cases_journey"].items()} == {
        key: set(chapter.form._meta.fields) for key, chapter in CHAPTERS.items()
    }
    no_text = {"state", "sparks", "is_rest", "is_look_back"}
    assert set(parts["cases_stop"]["halte"]) == set(StopForm._meta.fields) - no_text
    assert set(parts["cases_companion"]["reisgenoot"]) == set(CompanionForm._meta.fields) - {
        "is_unexpected",
        "joins_table",
    }
    assert set(parts["cases_reflection"]["reflectie"]) == set(ReflectionForm._meta.fields) - {"stop"}
