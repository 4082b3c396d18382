"""De Reis to take along: who gets which paper, with which names, and that it reads aloud well."""

import io
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from access.models import AuditEvent
from access.pdf import PdfError
from cases import journey_paper
from tests import factories
from tests.database import as_owner
from tests.reporting import pdf_structure

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
LONG = "Elke ochtend telt de jongere de mussen in de straat en schrijft ze op in een groot schrift. " * 12


@pytest.fixture
def case():
    """Everything written down, a name where none belongs, and text that would be markup."""
    case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=30))
    factories.IdentityFactory(case=case)
    by = factories.UserFactory(name="Merel Opschrijver")
    factories.JourneyFactory(
        case=case, wensdroom="Brood bakken met <b>Pippeloentje</b>", wensdroom_on=date(2026, 3, 4), wensdroom_by=by,
        departure="Thuis, bij mevrouw Verzonnen", luggage="Geduld", plan="Elke vrijdag bakken", plan_is_safe=True,
        movement_seen="ja", movement_on=date(2026, 4, 5), movement_evidence="Vroeg er zelf om", effect="Lacht weer",
    )  # fmt: skip
    stop = factories.StopFactory(
        case=case, title="Keuken van Pippeloentje", state="nu", position=1, happened_on=date(2026, 3, 9),
        hobble="lange bus", detour="tante rijdt",
    )  # fmt: skip
    factories.CompanionFactory(
        case=case, who="tante Verzonnen", is_unexpected=True, organisation="De Bedachte Oven", meaning="Zij lacht"
    )
    factories.ReflectionFactory(case=case, author=by, stop=stop, text="Pippeloentje bakte zelf")
    return case


def ask(client, case, kind, **answers):
    return client.post(reverse("cases:journey_paper", args=[case.pk]), {"kind": kind, **answers})


def said(answer):
    return " ".join(pdf_structure.text(answer.content).split())


def lines(event):
    with as_owner():
        return list(AuditEvent.objects.filter(event=event).order_by("pk").values_list("user_id", "case_id", "detail"))


def let_in(case):
    user = factories.coordinator()
    factories.IdentityGrantFactory(case=case, user=user, granted_by=factories.leerplicht())
    return user


def test_the_family_gets_everything_with_the_first_name_from_who_was_let_in(client_of, case):
    user = let_in(case)

    answer = ask(client_of(user), case, "reis", with_name="on")

    words = said(answer)
    for part in (
        "De reis van Pippeloentje", "Gezegd op wo 4 maart", "Merel O.", "Keuken van Pippeloentje", "ma 9 maart",
        "Olifantenpaadje: tante rijdt", "Tante Verzonnen", "onverwachte ander", "De Bedachte Oven", "Zij lacht",
        "Pippeloentje bakte zelf", "Elke vrijdag bakken", "Het is veilig", "Ja, sinds", "Lacht weer",
    ):  # fmt: skip
        assert part in words, part
    assert answer["Content-Disposition"] == f'attachment; filename="{case.code}-reis.pdf"'
    assert PdfReader(io.BytesIO(answer.content)).metadata.title == f"De reis – {case.code}"
    assert lines("identity_seen") == [(user.pk, case.pk, lines("identity_seen")[0][2])]
    assert lines("journey_exported") == [(user.pk, case.pk, {"form": "reis", "with_name": True})]
    assert pdf_structure.check(answer.content) == []
    assert pdf_structure.alternatives(answer.content)[0].startswith("Dit is de reis van Pippeloentje.")


def test_who_was_not_let_in_gets_a_code_however_the_form_is_sent(client_of, case):
    client = client_of(factories.coordinator())
    page = client.get(reverse("cases:journey_paper", args=[case.pk]))
    assert "with_name" not in page.context["form"].fields
    assert "zonder namen maakt leerplicht" in page.content.decode()

    words = said(ask(client, case, "reis", with_name="on"))

    assert f"De reis van {case.code}" in words
    assert "De reis van Pippeloentje" not in words
    assert lines("identity_seen") == []
    assert ask(client, case, "zonder-namen").status_code == 422
    assert lines("journey_exported") == [(page.wsgi_request.user.pk, case.pk, {"form": "reis"})]


def test_a_let_in_that_ended_gives_no_name(client_of, case):
    user = factories.coordinator()
    factories.IdentityGrantFactory(case=case, user=user, granted_by=factories.leerplicht(), revoked_at=timezone.now())

    form = client_of(user).get(reverse("cases:journey_paper", args=[case.pk])).context["form"]

    assert "with_name" not in form.fields
    assert [key for key, _ in form.fields["kind"].choices] == ["reis", "praatplaat", "kaart"]


