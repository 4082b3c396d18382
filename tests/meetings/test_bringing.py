"""De casusinbreng: written by two, kept as a klad, ready and open again, on paper filled in and empty."""

import io
import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from access.context import acting_as
from access.models import AuditEvent
from cases.actions import question_list as lists
from cases.models import Draft, Question
from meetings.models import Bringing
from regions.models import Role
from tests import factories
from tests.database import as_owner
from tests.factories.prepare import first_list

pytestmark = pytest.mark.django_db

WORDS = "Hoe kan er weer een ochtend buiten de deur zijn?"


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=60))


@pytest.fixture
def coordinator():
    return factories.coordinator()


def url(case, page=""):
    return f"/jeugdigen/{case.code}/tafel/casusinbreng/{page}"


def stored(case):
    with as_owner():
        return Bringing.objects.unscoped().filter(case=case).first()


def fields():
    with as_owner():
        asked = Question.objects.filter(question_list=first_list("inbreng"))
        return [f"vraag_{question.pk}" for question in asked]


def texts(case):
    row, names = stored(case), fields()
    return [row.answers.get(name.removeprefix("vraag_"), "") for name in names[:3]]


def opened(client, case, **answers):
    """What a browser sends of the page as it is now, with `answers` typed over it."""
    form = client.get(url(case)).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | answers


def test_the_first_version_asks_what_the_handreiking_names(client_of, case, coordinator):
    page = client_of(coordinator).get(url(case))

    assert len(page.context["form"].names) == 12
    assert "Wat is de vraag, in één zin?" in page.text
    assert "Wie wil de jongere of willen de ouders aan tafel?" in page.text
    assert stored(case) is None  # looking begins nothing


def test_two_who_write_different_answers_lose_nothing(client_of, case, coordinator):
    client, (first, second, *_) = client_of(coordinator), fields()
    mine, theirs = opened(client, case, **{first: WORDS}), opened(client, case, **{second: "‘Een boot.’"})

    assert client.post(url(case), mine).url == url(case)
    told = client_of(factories.coordinator()).post(url(case), theirs, follow=True).text

    assert texts(case) == [WORDS, "‘Een boot.’", ""]
    assert "ook iets aan. Dat bleef staan: ‘Wat is de vraag, in één zin?’" in told
    assert stored(case).begun_by == coordinator


def test_two_who_write_in_the_same_answer_choose(client_of, case, coordinator):
    client, first = client_of(coordinator), fields()[0]
    mine, theirs = opened(client, case, **{first: WORDS}), opened(client, case, **{first: "Iets anders."})
    client.post(url(case), mine)

    answer = client_of(factories.coordinator()).post(url(case), theirs)

    assert answer.status_code == 409
    assert WORDS in answer.text
    assert "Iets anders." in answer.text
    assert texts(case)[0] == WORDS
    hidden = dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]*)"', answer.text))
    chosen = {**hidden, f"keuze-{first}": "allebei", f"allebei-{first}": f"{WORDS}\n\nIets anders."}
    assert client.post(url(case), chosen).status_code == 302
    assert texts(case)[0] == f"{WORDS}\n\nIets anders."


def klad(user, **answers):
    return {"klad": uuid.uuid4(), "klad_wie": user.pk, "klad_stand": 1} | answers


def test_what_is_typed_waits_as_a_klad_and_only_for_its_writer(client_of, case, coordinator):
    client, first = client_of(coordinator), fields()[0]
    typed = klad(coordinator, **{first: WORDS})

    kept = client.post(url(case, "klad/"), typed)

    assert list(kept.json()) == ["om"]
    assert WORDS in client.get(url(case)).text
    assert client.get(f"{url(case)}?klad={typed['klad']}").context["form"][first].value() == WORDS
    assert WORDS not in client_of(factories.coordinator()).get(url(case)).text
    assert client_of(coordinator).post(url(case), opened(client, case, **typed)).status_code == 302
    with as_owner():
        assert [draft.answers for draft in Draft.objects.unscoped().filter(case=case)] == [{}]
    refused = client.post(url(case, "klad/"), klad(coordinator, **{first: "bsn 123456782"}))
    assert refused.status_code == 422


