"""Every page about one jeugdige leaves exactly one line in the log of who looked (R0.4)."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.urls import reverse
from django.utils import timezone

from access.models import AuditEvent
from cases.models import Answer
from regions.models import Role, Subsidy
from tests import factories
from tests.database import as_owner
from tests.interviews import allow, interview_of, question

pytestmark = pytest.mark.django_db
import_module("wel.urls")  # registers the converters that these paths use
urlpatterns = import_module("cases.urls").urlpatterns
PAGES = sorted(pattern.name for pattern in urlpatterns if "<case:pk>" in str(pattern.pattern))
NO_PAGE = {
    "name",
    "stop_move",
    "document_download",
    "document_remove",
    "document_restore",
    "log_remove",
    "log_put_back",
    "stop_put_back",
    "draft",
    "draft_throw_away",
    "owner_stay",
    "companion_remove",
    "companion_put_back",
    "reflection_remove",
    "reflection_put_back",
}  # POST only; a name has a line of its own
BY_THE_DATABASE = ("identity_seen", "case_audit_read")  # more than a look at the page


# A page that is only there for a case of its kind.
KINDS = {
    "signal_name": {"is_signal": True, "birth_month": None},
    "side_group": {"situation": "anders", "side_group": "vier"},
}
BY_THE_TEAM = ("inzet", "inzet_add", "inzet_edit", "hours_add", "hours_edit")  # leerplicht has no part in money


ABOUT_A_HANDOVER = ("handover_consent", "handover_offer", "handover_withdraw")
BY_ITSELF = {"handover_seen"}  # a line of the function that reads a handover


def surroundings(name, case, user):
    """What has to be there before the page is."""
    if name in ("connection_repaired", "connection_replace"):
        factories.ConnectionFactory(case=case)
    elif name in ABOUT_A_HANDOVER:
        factories.HandoverFactory(case=case)
    elif name == "owner_leave":
        factories.CaseMemberFactory(case=case, user=user)


def answer_of(case):
    with as_owner():
        return Answer.objects.unscoped().get(case=case)


def writer():
    return factories.UserFactory()


def case_for(**fields):
    case = factories.CaseFactory(shared_until=timezone.localdate() + timedelta(days=60), **fields)
    if not case.is_signal:
        factories.IdentityFactory(case=case)
    factories.SubsidyFactory(swv=case.swv)
    return case


def subsidy_of(case):
    with as_owner():
        return Subsidy.objects.all().get(swv_id=case.swv_id)


@pytest.fixture
def case(db):
    return case_for()


def looks(user):
    with as_owner():
        events = AuditEvent.objects.filter(user_id=user.pk).exclude(event__in=("login", "logout", *BY_THE_DATABASE))
        return list(events.order_by("pk").values_list("event", "case_id"))


@pytest.mark.parametrize("name", [name for name in PAGES if name not in NO_PAGE])
def test_a_page_of_a_jeugdige_leaves_one_line(client_of, name):
    case = case_for(**KINDS.get(name, {}))
    allow(case)
    if name == "removal":
        factories.RemovalDecisionFactory(case=case)
    user = factories.coordinator() if name in BY_THE_TEAM else factories.leerplicht()
    if name == "reasons":
        factories.MembershipFactory(user=user, role=Role.INTERVIEWER, swv=case.swv)
        allow(case, reasons=30)
    rest = {
        "line_pk": lambda: factories.CostLineFactory(case=case, subsidy=subsidy_of(case), entered_by=user).pk,
        "hours_pk": lambda: factories.HoursLineFactory(case=case, entered_by=user).pk,
        "status_pk": lambda: factories.LegalStatusFactory(case=case).pk,
        "document_pk": lambda: factories.DocumentFactory(case=case).pk,
        "stop_pk": lambda: factories.StopFactory(case=case).pk,
        "entry_pk": lambda: factories.LogEntryFactory(case=case, author=user).pk,
        "statement": lambda: factories.ConsentFactory(case=case).pk,
        "grant": lambda: factories.IdentityGrantFactory(case=case).pk,
        "wish_pk": lambda: factories.TableWishFactory(case=case).pk,
        "chapter": lambda: "plan",
        "interview_pk": lambda: interview_of(case)[0].pk,
        "question_pk": lambda: question().pk,
        "answer_pk": lambda: answer_of(case).pk,
        "companion_pk": lambda: factories.CompanionFactory(case=case).pk,
        "reflection_pk": lambda: factories.ReflectionFactory(case=case, author=user).pk,
        "event_pk": lambda: factories.FollowEventFactory(case=case).pk,
        "moment_pk": lambda: factories.FollowUpFactory(case=case).pk,
        "story_pk": lambda: factories.StoryFactory(case=case, author=user if name == "story_edit" else writer()).pk,
    }
    [pattern] = [pattern for pattern in urlpatterns if pattern.name == name]
    names = [name for name in pattern.pattern.converters if name != "pk"]
    url = reverse(f"cases:{name}", kwargs={"pk": case.pk, **{name: rest[name]() for name in names}})
    surroundings(name, case, user)
    client = client_of(user)
    before = len(looks(user))

    assert client.get(url).status_code == 200

    [(event, case_id)] = looks(user)[before:]
    assert case_id == case.pk
    assert event.endswith("_read") or event == "story_checked"  # which a database function writes


def test_what_is_not_shown_leaves_no_line_and_what_is_refused_shows_the_form_and_does(client_of, case):
    user, stranger = factories.coordinator(), factories.coordinator("PO2203")
    url = reverse("cases:owner", args=[case.pk])

    assert client_of(stranger).get(url).status_code == 404
    client = client_of(user)
    assert client.post(url, {}).status_code == 422

    assert [event for event in looks(stranger) if event[1]] == []
    assert [event for event in looks(user) if event[1]] == [("case_read", case.pk)]