@pytest.mark.parametrize("role", ["contact", "leerplicht", "let_in"])
def test_without_names_is_without_names_days_staff_and_organisations(client_of, case, role):
    user = {"contact": factories.swv_contact, "leerplicht": factories.leerplicht}.get(role, lambda: let_in(case))()

    answer = ask(client_of(user), case, "zonder-namen")

    words = said(answer)
    for part in (f"De reis van {case.code}", "Keuken van de jongere", "Tante de jongere", "De jongere bakte zelf"):
        assert part in words, part
    everything = words + " ".join(pdf_structure.alternatives(answer.content))
    for part in ("Pippeloentje", "Verzonnen", "Merel", "Bedachte Oven", "4 maart", "9 maart", "5 april"):
        assert part not in everything, part
    assert answer["Content-Disposition"] == f'attachment; filename="{case.code}-zonder-namen.pdf"'
    assert pdf_structure.check(answer.content) == []


def test_a_contact_gets_no_name_on_a_praatplaat_or_a_map(client_of, case):
    client = client_of(factories.swv_contact())
    kinds = client.get(reverse("cases:journey_paper", args=[case.pk])).context["form"].fields["kind"].choices
    assert [key for key, _ in kinds] == ["zonder-namen", "praatplaat", "kaart"]
    assert ask(client, case, "reis").status_code == 422

    plate = ask(client, case, "praatplaat")
    drawing = ask(client, case, "kaart").content.decode()

    assert "Keuken van de jongere" in said(plate)
    assert "de jongere" in drawing
    for text in (said(plate), drawing, *pdf_structure.alternatives(plate.content)):
        assert "Pippeloentje" not in text
        assert "Verzonnen" not in text


@pytest.mark.parametrize(("size", "width", "height"), [("a4", 842, 595), ("a3", 1191, 842)])
def test_the_praatplaat_is_one_page_however_much_is_written(client_of, case, size, width, height):
    for number in range(2, 12):
        state = "gemaakt" if number < 9 else "gepland"
        factories.StopFactory(case=case, title=LONG[:80], place=LONG[:40], state=state, position=number, sparks=5)
    with as_owner():
        journey = case.journey_rows.unscoped().get()
        journey.wensdroom, journey.luggage = LONG, LONG
        journey.save()

    answer = ask(client_of(factories.coordinator()), case, "praatplaat", size=size)

    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages] == [(width, height)]
    assert pdf_structure.check(answer.content) == []
    assert "Wat is de kleinste volgende stap?" in said(answer)
    (alternative,) = pdf_structure.alternatives(answer.content)
    assert alternative.startswith(f"Dit is de reis van {case.code}. Acht haltes zijn gemaakt, drie zijn gepland.")
    assert answer["Content-Disposition"] == f'attachment; filename="{case.code}-praatplaat-{size}.pdf"'


def test_an_empty_reis_prints_too(client_of):
    case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=30))
    client = client_of(factories.coordinator())

    for kind in ("reis", "praatplaat"):
        answer = ask(client, case, kind)
        assert pdf_structure.check(answer.content) == [], kind
        assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1


def test_the_map_is_a_drawing_with_its_sentence_as_title_and_nothing_that_runs(client_of, case):
    answer = ask(client_of(factories.coordinator()), case, "kaart", size="a3")

    drawing = ElementTree.fromstring(answer.content)
    assert (drawing.get("width"), drawing.get("height"), drawing.get("role")) == ("420mm", "150.5mm", "img")
    assert drawing.find(f"{SVG}title").text.startswith(f"Dit is de reis van {case.code}.")
    tags = {element.tag for element in drawing.iter()}
    assert not tags & {f"{SVG}script", f"{SVG}b", f"{SVG}a", f"{SVG}foreignObject", f"{SVG}use"}
    assert "Keuken van Pippe" in answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store, private"
    assert lines("journey_exported")[0][2] == {"form": "kaart"}


def test_a_name_on_what_has_no_room_for_one_is_refused(client_of, case):
    answer = ask(client_of(let_in(case)), case, "kaart", with_name="on")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["with_name"]
    assert lines("journey_exported") == lines("identity_seen") == []


def test_when_no_pdf_can_be_made_the_page_says_so_and_nothing_counts_as_taken_along(client_of, case, monkeypatch):
    def fail(*args, **kwargs):
        raise PdfError("De pdf is te groot om te maken.")

    monkeypatch.setattr(journey_paper, "render_pdf", fail)

    answer = ask(client_of(factories.coordinator()), case, "reis")

    assert answer.status_code == 503
    assert "De pdf is te groot om te maken." in answer.content.decode()
    assert lines("journey_exported") == []
