"""Het waarderend interview: only after a yes, with the questions of its version, and an answer with its tags."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from access.school_year import school_year_end, school_year_start
from cases.actions import interview as actions
from cases.actions.consent import record_consent, withdraw_consent
from cases.models import NOT_SHARED, Answer, Case, CaseReason, Consent, Interview, InterviewConsent, Quote, StatusChange
from tests import factories
from tests.at_once import at_once
from tests.database import as_owner
from tests.interviews import allow, day, first_list, interview_of, question

pytestmark = pytest.mark.django_db


def dutch(moment):
    return f"{moment:%d-%m-%Y}"


def shared_case(**fields):
    return factories.CaseFactory(shared_until=day(20), **fields)


def url(case, page=""):
    return f"/jeugdigen/{case.code}/interviews/{page}"


def held(user, **answers):
    values = {
        "held_on": dutch(day(-2)), "place": "thuis", "with_youth": "on", "with_parents": "on", "interviewer": user.pk,
        "is_trained": "on", "question_list": first_list().pk, "version": 1,
    }  # fmt: skip
    return values | answers


def answered(**answers):
    values = {
        "perspective": "jeugdige",
        "text": "Ik bak graag brood.",
        "theme": "inhoud",
        "level": "kind",
        "version": 1,
    }
    return values | answers


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def rows(model, **where):
    with as_owner():
        return list(model.objects.unscoped().filter(**where).order_by("pk"))


def say(case, by, purpose, answer="gegeven", persons=("ouder_1",), expires=60, on=0):
    with acting_as(by):
        record_consent(
            case=case,
            persons=persons,
            by=by,
            born_on=timezone.localdate().replace(year=timezone.localdate().year - 9, day=1),
            today=timezone.localdate(),
            purpose=purpose,
            answer=answer,
            answered_on=day(on),
            expires_on=day(expires) if answer == "gegeven" else None,
        )


def test_an_interview_is_written_down_with_who_when_and_the_questions_of_then(client_of):
    case, user = shared_case(situation="5a", status="toestemming"), factories.coordinator()
    allow(case)

    response = client_of(user).post(url(case, "toevoegen/"), held(user))

    (interview,) = rows(Interview)
    assert (response.status_code, response.url) == (302, url(case, f"{interview.pk}/"))
    assert (interview.held_on, interview.place, interview.interviewer, interview.is_trained) == (
        day(-2), "thuis", user, True,
    )  # fmt: skip
    assert (interview.present, interview.question_list) == (["jeugdige", "ouder"], first_list())
    assert (interview.consented_on, interview.situation, interview.recorded_by) == (day(-60), "5a", user)
    with as_owner():
        case = Case.objects.unscoped().get(pk=case.pk)
        step = StatusChange.objects.unscoped().filter(case=case).first()
    assert (case.status, case.last_contact_on) == ("interview", day(-2))
    assert (step.after, step.on, step.changed_by) == ("interview", day(-2), user)


@pytest.mark.parametrize("status", ["voorbereiding", "uitvoering", "rustpunt", "afgerond"])
def test_a_later_interview_moves_no_jeugdige_back(client_of, status):
    case, user = shared_case(status=status, last_contact_on=day(0)), factories.coordinator()
    allow(case)

    client_of(user).post(url(case, "toevoegen/"), held(user))

    with as_owner():
        case = Case.objects.unscoped().get(pk=case.pk)
    assert (case.status, case.last_contact_on) == (status, day(0))
    assert len(rows(Interview)) == 1


@pytest.mark.parametrize(
    ("answers", "field", "text"),
    [
        ({"held_on": ""}, "held_on", "Vul de datum in."),
        ({"held_on": dutch(day(1))}, "held_on", "Deze datum ligt in de toekomst."),
        ({"with_youth": "", "with_parents": ""}, "with_youth", "Kies met wie het gesprek was."),
        ({"interviewer": ""}, "interviewer", "Kies een collega."),
        ({"place": "bsn 123456782"}, "place", None),
        ({"question_list": "999999"}, "question_list", "Kies één van de mogelijkheden."),
    ],
)
def test_what_is_wrong_is_said_at_the_field(client_of, answers, field, text):
    case, user = shared_case(), factories.coordinator()
    allow(case)

    response = client_of(user).post(url(case, "toevoegen/"), held(user, **answers))

    assert response.status_code == 422
    found = errors(response)
    assert list(found) == [field]
    assert text is None or found[field] == [text]
    assert rows(Interview) == []


def test_no_interview_from_before_the_yes(client_of):
    case, user = shared_case(), factories.coordinator()
    allow(case, since=-1)

    response = client_of(user).post(url(case, "toevoegen/"), held(user))

    assert errors(response)["held_on"][0].startswith("Op die dag was er nog geen toestemming. Die is er sinds ")
    assert rows(Interview) == []


def test_without_a_yes_there_is_no_page_to_write_on_and_the_list_says_what_to_do(client_of):
    official, colleague, case = factories.leerplicht(), factories.coordinator(), shared_case()
    allow(case)
    interview, answer, _ = interview_of(case)
    allow(case, interview=-1)
    pages = ("toevoegen/", f"{interview.pk}/wijzig/", f"{interview.pk}/vraag/{question().pk}/", f"{interview.pk}/antwoord/{answer.pk}/")  # fmt: skip

    for user, word, number in ((official, "Leg toestemming vast", 200), (colleague, "Leerplicht vraagt het", 404)):
        client = client_of(user)
        page = client.get(url(case))
        assert "Er is nu geen toestemming voor een interview" in page.text
        assert word in page.text
        assert [client.post(url(case, each), held(user) | answered()).status_code for each in pages] == [404] * 4
        # leerplicht decides what becomes of it, and so still reads it
        assert client.get(url(case, f"{interview.pk}/")).status_code == number
        assert ("geheim antwoord" in client.get(url(case, f"{interview.pk}/")).text) == (number == 200)
    assert len(rows(Interview)) == len(rows(Answer)) == 1


def test_an_answer_is_kept_with_who_said_it_theme_and_level(client_of):
    case, user = shared_case(), factories.coordinator()
    allow(case)
    interview, *_ = interview_of(case, with_parents=True)
    second = question(2)

    response = client_of(user).post(
        url(case, f"{interview.pk}/vraag/{second.pk}/"), answered(perspective="ouder", theme="proces", level="systeem")
    )

    assert response.url == url(case, f"{interview.pk}/#vraag-{second.pk}")
    answer = rows(Answer)[-1]
    assert (answer.question, answer.perspective, answer.theme, answer.level) == (second, "ouder", "proces", "systeem")
    assert (answer.text, answer.written_by, answer.interview) == ("Ik bak graag brood.", user, interview)
    page = client_of(user).get(url(case, f"{interview.pk}/")).text
    assert "Ik bak graag brood." in page
    assert "Niveau: systeem" in page


def test_several_answers_to_one_question_stand_beside_each_other_and_tags_may_wait(client_of):
    case, user = shared_case(), factories.coordinator()
    allow(case)
    interview, first, _ = interview_of(case)

    client_of(user).post(
        url(case, f"{interview.pk}/vraag/{question().pk}/"), answered(text="En taart.", theme="", level="")
    )

    page = client_of(user).get(url(case, f"{interview.pk}/")).text
    assert page.index(first.text) < page.index("En taart.")
    assert rows(Answer)[-1].theme == rows(Answer)[-1].level == ""


def test_only_who_took_part_can_have_said_something(client_of):
    case, user = shared_case(), factories.coordinator()
    allow(case)
    interview, *_ = interview_of(case)
    page = url(case, f"{interview.pk}/vraag/{question(2).pk}/")

    form = client_of(user).get(page).context["form"]
    assert form.fields["perspective"].choices == [("jeugdige", "Jeugdige")]
    assert form["perspective"].value() == "jeugdige"
    assert errors(client_of(user).post(page, answered(perspective="ouder"))) == {"perspective": ["Kies één van de mogelijkheden."]}  # fmt: skip


def test_a_question_for_professionals_is_asked_of_professionals(client_of):
    case, user = shared_case(), factories.coordinator()
    allow(case)
    interview, *_ = interview_of(case)
    with_professional, *_ = interview_of(case, with_youth=False, with_professional=True)

    def asked(row):
        return len(client_of(user).get(url(case, f"{row.pk}/")).context["questions"])

    assert (asked(interview), asked(with_professional)) == (11, 12)


def test_on_to_the_next_question_without_an_answer(client_of):
    case, user = shared_case(), factories.coordinator()
    allow(case)
    interview, *_ = interview_of(case)  # question 1 has its answer
    third, fourth = question(3), question(4)
    client = client_of(user)
    client.post(url(case, f"{interview.pk}/vraag/{third.pk}/"), answered())

    def on(number):
        page = url(case, f"{interview.pk}/vraag/{question(number).pk}/")
        return client.post(page, answered() | {"volgende": "1"}).url

    assert on(2) == url(case, f"{interview.pk}/vraag/{fourth.pk}/")
    assert on(11) == url(case, f"{interview.pk}/#vraag-{question(11).pk}")  # the 12th is for professionals


def test_two_editors_of_one_interview_both_see_both(client_of):
    case, user = shared_case(), factories.coordinator(user__name="Merel Eerst")
    allow(case, quotes=30)
    interview, answer, _ = interview_of(case)
    pages = {
        url(case, f"{interview.pk}/wijzig/"): (held(user, place="bij oma"), held(user, place="in het park"), "place"),
        url(case, f"{interview.pk}/antwoord/{answer.pk}/"): (
            answered(text="Eerste.", quote="‘Een.’"), answered(text="Tweede.", quote="‘Twee.’"), "text",
        ),
    }  # fmt: skip
    client = client_of(user)

    for page, (first, second, field) in pages.items():
        assert client.post(page, first).status_code == 302
        refused = client.post(page, second)
        assert refused.status_code == 409
        assert first[field] in refused.text
        assert second[field] in refused.text
        again = client.post(page, second | {"version": 2})
        assert again.status_code == 302

    (kept,), (place,) = rows(Answer), [row.place for row in rows(Interview)]
    assert (kept.text, kept.version, place) == ("Tweede.", 3, "in het park")
    assert [quote.text for quote in rows(Quote)] == ["‘Twee.’"]


def test_an_answer_elsewhere_or_of_another_interview_is_not_there(client_of):
    case, other, user = shared_case(), shared_case(), factories.coordinator()
    allow(case)
    allow(other)
    interview, answer, _ = interview_of(case)
    theirs, their_answer, _ = interview_of(other)
    client = client_of(user)

    for page in (
        url(case, f"{interview.pk}/antwoord/{their_answer.pk}/"),
        url(case, f"{theirs.pk}/antwoord/{their_answer.pk}/"),
        url(case, f"{theirs.pk}/wijzig/"),
        url(case, f"{interview.pk}/vraag/999999/"),
    ):
        assert client.get(page).status_code == client.post(page, answered()).status_code == 404
    assert client.get(url(case, f"{theirs.pk}/")).status_code == 404
    assert client.get(url(case, f"{interview.pk}/antwoord/{answer.pk}/")).status_code == 200


def test_reading_leaves_a_line(client_of):
    case, user = shared_case(), factories.coordinator()
    allow(case)
    interview, *_ = interview_of(case)
    client = client_of(user)

    client.get(url(case))
    client.get(url(case, f"{interview.pk}/"))

    with as_owner():
        found = AuditEvent.objects.filter(user_id=user.pk, case_id=case.pk, event__contains="interview")
        assert list(found.order_by("pk").values_list("event", flat=True)) == ["interviews_read", "interview_read"]


# Citaten


def test_a_quote_only_with_a_yes_to_that(client_of):
    case, user = shared_case(), factories.coordinator()
    allow(case)
    interview, answer, _ = interview_of(case)
    page = url(case, f"{interview.pk}/antwoord/{answer.pk}/")
    client = client_of(user)

    assert "quote" not in client.get(page).context["form"].fields
    client.post(page, answered(quote="Brood ruikt naar morgen."))
    assert rows(Quote) == []

    allow(case, quotes=10)
    client.post(page, answered(quote="Brood ruikt\nnaar morgen.", version=2))
    assert [quote.text for quote in rows(Quote)] == ["Brood ruikt naar morgen."]
    assert "Brood ruikt naar morgen." in client.get(url(case, f"{interview.pk}/")).text
    client.post(page, answered(quote="", version=3))
    assert rows(Quote) == []


def test_a_withdrawal_takes_the_quotes_away_at_once_and_an_end_hides_them(client_of):
    official = factories.leerplicht()
    case = factories.IdentityFactory(case=factories.CaseFactory()).case
    for purpose in ("delen", "interview", "verhaal"):
        say(case, official, purpose)
    (case,) = rows(Case)
    interview, answer, quote = interview_of(case)
    client = client_of(official)
    page = url(case, f"{interview.pk}/")
    assert quote.text in client.get(page).text

    with as_owner():
        InterviewConsent.objects.unscoped().update(quotes_until=day(-1))
    assert quote.text not in client.get(page).text
    with acting_as(official):
        assert list(Quote.objects.visible_to(official)) == []
        assert list(Quote.objects.unscoped()) == []  # the database says so too, to leerplicht as well
    assert len(rows(Quote)) == 1

    say(case, official, "verhaal")
    assert quote.text in client.get(page).text
    with as_owner():
        given = Consent.objects.unscoped().filter(purpose="verhaal").latest("pk")
    asking = client.get(f"/jeugdigen/{case.code}/toestemming/{given.pk}/trek-in/").text
    assert "Citaten uit het interview wissen we meteen." in asking
    with acting_as(official):
        withdraw_consent(statement=given, by=official, born_on=case_born(), today=timezone.localdate())

    assert quote.text not in client.get(page).text
    assert rows(Quote) == []
    assert answer.text in client.get(page).text  # what was said in the interview is another yes


def case_born():
    today = timezone.localdate()
    return today.replace(year=today.year - 9, day=1)


# Toestemming


def test_the_yes_opens_until_it_ends_and_a_no_closes_at_once():
    official = factories.leerplicht()
    case = factories.IdentityFactory(case=factories.CaseFactory()).case

    def consent():
        (row,) = rows(InterviewConsent, case=case)
        return row.interview_since, row.interview_until, row.quotes_until, row.reasons_until

    say(case, official, "interview", on=-5)
    assert consent() == (day(-5), day(60), NOT_SHARED, NOT_SHARED)
    say(case, official, "verhaal", expires=30)
    say(case, official, "redenen", expires=20)
    say(case, official, "interview", expires=90)  # asked again before it ended: the first day stands
    assert consent() == (day(-5), day(90), day(30), day(20))
    say(case, official, "interview", "ingetrokken")
    assert consent()[1:] == (NOT_SHARED, day(30), day(20))
    say(case, official, "interview", expires=40)
    assert consent()[:2] == (day(0), day(40))
    say(case, official, "redenen", "geweigerd")
    assert consent()[3] == NOT_SHARED


def test_one_of_two_who_decide_is_no_yes():
    official = factories.leerplicht()
    case = factories.IdentityFactory(case=factories.CaseFactory(parents_with_authority=2)).case

    say(case, official, "interview")
    assert rows(InterviewConsent)[0].interview_until == NOT_SHARED
    say(case, official, "interview", persons=("ouder_2",))
    assert rows(InterviewConsent)[0].interview_until == day(60)


def test_the_yes_to_sharing_or_to_something_else_is_no_yes_to_this():
    official = factories.leerplicht()
    case = factories.IdentityFactory(case=factories.CaseFactory()).case

    for purpose in ("delen", "tafel", "monitor", "contact"):
        say(case, official, purpose)

    (row,) = rows(InterviewConsent)
    assert (row.interview_until, row.quotes_until, row.reasons_until) == (NOT_SHARED,) * 3
    assert row.table_until > timezone.localdate()


def test_the_last_day_tells_who_reads_along_no_birthday():
    """Turning 12 in some weeks ends it; the day that the team reads is the same for everybody born in that month."""
    official, ends = factories.leerplicht(), set()
    today = timezone.localdate()
    soon = (today.replace(day=1) + timedelta(days=62)).replace(day=1)
    for number in (3, 25):
        born_on = soon.replace(year=soon.year - 12, day=number)
        case = factories.CaseFactory(birth_year=born_on.year, birth_month=born_on.month)
        factories.IdentityFactory(case=case, born_on=born_on)
        with acting_as(official):
            for purpose in ("interview", "tafel"):
                record_consent(case=case, persons=["ouder_1"], by=official, born_on=born_on, today=today, purpose=purpose, answer="gegeven", answered_on=today, expires_on=day(400))  # fmt: skip
        row = rows(InterviewConsent, case=case)[0]
        ends |= {row.interview_until, row.table_until}

    assert len(ends) == 1
    assert ends.pop() < day(400)


# Tellen


def test_interviews_are_counted_by_with_whom_situation_and_year():
    """37 interviews as in the leerrapportage: 26 with an exemption, 11 absoluut verzuim."""
    user = factories.coordinator()
    for number in range(36):
        case = shared_case(situation="5a" if number < 25 else "av")
        allow(case)
        interview_of(case, with_parents=number < 20, with_youth=number >= 10, held_on=day(-3))
    interview_of(rows(Case, situation="5a")[0], with_youth=False, with_professional=True, held_on=day(-3))
    elsewhere = factories.CaseFactory(shared_until=day(9), swv=factories.swv("PO2203"), gemeente=factories.gemeente("Emmen"))  # fmt: skip
    allow(elsewhere)
    interview_of(elsewhere)

    with acting_as(user):
        seen = Interview.objects.visible_to(user)
        counts = seen.counts()
        themes = Answer.objects.visible_to(user).counts_by("theme")
        today = timezone.localdate()
        year = seen.held_between(school_year_start(today), school_year_end(today)).counts()
        before = seen.held_between(day(-900), day(-800)).counts()

    assert (counts["interviews"], counts["cases"]) == (37, 36)
    assert (counts["situation_5a"], counts["situation_av"], counts["situation_anders"]) == (26, 11, 0)
    assert (counts["jeugdige"], counts["ouder"], counts["professional"]) == (26, 20, 1)
    assert themes == {"": 37}
    assert (year["interviews"], before["interviews"]) == (37, 0)


# Tegelijk


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_one_answer_at_the_same_moment_one_is_told():
    case = shared_case()
    allow(case)
    _, answer, _ = interview_of(case)
    first, second = factories.coordinator(), factories.coordinator()
    saved = []

    def change(user, text):
        with acting_as(user):
            mine = Answer.objects.editable_by(user).select_related("case").get(pk=answer.pk)
            values = {"text": text, "perspective": "jeugdige", "theme": "", "level": ""}
            saved.append(actions.change_answer(answer=mine, values=values, version=1, by=user, today=day(0)))

    assert at_once(lambda: change(first, "Eerst."), lambda: change(second, "Tweede.")) == []
    assert sorted(saved) == [False, True]
    assert rows(Answer)[0].version == 2


@pytest.mark.django_db(transaction=True)
def test_who_was_writing_while_the_yes_was_taken_back_keeps_nothing():
    official = factories.leerplicht()
    case = factories.IdentityFactory(case=factories.CaseFactory()).case
    for purpose in ("delen", "interview"):
        say(case, official, purpose)
    (case,) = rows(Case)
    interview, *_ = interview_of(case)
    user = factories.coordinator()
    say(case, official, "interview", "ingetrokken")

    with acting_as(user), pytest.raises(actions.NoConsent):
        actions.add_answer(
            interview=interview,
            question=question(2),
            values={"text": "Te laat.", "perspective": "jeugdige", "theme": "", "level": ""},
            by=user,
            today=day(0),
        )
    assert len(rows(Answer)) == 1
    assert rows(Answer)[0].interview_until == NOT_SHARED


def test_no_reason_is_in_the_models_that_pages_read():
    """A slip of the hand in a queryset finds nothing: the table is closed to the web role."""
    assert not hasattr(CaseReason.objects, "visible_to")