def test_a_klad_can_be_thrown_away_and_put_back(client_of, case, coordinator):
    client, first = client_of(coordinator), fields()[0]
    typed = klad(coordinator, **{first: WORDS})
    client.post(url(case, "klad/"), typed)

    thrown = client.post(url(case, "klad/weg/"), {"klad": typed["klad"]})
    assert "Klad weggegooid." in client.get(thrown.url).text
    assert WORDS not in client.get(url(case)).text
    client.post(url(case, "klad/weg/"), {"klad": typed["klad"], "terug": "1"})
    assert WORDS in client.get(url(case)).text


def test_ready_is_read_and_can_be_opened_again(client_of, case, coordinator):
    client, first = client_of(coordinator), fields()[0]
    empty = client.post(url(case), opened(client, case) | {"klaar": "1"})
    assert (empty.status_code, stored(case)) == (422, None)
    assert "Schrijf minstens één antwoord op." in empty.text
    late = opened(client, case, **{first: "Te laat."})

    done = client.post(url(case), opened(client, case, **{first: WORDS}) | {"klaar": "1"})
    assert done.url == f"/jeugdigen/{case.code}/tafel/"
    assert stored(case).ready_by == coordinator
    page = client.get(url(case))
    assert "form" not in page.context
    assert WORDS in page.text

    other = factories.coordinator()
    told = client_of(other).post(url(case), klad(other, **late), follow=True).text
    assert "intussen klaar gemeld" in told
    assert texts(case)[0] == WORDS
    client_of(other).post(url(case, "heropen/"))
    assert stored(case).ready_at is None
    assert "Te laat." in client_of(other).get(url(case)).text  # waits as a klad


def test_it_keeps_the_questions_it_was_begun_with(client_of, case, coordinator):
    client, first = client_of(coordinator), fields()[0]
    client.post(url(case), opened(client, case, **{first: WORDS}))
    beheer = factories.national(Role.BEHEER)
    with acting_as(beheer):
        draft = lists.copy_list(original=first_list("inbreng"), by=beheer)
        lists.save_list(question_list=draft, title="Nieuw", questions=[("Nieuwe vraag?", "")], version=1)
        lists.publish_list(question_list=draft, version=2, by=beheer)

    assert "Nieuwe vraag?" not in client.get(url(case)).text
    other = factories.CaseFactory(shared_until=case.shared_until)
    page = client.get(url(other))
    assert "Nieuwe vraag?" in page.text
    assert len(page.context["form"].names) == 1


def text_of(response):
    reader = PdfReader(io.BytesIO(response.content))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages)), reader


def test_on_paper_it_has_a_code_and_no_name_and_the_empty_one_has_two_pages(client_of, case, coordinator):
    factories.IdentityFactory(case=case)
    factories.BringingFactory(case=case, texts=[WORDS, "‘Een boot.’"])
    client = client_of(coordinator)

    filled, reader = text_of(client.get(url(case, "pdf/")))
    answer = client.get(url(case, "leeg/"))
    blank, empty = text_of(answer)

    assert WORDS in filled
    assert case.code in filled
    assert "Pippeloentje" not in filled
    assert reader.trailer["/Root"]["/Lang"] == empty.trailer["/Root"]["/Lang"] == "nl"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == f"Casusinbreng {case.code}"
    assert len(empty.pages) == 2
    assert "Wie wil de jongere of willen de ouders aan tafel?" in blank
    for secret in (WORDS, case.code):
        assert secret not in blank
    assert answer["Content-Disposition"] == 'attachment; filename="wel-casusinbreng-leeg.pdf"'
    with as_owner():
        made = AuditEvent.objects.filter(event="bringing_paper_made", case_id=case.pk).order_by("pk")
        assert [event.detail for event in made] == [{"paper": "ingevuld"}, {"paper": "leeg formulier"}]
