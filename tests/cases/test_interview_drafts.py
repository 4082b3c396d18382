"""Het klad of an answer: kept while somebody types, and closed with the yes to the interview."""

import uuid

import pytest

from access.context import acting_as
from cases.models import Answer, Draft, InterviewConsent, Quote
from tests import factories
from tests.database import as_owner
from tests.interviews import allow, day, interview_of, question

pytestmark = pytest.mark.django_db
WORDS = "Ik wil bakker worden, en dan op zondag."


@pytest.fixture
def case():
    return factories.CaseFactory(shared_until=day(20))


@pytest.fixture
def coordinator():
    return factories.coordinator()


@pytest.fixture
def held(case, coordinator):
    """An interview with an answer to the first question, and a quote."""
    allow(case, quotes=20)
    return interview_of(case, recorded_by=coordinator)


def page_of(interview, rest=None):
    rest = rest or f"vraag/{question(2).pk}/"
    return f"/jeugdigen/{interview.case.code}/interviews/{interview.pk}/{rest}"


def typed(user, **answers):
    return {
        "klad": uuid.uuid4(),
        "klad_wie": user.pk,
        "klad_stand": 1,
        "perspective": "jeugdige",
        "text": WORDS,
    } | answers


def keep(client, case, place, data):
    return client.post(f"/jeugdigen/{case.code}/klad/{place}/", data, headers={"x-background": "1"})


def kladjes():
    with as_owner():
        return list(Draft.objects.unscoped().order_by("pk"))


def texts():
    return [draft.answers.get("text") for draft in kladjes()]


def rows(model):
    with as_owner():
        return list(model.objects.unscoped().order_by("pk"))


def test_a_new_answer_is_kept_offered_and_finished(client_of, case, coordinator, held):
    client, place, page = client_of(coordinator), f"vraag-{held[0].pk}-{question(2).pk}", page_of(held[0])
    data = typed(coordinator, quote="Bakker worden.", theme="proces")
    assert keep(client, case, place, data).status_code == 200

    assert "Je was hier gebleven" in client.get(page).content.decode()
    form = client.get(page, {"klad": data["klad"]}).context["form"]
    assert [form[name].value() for name in ("text", "quote", "theme")] == [WORDS, "Bakker worden.", "proces"]
    assert "Je was hier gebleven" not in client_of(factories.leerplicht()).get(page).content.decode()

    client = client_of(coordinator)
    assert client.post(page, data | {"level": "kind", "version": 1}).status_code == 302
    assert texts() == [None]
    assert rows(Answer)[-1].text == WORDS


def test_a_changed_answer_goes_on_from_the_row_it_was_begun_on(client_of, case, coordinator, held):
    interview, answer, quote = held
    client, page = client_of(coordinator), page_of(interview, f"antwoord/{answer.pk}/")
    data = typed(coordinator, version=1, quote="")
    assert keep(client, case, f"antwoord-{answer.pk}", data).status_code == 200
    client.post(page, {"perspective": "jeugdige", "text": "Van een collega.", "version": 1, "quote": quote.text})

    form = client.get(page, {"klad": data["klad"]}).context["form"]
    assert form["version"].value() == "1"  # older than what stands there: saving shows both
    assert (form["text"].value(), form["quote"].value()) == (WORDS, quote.text)  # an empty quote lets go of none
    response = client.post(page, data | {"version": form["version"].value(), "quote": quote.text})
    assert response.status_code == 409
    assert response.context["conflict"]["fields"][0]["theirs"] == "Van een collega."
    assert texts() == [WORDS]  # until it is settled

    assert client.post(page, data | {"version": 2, "quote": quote.text}).status_code == 302
    assert texts() == [None]
    assert rows(Answer)[0].text == WORDS


def test_without_javascript_a_button_keeps_it(client_of, coordinator, held):
    client, page = client_of(coordinator), page_of(held[0])

    response = client.post(page, typed(coordinator, als_klad="1"), follow=True)

    assert "Bewaard als klad om" in response.content.decode()
    assert response.context["form"]["text"].value() == WORDS
    assert len(rows(Answer)) == 1


@pytest.mark.parametrize(
    "place", ["vraag-{interview}", "vraag-{interview}-999999", "vraag-999999-{question}", "vraag-x-1", "vraag-1-²",
              "antwoord-999999", "antwoord-{answer}-1", "antwoord-"],
)  # fmt: skip
def test_a_place_that_is_none_keeps_nothing(client_of, case, coordinator, held, place):
    named = place.format(interview=held[0].pk, question=question(2).pk, answer=held[1].pk)

    assert keep(client_of(coordinator), case, named, typed(coordinator)).status_code == 404
    assert kladjes() == []


def test_an_interview_of_another_jeugdige_keeps_nothing(client_of, case, coordinator):
    other = factories.CaseFactory(shared_until=day(20))
    allow(other)
    allow(case)
    theirs, answer, _ = interview_of(other, recorded_by=coordinator)

    for place in (f"vraag-{theirs.pk}-{question(2).pk}", f"antwoord-{answer.pk}"):
        assert keep(client_of(coordinator), case, place, typed(coordinator)).status_code == 404
    assert kladjes() == []


# The yes to the interview


def in_both_places(client, case, held, user):
    for place in (f"vraag-{held[0].pk}-{question(2).pk}", f"antwoord-{held[1].pk}"):
        assert keep(client, case, place, typed(user, quote="Bakker.")).status_code == 200
    factories.DraftFactory(case=case, author=user, place="logboek", answers={"text": "Een ander klad."})


def close(**days):
    with as_owner():
        InterviewConsent.objects.unscoped().update(**days)


def seen_by(user):
    """By the code, and by the database alone."""
    with acting_as(user):
        return [
            sorted(rows.values_list("place", flat=True))
            for rows in (Draft.objects.visible_to(user), Draft.objects.unscoped())
        ]


@pytest.mark.parametrize("ends", ["1900-01-01", day(-1)])
def test_without_a_yes_it_is_closed_to_its_writer_too_and_comes_back_with_one(client_of, case, coordinator, held, ends):
    client = client_of(coordinator)
    in_both_places(client, case, held, coordinator)
    places = sorted([f"antwoord-{held[1].pk}", "logboek", f"vraag-{held[0].pk}-{question(2).pk}"])
    assert seen_by(coordinator) == [places, places]

    close(interview_until=ends)

    assert seen_by(coordinator) == [["logboek"], ["logboek"]]
    assert keep(client, case, f"antwoord-{held[1].pk}", typed(coordinator)).status_code == 404
    assert client.get(page_of(held[0])).status_code == 404
    assert texts()[:2] == [WORDS, WORDS]

    close(interview_until=day(40))
    assert seen_by(coordinator) == [places, places]
    assert "Je was hier gebleven" in client.get(page_of(held[0])).content.decode()


def test_a_yes_to_quotes_that_is_taken_back_takes_the_quote_out(client_of, case, coordinator, held):
    in_both_places(client_of(coordinator), case, held, coordinator)
    with as_owner():
        Quote.objects.unscoped().all().delete()  # as the withdrawal does

    close(quotes_until="1900-01-01")

    assert texts() == [WORDS, WORDS, "Een ander klad."]
    assert not any("quote" in draft.answers for draft in kladjes())
