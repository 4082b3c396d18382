"""De vragenlijst in Beheer: versions that never change once in use, and a copy that may."""

from importlib import import_module

import pytest
from django.db import DatabaseError, transaction

from access.context import acting_as
from access.models import AuditEvent
from cases.actions import question_list as actions
from cases.models import Question, QuestionList
from regions.models import Role
from tests import factories
from tests.at_once import at_once
from tests.database import as_owner
from tests.interviews import allow, first_list, interview_of

pytestmark = pytest.mark.django_db

FIRST_QUESTIONS = import_module("cases.migrations.0026_interview").FIRST_QUESTIONS
BEHEER = "/beheer/vragenlijst/"


@pytest.fixture
def beheer():
    return factories.national(Role.BEHEER)


def lists():
    with as_owner():
        return list(QuestionList.objects.of("interview").order_by("number"))


def questions(number):
    with as_owner():
        found = Question.objects.filter(question_list__kind="interview", question_list__number=number)
        return list(found.values_list("text", "asked_of"))


def filled(**answers):
    return {"title": "Ons gesprek", "everybody": "Wat is er al?\n\n  Wat  wil je?  ", "version": 1} | answers


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_the_first_version_is_in_use_with_the_questions_of_the_reports():
    (first,) = lists()

    assert (first.number, first.is_draft) == (1, False)
    assert questions(1) == list(FIRST_QUESTIONS)
    assert (len(FIRST_QUESTIONS), FIRST_QUESTIONS[-1][1]) == (12, "professional")


def test_a_new_version_is_a_copy_that_may_be_changed_and_then_taken_in_use(client_of, beheer):
    client = client_of(beheer)

    assert client.post(f"{BEHEER}1/nieuwe-versie/").url == f"{BEHEER}2/"
    assert questions(2) == questions(1)
    form = client.get(f"{BEHEER}2/").context["form"]
    assert form["everybody"].value().splitlines() == [text for text, asked_of in FIRST_QUESTIONS if not asked_of]
    assert client.post(f"{BEHEER}2/", filled(professionals="Wat ga je anders doen?")).status_code == 302
    assert questions(2) == [("Wat is er al?", ""), ("Wat wil je?", ""), ("Wat ga je anders doen?", "professional")]

    again = client.post(f"{BEHEER}2/", filled(professionals="Wat ga je anders doen?", version=2) | {"verder": "1"})
    assert again.url == f"{BEHEER}2/in-gebruik/"
    assert "Wat wil je?" in client.get(f"{BEHEER}2/in-gebruik/").text
    assert lists()[1].is_draft  # asking is not doing
    client.post(f"{BEHEER}2/in-gebruik/", {"version": 3})

    first, second = lists()
    assert (second.is_draft, second.published_by, second.copied_from, second.title) == (False, beheer, first, "Ons gesprek")  # fmt: skip
    assert questions(1) == list(FIRST_QUESTIONS)
    page = client.get(BEHEER).text
    assert page.count("In gebruik") == page.count("Eerder gebruikt") == 1
    with as_owner():
        assert AuditEvent.objects.filter(event="question_list_published", user_id=beheer.pk).count() == 1


def test_an_interview_keeps_the_version_it_was_held_with_and_a_new_one_begins_with_the_newest(client_of, beheer):
    user, case = factories.coordinator(), factories.CaseFactory(shared_until="2199-01-01")
    allow(case)
    interview, *_ = interview_of(case)
    with acting_as(beheer):
        draft = actions.copy_list(original=first_list(), by=beheer)
        actions.save_list(question_list=draft, title="Nieuw", questions=[("Nieuwe vraag?", "")], version=1)
    client = client_of(user)
    page = f"/jeugdigen/{case.code}/interviews/"

    def offered():
        form = client.get(f"{page}toevoegen/").context["form"]
        return form["question_list"].value(), [row.number for row in form.fields["question_list"].queryset]

    assert offered() == (first_list().pk, [1])  # what is being written is nothing to choose
    with acting_as(beheer):
        actions.publish_list(question_list=draft, version=2, by=beheer)
    assert offered() == (draft.pk, [2, 1])
    text = client.get(f"{page}{interview.pk}/").text
    assert FIRST_QUESTIONS[0][0] in text
    assert "Nieuwe vraag?" not in text
    assert "question_list" not in client.get(f"{page}{interview.pk}/wijzig/").context["form"].fields


@pytest.mark.parametrize(
    ("answers", "field", "text"),
    [
        ({"title": " "}, "title", "Geef de vragenlijst een titel."),
        ({"everybody": " \n "}, "everybody", "Schrijf minstens één vraag op."),
        ({"everybody": "Wat?\n" + "x" * 301}, "everybody", "Vraag 2 is te lang. Er passen 300 tekens in een vraag."),
        ({"youth": "x" * 301}, "youth", "Vraag 1 is te lang. Er passen 300 tekens in een vraag."),
        ({"everybody": "Wat?\n" * 41}, "everybody", "Dit zijn 41 vragen. Houd het bij 40."),
    ],
)
def test_what_is_wrong_is_said_at_the_field(client_of, beheer, answers, field, text):
    client = client_of(beheer)
    client.post(f"{BEHEER}1/nieuwe-versie/")

    response = client.post(f"{BEHEER}2/", filled(**answers))

    assert (response.status_code, errors(response)) == (422, {field: [text]})
    assert questions(2) == questions(1)


