"""Redenen: special category data. Only for an interviewer who works on the jeugdige, after a yes to exactly this."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.actions.consent import record_consent
from cases.models import Case, CaseReason
from cases.reasons import ReasonCount, count_reasons, may_see_reasons, reasons_of, save_reasons
from regions.models import Role
from reporting.accounts import read_accounts
from tests import factories
from tests.database import as_owner
from tests.interviews import allow, day, interview_of

pytestmark = pytest.mark.django_db

HIDDEN = "Hoogbegaafdheid"


def case_with(*kinds, reasons=30, **fields):
    case = factories.CaseFactory(**{"shared_until": day(20), **fields})
    allow(case, reasons=reasons)
    for kind in kinds:
        factories.CaseReasonFactory(case=case, kind=kind, reasons_until=day(reasons))
    return case


def url(case):
    return f"/jeugdigen/{case.code}/interviews/redenen/"


def kinds(case):
    with as_owner():
        return sorted(CaseReason.objects.filter(case=case).values_list("kind", flat=True))


def lines(case, event):
    with as_owner():
        return list(AuditEvent.objects.filter(case_id=case.pk, event=event).values_list("user_id", flat=True))


def test_an_interviewer_records_several_reasons_and_each_look_is_on_record(client_of):
    user, case = factories.interviewer(), case_with("ass")
    client = client_of(user)

    form = client.get(url(case)).context["form"]
    assert form["kinds"].value() == form["seen"].value() == ["ass"]
    assert lines(case, "reasons_read") == [user.pk]
    response = client.post(url(case), {"kinds": ["ass", "hoogbegaafd"], "seen": ["ass"]})

    assert response.status_code == 302
    assert kinds(case) == ["ass", "hoogbegaafd"]
    assert lines(case, "reasons_saved") == [user.pk]
    client.post(url(case), {"seen": ["ass", "hoogbegaafd"]})
    assert kinds(case) == []


def test_the_log_says_that_reasons_changed_and_never_which():
    user, case = factories.interviewer(), case_with()

    with acting_as(user):
        assert save_reasons(case, ["angst", "ass"], seen=[])
        assert reasons_of(case) == ["ass", "angst"]

    with as_owner():
        rows = AuditEvent.objects.filter(case_id=case.pk, event__startswith="reasons")
        assert {(row.event, str(row.detail)) for row in rows} == {("reasons_saved", "{}"), ("reasons_read", "{}")}
        assert not AuditEvent.objects.filter(detail__icontains="angst").exists()


def near(case):
    """An inbrenger of the case who has the right to reasons too."""
    user = factories.MembershipFactory(role=Role.INTERVIEWER, swv=factories.swv()).user
    factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv(), user=user)
    factories.CaseMemberFactory(case=case, user=user, role="inbrenger")
    return user


def official_who_interviews(case):
    return factories.MembershipFactory(role=Role.INTERVIEWER, swv=factories.swv(), user=factories.leerplicht()).user


WHO = {
    "interviewer of the team": (lambda case: factories.interviewer(), True),
    "inbrenger who interviews": (near, True),
    "leerplicht that interviews": (official_who_interviews, True),
    "leerplicht": (lambda case: factories.leerplicht(), False),
    "coördinator": (lambda case: factories.coordinator(), False),
    "interviewer without work": (lambda case: factories.MembershipFactory(role=Role.INTERVIEWER, swv=factories.swv()).user, False),
    "interviewer elsewhere": (lambda case: factories.MembershipFactory(role=Role.INTERVIEWER, swv=factories.swv("PO2203"), user=factories.coordinator()).user, False),
    "SWV-contact": (lambda case: factories.swv_contact(), False),
    "project": (lambda case: factories.national(Role.PROJECT), False),
    "FG": (lambda case: factories.national(Role.FG), False),
    "beheer": (lambda case: factories.national(Role.BEHEER), False),
}  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_who_sees_reasons(client_of, who):
    make, sees = WHO[who]
    case = case_with("hoogbegaafd")
    user = make(case)

    page = client_of(user).get(url(case))
    with acting_as(user):
        assert reasons_of(case) == (["hoogbegaafd"] if sees else [])
        assert may_see_reasons(user, case) == sees
        assert count_reasons([factories.swv()]).children == sees

    assert page.status_code == (200 if sees else 404)
    assert (HIDDEN in page.text) == sees
    assert len(lines(case, "reasons_read")) == 2 * sees


@pytest.mark.parametrize("changes", [{"reasons": -1}, {"shared_until": day(-1)}])
def test_nobody_of_the_team_sees_them_without_both_yeses(client_of, changes):
    user, case = factories.interviewer(), case_with("hoogbegaafd", **changes)

    page = client_of(user).get(url(case))
    with acting_as(user):
        assert reasons_of(case) == []
        with pytest.raises(DatabaseError, match="not allowed"), transaction.atomic():
            save_reasons(case, ["ass"], seen=["hoogbegaafd"])

    assert "form" not in page.context or page.context["form"] is None
    assert client_of(user).post(url(case), {"kinds": ["ass"]}).status_code == 404
    assert kinds(case) == ["hoogbegaafd"]


def test_the_yes_to_the_interview_is_no_yes_to_reasons(client_of):
    user, case = factories.interviewer(), factories.CaseFactory(shared_until=day(20))
    allow(case, interview=30)

    page = client_of(user).get(url(case))

    assert "Er is geen toestemming om redenen vast te leggen" in page.text
    assert page.context["form"] is None


def test_a_withdrawal_deletes_the_reasons_at_once():
    official = factories.leerplicht()
    case = factories.IdentityFactory(case=case_with("ass", "angst")).case
    today = timezone.localdate()

    with acting_as(official):
        record_consent(case=case, persons=["ouder_1"], by=official, born_on=today.replace(year=today.year - 9, day=1), today=today, purpose="redenen", answer="ingetrokken", answered_on=today)  # fmt: skip

    assert kinds(case) == []
    assert lines(case, "reasons_deleted") == [official.pk]


def test_not_named_stands_alone(client_of):
    user, case = factories.interviewer(), case_with()

    response = client_of(user).post(url(case), {"kinds": ["ass", "niet_genoemd"]})

    assert response.status_code == 422
    assert response.context["form"].errors["kinds"] == ["Kies ‘Niet genoemd’ alleen als er geen andere reden is."]
    assert kinds(case) == []


def test_who_saves_over_the_change_of_a_colleague_sees_both(client_of):
    user, case = factories.interviewer(), case_with("ass")
    client = client_of(user)
    client.post(url(case), {"kinds": ["ass", "angst"], "seen": ["ass"]})

    refused = client.post(url(case), {"kinds": ["somatisch"], "seen": ["ass"]})

    assert refused.status_code == 409
    assert "Nu staat er: Autisme (ASS), Angst." in refused.text
    assert kinds(case) == ["angst", "ass"]
    assert client.post(url(case), {"kinds": ["somatisch"], "seen": ["ass", "angst"]}).status_code == 302
    assert kinds(case) == ["somatisch"]


def test_37_children_have_39_reasons():
    """The numbers of the leerrapportage: two are hoogbegaafd and have ASS; of one no reason was named."""
    named = {"ass": 12, "hoogbegaafd": 10, "verstandelijk": 4, "angst": 6, "hechting": 2, "niet_genoemd": 1}
    people = [("ass", "hoogbegaafd")] * 2 + [(kind,) for kind, number in named.items() for _ in range(number)]
    user = factories.interviewer()
    for number, found in enumerate(people):
        case_with(*found, situation="5a" if number < 26 else "av")
    case_with("ass", reasons=-1)  # no longer
    case_with("ass", shared_until=day(-1))
    case_with("ass", swv=factories.swv("PO2203"), gemeente=factories.gemeente("Emmen"))

    with acting_as(user):
        counted = count_reasons([factories.swv()])
        elsewhere = count_reasons([factories.swv("PO2203")])

    assert len(people) == 37
    assert (counted.children, counted.reasons) == (37, 39)
    assert counted.per_kind == {
        "ass": 14, "hoogbegaafd": 12, "verstandelijk": 4, "angst": 6, "hechting": 2, "niet_genoemd": 1,
    }  # fmt: skip
    assert elsewhere == ReasonCount(children=0, reasons=0, per_kind={})
    with as_owner():
        assert AuditEvent.objects.filter(event="reasons_counted", user_id=user.pk).count() == 2


@pytest.mark.parametrize("who", ["interviewer", "leerplicht", "coordinator"])
def test_the_table_is_closed_to_the_web_role_whoever_asks(who):
    case_with("hoogbegaafd")
    user = getattr(factories, who)()
    for statement in (
        "SELECT kind FROM cases_casereason",
        "SELECT c.id FROM cases_case c JOIN cases_casereason r ON r.case_id = c.id",
        "COPY cases_casereason TO STDOUT",
        "INSERT INTO cases_casereason SELECT * FROM cases_casereason",
        "UPDATE cases_casereason SET kind = 'ass'",
        "DELETE FROM cases_casereason",
        "SELECT access.reasons_in_reach(NULL)",
    ):
        with acting_as(user), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_reasons_and_interviews_are_in_no_reis_account_or_other_page(client_of):
    contact = factories.swv_contact()
    case = case_with("hoogbegaafd", status="uitvoering")
    allow(case, quotes=30, reasons=30)
    _, answer, quote = interview_of(case)
    factories.JourneyFactory(case=case, wensdroom="brood")
    factories.InclusionFactory(case=case, subsidy=factories.SubsidyFactory())
    words = (HIDDEN, "hoogbegaafd", answer.text, quote.text)

    user = factories.interviewer()
    client = client_of(user)
    for page in ("", "reis/", "logboek/", "documenten/", "toestemming/", "wie-kan-dit-zien/", "interviews/"):
        text = client.get(f"/jeugdigen/{case.code}/{page}").text
        assert [word for word in words if word in text] == [], page
    with acting_as(contact):
        accounts = repr(read_accounts(user=contact, swv=factories.swv(), today=timezone.localdate()))
    assert "brood" in accounts
    assert [word for word in words if word in accounts] == []


def test_a_signaal_or_an_unknown_case_gives_nothing():
    user = factories.interviewer()
    with acting_as(user):
        with pytest.raises(DatabaseError, match="not allowed"), transaction.atomic():
            save_reasons(Case(pk=10**9), ["ass"], seen=[])
        with pytest.raises(DatabaseError, match="of which"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM access.reasons(NULL)")
