"""Planning a table on the screen: free places, what holds it closed, who sits there, and what somebody invited reads."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cases.models import Case
from meetings.mails import hash_of, invitation_token
from meetings.models import AgendaItem, Meeting, Participant
from meetings.views.agenda import full_text
from tests import factories
from tests.database import as_owner
from tests.meetings.test_team_pages import errors_of, text_of

pytestmark = pytest.mark.django_db

UNTIL = timezone.localdate() + timedelta(days=90)


def url(name, *args):
    return reverse(f"meetings:{name}", args=args)


def shared(**fields):
    """A jeugdige with an eigenaar, open to the team, of whom all is there that planning asks."""
    case = factories.CaseFactory(shared_until=UNTIL, **fields)
    owner = factories.CaseMemberFactory(case=case).user
    factories.BringingFactory(case=case, texts=["Hoe verder?"], ready=owner)
    factories.NoVoiceFactory(case=case)
    factories.InterviewConsentFactory(case=case, table_until=UNTIL)
    return case


def rows(model, **where):
    with as_owner():
        return list(model.objects.unscoped().filter(**where).order_by("pk"))


def roles(item):
    return [row.role for row in rows(Participant, item=item, removed_at=None)]


@pytest.fixture
def team():
    """Somebody independent who leads, two of the kernteam, and a partner who is asked when it fits."""
    team = factories.WelTeamFactory(name="Team Noord", table_word="MDO+")
    factories.TeamMemberFactory(team=team, role="voorzitter", email="voorzitter@voorbeeld.test")
    for _ in range(2):
        factories.TeamMemberFactory(team=team, user=factories.MembershipFactory(swv=team.swv).user)
    factories.TeamMemberFactory(team=team, function="wijkagent")
    return team


def queued(name):
    with as_owner():
        return DBTaskResult.objects.filter(task_path__endswith=name).count()


def test_from_a_jeugdige_the_first_free_place_is_chosen_and_who_is_always_there_sits_there(client_of, team):
    case, coordinator = shared(), factories.coordinator()
    full = factories.MeetingFactory(team=team)
    for begin in (0, 45):
        start = full.starts_at + timedelta(minutes=begin)
        factories.AgendaItemFactory(case=shared(), meeting=full, starts_at=start)
    other = factories.MeetingFactory(team=team, starts_at=full.starts_at + timedelta(days=7))
    factories.MeetingFactory(team=team, kind="atelier", starts_at=full.starts_at + timedelta(days=1))
    factories.MeetingFactory(team=factories.WelTeamFactory(swv=factories.swv("PO2203")))
    client = client_of(coordinator)

    assert url("plan_case", case.pk) in client.get(case.get_absolute_url()).content.decode()
    form = client.get(url("plan_case", case.pk)).context["form"]
    assert [meeting for meeting, _ in form.free.values()] == [other]
    response = client.post(url("plan_case", case.pk), {"place": form.initial["place"]})

    (item,) = rows(AgendaItem, case=case)
    assert response.url == item.get_absolute_url()
    assert (item.meeting_id, item.starts_at) == (other.pk, other.starts_at)
    assert item.ends_at - item.starts_at == timedelta(minutes=45)
    assert roles(item) == ["eigenaar", "voorzitter", "kernteam", "kernteam"]
    assert {row.invited_at for row in rows(Participant, item=item)} == {None}  # nobody got a mail yet


def test_the_place_that_a_colleague_just_took_is_said_to_be_taken(client_of, team):
    case = shared()
    meeting = factories.MeetingFactory(team=team)
    client = client_of(factories.coordinator())
    choice = client.get(url("plan_case", case.pk)).context["form"].initial["place"]
    factories.AgendaItemFactory(case=shared(), meeting=meeting)

    answer = client.post(url("plan_case", case.pk), {"place": choice})

    assert answer.status_code == 422
    assert errors_of(answer) == {"place": ["Deze plek is net bezet. Kies een andere."]}
    assert rows(AgendaItem, case=case) == []


def test_a_third_jeugdige_reads_where_there_is_room(client_of, team):
    start = timezone.now().replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(days=8)
    meeting = factories.MeetingFactory(team=team, starts_at=start)
    later = factories.MeetingFactory(team=team, starts_at=start + timedelta(days=21))
    cases = [shared() for _ in range(3)]
    client = client_of(factories.coordinator())
    for case in cases[:2]:
        assert client.post(url("agenda_add", meeting.pk), {"case": case.pk}).status_code == 302
    assert "Deze tafel zit vol." in text_of(client.get(url("detail", meeting.pk)))

    page = client.get(url("agenda_add", meeting.pk))
    refused = client.post(url("agenda_add", meeting.pk), {"case": cases[2].pk})

    for answer in (page, refused):
        assert full_text((later, later.starts_at)) in text_of(answer)
        assert url("agenda_add", later.pk) in answer.content.decode()
    assert (page.status_code, refused.status_code) == (200, 409)
    assert [row.starts_at for row in rows(AgendaItem)] == [start, start + timedelta(minutes=45)]


def test_what_holds_the_table_closed_is_said_with_a_way_out(client_of, team):
    meeting = factories.MeetingFactory(team=team, starts_at=timezone.now() + timedelta(days=20))
    short = shared()
    with as_owner():
        Case.objects.unscoped().filter(pk=short.pk).update(shared_until=timezone.localdate() + timedelta(days=10))
    alone = factories.CaseFactory(shared_until=UNTIL)
    client = client_of(factories.coordinator())

    no_consent = client.get(url("plan_case", short.pk))
    no_owner = client.post(url("agenda_add", meeting.pk), {"case": alone.pk})

    assert "Er is geen vrije plek" in text_of(no_consent)  # none before the consent ends
    assert no_owner.status_code == 422
    assert "Er is geen eigenaar die hier werkt." in text_of(no_owner)
    assert reverse("cases:owner", args=[alone.pk]) in no_owner.content.decode()
    assert client.post(url("agenda_add", meeting.pk), {"case": short.pk}).status_code == 422  # not a choice on that day
    assert rows(AgendaItem) == []


def test_six_people_is_a_question_and_never_a_refusal(client_of, team):
    item = factories.AgendaItemFactory(case=shared(), meeting=factories.MeetingFactory(team=team))
    for _ in range(4):
        factories.ParticipantFactory(item=item)
    factories.ParticipantFactory(item=item, role="jongere")  # is no crowd
    partner = rows(team.members.model, role="partner")[0]
    colleague = factories.MembershipFactory(swv=team.swv).user
    client = client_of(factories.coordinator())
    chosen = {"members": [partner.pk], "colleagues": [colleague.pk]}

    asked = client.post(url("people_add", item.pk), chosen)
    assert asked.status_code == 422
    assert "Zes mensen aan tafel is veel voor een jongere. Toch doen?" in text_of(asked)
    assert len(roles(item)) == 5
    assert client.post(url("people_add", item.pk), chosen | {"sure": "1"}).url == item.get_absolute_url()

    assert sorted(roles(item)) == sorted(["deelnemer"] * 6 + ["jongere"])
    assert {row.user_id for row in rows(Participant, item=item)} >= {colleague.pk}
    assert "Zes mensen aan tafel is veel voor een jongere." in text_of(client.get(item.get_absolute_url()))
    guest = {"function": "oude juf", "organisation": "De Verzonnen School", "email": "Juf@voorbeeld.test"}
    assert client.post(url("guest_add", item.pk), guest).status_code == 422
    assert client.post(url("guest_add", item.pk), guest | {"sure": "1"}).status_code == 302
    again = client.post(url("guest_add", item.pk), guest | {"sure": "1", "email": "juf@voorbeeld.test"})
    assert errors_of(again) == {"email": ["Die zit al aan tafel."]}


def test_the_voorzitter_stands_apart_from_the_jeugdige(client_of, team):
    case, item_owner = shared(), None
    item = factories.AgendaItemFactory(case=case, meeting=factories.MeetingFactory(team=team))
    with as_owner():
        item_owner = case.casemember_rows.unscoped().get().user
    owner = factories.ParticipantFactory(item=item, user=item_owner, role="eigenaar")
    bringer = factories.CaseMemberFactory(case=case, role="inbrenger").user
    inbrenger = factories.ParticipantFactory(item=item, user=bringer)
    first, second = (factories.ParticipantFactory(item=item) for _ in range(2))
    client = client_of(factories.coordinator())

    def lead(person):
        return client.post(
            url("participant_edit", item.pk, person.pk), {"role": "voorzitter", "version": person.version}
        )

    assert "Kies eerst een voorzitter" in text_of(client.get(url("invite", item.pk), follow=True))
    assert lead(owner).status_code == 404
    assert errors_of(lead(inbrenger)) == {
        "role": ["De voorzitter staat los van de jongere. Kies niet de eigenaar of de inbrenger."]
    }
    assert lead(first).status_code == lead(second).status_code == 302
    leaders = {row.pk: row.role for row in rows(Participant, item=item)}
    assert (leaders[first.pk], leaders[second.pk], leaders[owner.pk]) == ("kernteam", "voorzitter", "eigenaar")
    assert client.post(url("participant_remove", item.pk, owner.pk)).status_code == 404


def test_the_invitation_asks_first_and_then_goes_to_everybody_once(client_of, team):
    item = factories.AgendaItemFactory(case=shared(), meeting=factories.MeetingFactory(team=team))
    factories.ParticipantFactory(item=item, role="voorzitter", function="onafhankelijk voorzitter")
    factories.ParticipantFactory(item=item)
    factories.ParticipantFactory(item=item, role="ouder")
    client = client_of(factories.coordinator())

    page = text_of(client.get(url("invite", item.pk)))
    assert "onafhankelijk voorzitter" in page
    assert "Ouder" not in page
    assert queued("mail_due_invitations") == 0
    assert "Een collega paste dit net aan." in text_of(client.post(url("invite", item.pk), {"version": 2}, follow=True))
    said = text_of(client.post(url("invite", item.pk), {"version": 1}, follow=True))

    assert "De uitnodiging gaat naar 2 mensen." in said
    assert queued("mail_due_invitations") == 1
    assert [bool(row.invited_at) for row in rows(Participant, item=item)] == [True, True, False]
    assert "Iedereen is al uitgenodigd." in text_of(client.get(url("invite", item.pk)))
    assert "Iedereen is al uitgenodigd." in text_of(client.post(url("invite", item.pk), {"version": 1}, follow=True))


@pytest.fixture
def invited():
    """(place, who was invited and may open nothing else of this jeugdige)"""
    case = shared(strengths="Kan goed fietsen maken.")
    factories.JourneyFactory(case=case, wensdroom="Een eigen werkplaats", plan="Geheim plan")
    factories.IdentityFactory(case=case)
    for readers, text in (("tafel", "Vertelde over de fiets."), ("team", "Alleen voor het team.")):
        factories.LogEntryFactory(case=case, readers=readers, text=text)
    item = factories.AgendaItemFactory(case=case, treat="appeltaart")
    factories.ParticipantFactory(item=item, function="wijkagent")
    guest = factories.MembershipFactory(role="betrokken", swv=case.swv).user
    factories.ParticipantFactory(item=item, user=guest, invited_at=timezone.now())
    return item, guest


FOR_THE_TABLE = (
    "Een eigen werkplaats",
    "Kan goed fietsen maken.",
    "Vertelde over de fiets.",
    "wijkagent",
    "appeltaart",
)


def test_somebody_invited_reads_on_from_the_promise(client_of, invited):
    item, guest = invited
    client = client_of(guest)
    assert item.get_absolute_url() in client.get(url("list")).content.decode()

    before = text_of(client.get(item.get_absolute_url()))
    assert [words for words in FOR_THE_TABLE if words in before] == []
    assert item.code in before
    assert "Jouw rol Deelnemer" in " ".join(before.split())
    refused = client.post(url("promise", item.pk), {})
    assert "Zet een vinkje als je dit belooft." in text_of(refused)
    assert [words for words in FOR_THE_TABLE if words in text_of(refused)] == []
    assert client.post(url("promise", item.pk), {"careful": "on"}).status_code == 302

    after = text_of(client.get(item.get_absolute_url()))
    assert [words for words in FOR_THE_TABLE if words not in after] == []
    assert [words for words in ("Geheim plan", "Alleen voor het team.", "Pippeloentje") if words in after] == []
    assert client.get(reverse("cases:detail", args=[item.case_id])).status_code == 404
    for route in ("item_prepare", "people_add", "guest_add", "invite", "item_lapse"):
        assert client.get(url(route, item.pk)).status_code == 404
    assert client.post(url("item_answer", item.pk), {"keuze": "nee"}).url == url("list")
    assert client.get(item.get_absolute_url()).status_code == 404


def test_a_link_answers_by_its_button_only_and_without_an_account(client, invited):
    item, guest = invited
    (person,) = rows(Participant, user=guest)
    token = invitation_token(person.pk)
    with as_owner():
        Participant.objects.unscoped().filter(pk=person.pk).update(token_hash=hash_of(token))
    link = url("answer", token)

    page = client.get(f"{link}?keuze=nee")
    assert "Nee, het lukt niet" in text_of(page)
    assert item.code in text_of(page)
    assert [words for words in FOR_THE_TABLE if words in text_of(page)] == []
    client.get(f"{link}?keuze=ja")
    client.head(link)
    assert rows(Participant, user=guest)[0].answer == ""  # looking answered nothing
    said = client.post(link, {"keuze": "nee"}, follow=True)
    assert "We weten dat je er niet bij bent." in text_of(said)
    assert "wel" not in client.cookies  # no session for who only answers
    assert rows(Participant, user=guest)[0].answer == "nee"
    assert client.post(link, {"keuze": "ja"}).status_code == 302
    assert rows(Participant, user=guest)[0].answer == "ja"
    assert client.post(link, {"keuze": "misschien"}).status_code == 422
    assert client.get(url("answer", "0" * 64)).status_code == 404
    assert client.post(url("answer", "0" * 64), {"keuze": "ja"}).status_code == 404

    codes = [client.post(link, {"keuze": "misschien"}).status_code for _ in range(20)]
    assert (codes[0], codes[-1]) == (422, 429)


def test_a_meeting_keeps_the_time_and_the_kind_that_its_agenda_needs(client_of, team):
    start = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=8)
    meeting = factories.MeetingFactory(team=team, starts_at=start)
    begin = start + timedelta(minutes=60)
    factories.AgendaItemFactory(case=shared(), meeting=meeting, starts_at=begin)
    client = client_of(factories.coordinator())
    local = timezone.localtime(start)
    same = {"kind": "tafel", "topic": "", "day": f"{local:%d-%m-%Y}", "begin": f"{local:%H.%M}",
            "end": f"{local + timedelta(hours=2):%H.%M}", "place_kind": "online", "place": "", "version": 1}  # fmt: skip

    short = client.post(url("edit", meeting.pk), same | {"end": f"{local + timedelta(minutes=90):%H.%M}"})
    other = client.post(url("edit", meeting.pk), same | {"kind": "atelier"})

    assert errors_of(short).keys() == {"end"}
    assert errors_of(other).keys() == {"kind"}
    assert client.post(url("edit", meeting.pk), same | {"topic": "over de zomer"}).status_code == 302


def test_who_has_a_form_open_when_it_is_called_off_reads_what_happened(client_of, team):
    meeting = factories.MeetingFactory(team=team)
    with as_owner():
        Meeting.objects.unscoped().filter(pk=meeting.pk).update(status="afgezegd", cancel_reason="ziek")
    client = client_of(factories.coordinator())

    for route in ("edit", "cancel", "close", "agenda_add"):
        answer = client.post(url(route, meeting.pk), {"cancel_reason": "ziek"}, follow=True)
        assert "Dit overleg is afgezegd. Je kunt het niet meer aanpassen. Er is niets veranderd." in text_of(answer), (
            route
        )


def test_off_the_agenda_is_asked_first_and_never_over_a_colleague(client_of, team):
    item = factories.AgendaItemFactory(case=shared(), meeting=factories.MeetingFactory(team=team))
    factories.ParticipantFactory(item=item, invited_at=timezone.now())
    client = client_of(factories.coordinator())

    assert "1 mens krijgt een mail" in text_of(client.get(url("item_lapse", item.pk)))
    for version in ("2", "", "x", "9" * 20):
        client.post(url("item_lapse", item.pk), {"version": version})
    assert rows(AgendaItem)[0].status == "gepland"
    client.post(url("item_lapse", item.pk), {"version": "1"})

    assert rows(AgendaItem)[0].status == "vervallen"
    assert client.get(url("invite", item.pk)).status_code == 404
    assert "gaat niet door" in text_of(client.get(item.get_absolute_url()))


def test_who_works_on_the_jeugdige_and_said_no_reads_that_and_is_asked_nothing(client_of, team):
    item = factories.AgendaItemFactory(case=shared(), meeting=factories.MeetingFactory(team=team))
    coordinator = factories.coordinator()
    person = factories.ParticipantFactory(item=item, user=coordinator, invited_at=timezone.now())
    client = client_of(coordinator)
    assert "Voordat je leest" in text_of(client.get(item.get_absolute_url()))
    with as_owner():
        Participant.objects.unscoped().filter(pk=person.pk).update(answer="nee")

    page = text_of(client.get(item.get_absolute_url()))

    assert "Je zei dat je niet komt." in page
    assert [words for words in ("Voordat je leest", "Kun je?") if words in page] == []
    assert "Tafel voorbereiden" in page


def test_after_the_table_who_works_on_the_jeugdige_promises_nothing_any_more_and_a_guest_still_does(client_of, team):
    began = timezone.now() - timedelta(days=2)
    meeting = factories.MeetingFactory(team=team, starts_at=began, status="geweest")
    item = factories.AgendaItemFactory(case=shared(), meeting=meeting, status="besproken")
    coordinator, guest = factories.coordinator(), factories.UserFactory()
    for user in (coordinator, guest):
        factories.ParticipantFactory(item=item, user=user, invited_at=began, answer="ja")

    assert "Voordat je leest" not in text_of(client_of(coordinator).get(item.get_absolute_url()))
    assert "Voordat je leest" in text_of(client_of(guest).get(item.get_absolute_url()))


def test_the_eigenaar_prepares_with_the_youth(client_of):
    case = shared()
    with as_owner():
        owner = case.casemember_rows.unscoped().get().user
    item = factories.AgendaItemFactory(case=case)
    client = client_of(owner)
    values = {"presence": "erbij", "place": "De kantine", "treat": "frikandel", "version": 1}

    assert client.post(url("item_prepare", item.pk), values).status_code == 302
    late = client.post(url("item_prepare", item.pk), values | {"place": "De bieb"})

    assert late.status_code == 409
    assert "De kantine" in text_of(late)
    (row,) = rows(AgendaItem)
    assert (row.presence, row.place, row.treat, row.version) == ("erbij", "De kantine", "frikandel", 2)
    page = text_of(client.get(item.get_absolute_url()))
    assert "Tafel voorbereiden" in page
    assert client.get(url("invite", item.pk)).status_code == 404