def test_a_version_in_use_is_read_and_not_written(client_of, beheer):
    client = client_of(beheer)

    response = client.post(f"{BEHEER}1/", filled(), follow=True)

    assert "Versie 1 is in gebruik en verandert niet meer." in response.text
    assert "form" not in response.context
    assert client.post(f"{BEHEER}1/in-gebruik/", {"version": 1}).url == f"{BEHEER}1/"
    assert questions(1) == list(FIRST_QUESTIONS)


def test_asking_for_a_new_version_again_opens_the_draft_there_is(client_of, beheer):
    client = client_of(beheer)

    assert [client.post(f"{BEHEER}1/nieuwe-versie/").url for _ in range(2)] == [f"{BEHEER}2/"] * 2
    assert [row.number for row in lists()] == [1, 2]


def test_who_saved_second_sees_what_is_there_now(client_of, beheer):
    client = client_of(beheer)
    client.post(f"{BEHEER}1/nieuwe-versie/")
    client.post(f"{BEHEER}2/", filled(everybody="Eerst?"))

    refused = client.post(f"{BEHEER}2/", filled(everybody="Tweede?"))

    assert refused.status_code == 409
    assert "Eerst?" in refused.text
    assert "Tweede?" in refused.text
    assert questions(2) == [("Eerst?", "")]
    assert client.post(f"{BEHEER}2/in-gebruik/", {"version": 1}, follow=True).text.count("net aangepast") == 1
    assert lists()[1].is_draft
    assert client.post(f"{BEHEER}2/", filled(everybody="Tweede?", version=2)).status_code == 302
    assert questions(2) == [("Tweede?", "")]


def test_not_even_the_owner_of_the_tables_changes_what_is_in_use():
    first = first_list()
    for change in (
        lambda: QuestionList.objects.filter(pk=first.pk).update(title="Anders"),
        lambda: Question.objects.filter(question_list=first).update(text="Anders?"),
        lambda: Question.objects.filter(question_list=first).delete(),
        lambda: Question.objects.create(question_list=first, position=99, text="Nog een?"),
    ):
        with as_owner(), pytest.raises(DatabaseError, match="in use"), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_for_a_new_version_at_once_get_the_same():
    people = [factories.national(Role.BEHEER), factories.national(Role.BEHEER)]
    found = []

    def copy(by):
        with acting_as(by):
            found.append(actions.copy_list(original=first_list(), by=by).number)

    assert at_once(*(lambda by=by: copy(by) for by in people)) == []
    assert found == [2, 2]
    assert questions(2) == questions(1)


@pytest.mark.django_db(transaction=True)
def test_taking_in_use_while_a_colleague_saves_lets_one_of_both_through():
    saver, publisher = factories.national(Role.BEHEER), factories.national(Role.BEHEER)
    with acting_as(saver):
        draft = actions.copy_list(original=first_list(), by=saver)
    done = {}

    def save():
        with acting_as(saver):
            done["saved"] = actions.save_list(question_list=draft, title="Nieuw", questions=[("Nieuw?", "")], version=1)

    def publish():
        with acting_as(publisher):
            done["published"] = actions.publish_list(question_list=draft, version=1, by=publisher)

    assert at_once(save, publish) == []
    assert sorted(done.values()) == [False, True]
    assert lists()[1].is_draft == done["saved"]
    assert questions(2) == ([("Nieuw?", "")] if done["saved"] else questions(1))


def test_the_casusinbreng_has_versions_of_its_own(client_of, beheer):
    """The same pages at another address; a version of one kind is none of the other."""
    client, here = client_of(beheer), f"{BEHEER}casusinbreng/"
    interviews = [row.pk for row in lists()]

    assert client.post(f"{here}1/nieuwe-versie/").url == f"{here}2/"
    page = client.get(f"{here}2/")
    assert list(page.context["form"].fields) == ["title", "version", "everybody"]
    assert f'href="{here}"' in page.text
    assert client.post(f"{here}2/", filled() | {"verder": "1"}).url == f"{here}2/in-gebruik/"
    assert client.post(f"{here}2/in-gebruik/", {"version": 2}).url == f"{here}2/"

    assert [row.pk for row in lists()] == interviews
    with as_owner():
        ours = QuestionList.objects.of("inbreng")
        assert [(row.number, row.is_draft) for row in ours] == [(2, False), (1, False)]
        assert [question.text for question in ours[0].questions.all()] == ["Wat is er al?", "Wat wil je?"]
        assert AuditEvent.objects.get(event="question_list_published").detail == {"kind": "inbreng", "question_list": 2}
    assert client.get(f"{BEHEER}2/").status_code == 404
    assert "Wat wil je?" in client.get(f"{here}2/").text
