"""The register of activities on the screen: who keeps it, who reads along, and what comes out of it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from meetings.actions.activity import change_activity
from meetings.models import Activity, Meeting, Participation, Professional, ProfessionalAddress
from regions.models import Region, Role
from tests import factories
from tests.database import as_owner
from tests.test_query_counts import MOST, asked

pytestmark = pytest.mark.django_db

LIST, STANDING, PEOPLE = "/activiteiten/", "/activiteiten/stand-van-zaken/", "/activiteiten/deelnemers/"


def project():
    return factories.national(Role.PROJECT)


def saved(model=Activity):
    with as_owner():
        return list(model.objects.unscoped().order_by("pk"))


def address(name, *args):
    return reverse(f"activities:{name}", args=args)


def text_of(response):
    assert response.status_code == 200
    body = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", body)))


def errors_of(response):
    assert response.status_code == 422
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def seen(client, query=""):
    return [row["activity"].pk for row in client.get(LIST + query).context["rows"]]


def today():
    return f"{timezone.localdate():%d-%m-%Y}"


# Domain section 12: sessions and participants of the six kinds.
SIX = {
    "gesprek": (10, 91), "waarderend": (6, 63), "reis": (5, 35), "meepraten": (9, 86), "handig": (5, 80),
    "ziezon": (2, 20),
}  # fmt: skip


def test_the_figures_of_the_programme_come_out_of_activities_entered_one_by_one(client_of):
    client = client_of(project())
    for kind, (sessions, participants) in SIX.items():
        for number in range(sessions):
            there = participants // sessions + (number < participants % sessions)
            client.post(address("add"), {"kind": kind, "happened_on": today(), "attendees": there})

    response = client.get(STANDING)
    (group,) = response.context["found"].groups
    lines = client.get(f"{STANDING}bestand/").content.decode("utf-8-sig").splitlines()

    assert [(row.number, row.attended) for row in group.rows] == list(SIX.values())
    assert (group.total.number, group.total.attended, group.total.average) == (37, 375, 10.1)
    assert "Samen 37 375 – 10,1" in text_of(response)
    assert '"Training ‘Het andere gesprek’";"10";"91";"0";"9,1";"";"0";"10"' in lines
    assert lines[-1] == '"Alles samen";"37";"375";"0";"10,1";"";"0";"37"'
    assert len(lines) == 1 + 6 + 2


def test_the_file_leaves_a_line_in_the_audit_log(client_of):
    factories.ActivityFactory(attendees=9)
    user = project()

    answer = client_of(user).get(f"{STANDING}bestand/")

    with as_owner():
        (line,) = AuditEvent.objects.filter(event="standing_exported").values_list("user_id", "detail")
    assert line == (user.pk, {"lines": 3})
    assert answer["Content-Disposition"] == f'attachment; filename="stand-van-zaken-{timezone.localdate()}.csv"'


def test_people_on_lists_count_once_over_registers(client_of):
    own = factories.ActivityFactory(kind="handig", swv=factories.swv())
    national = factories.ActivityFactory(kind="ziezon")
    for activity in (own, national):
        person = factories.ProfessionalFactory(swv=activity.swv, name="Janna Verzonnen", organisation="GGD")
        factories.ParticipationFactory(activity=activity, professional=person)
    factories.ParticipationFactory(activity=national, removed_at=timezone.now())

    total = client_of(factories.coordinator()).get(STANDING).context["found"].total

    assert (total.number, total.attended, total.persons) == (2, 2, 1)


def test_a_coordinator_with_one_swv_is_not_asked_for_whom_it_was(client_of):
    client = client_of(factories.coordinator())

    fields = client.get(address("add")).context["form"].fields
    client.post(address("add"), {"kind": "atelier", "happened_on": today(), "attendees": "9", "is_ready": "nee",
                                 "right_people": "De wijkagent ontbreekt.", "worked": "Samen eten."})  # fmt: skip

    (activity,) = saved()
    assert "places" not in fields
    assert (activity.swv, activity.for_swvs, activity.for_regions) == (factories.swv(), [factories.swv().pk], [])
    assert (activity.is_ready, activity.right_people, activity.worked) == (
        False, "De wijkagent ontbreekt.", "Samen eten."
    )  # fmt: skip


def test_a_coordinator_of_two_swvs_chooses_and_cannot_name_a_third(client_of):
    user = factories.coordinator()
    factories.MembershipFactory(user=user, role=Role.COORDINATOR, swv=factories.swv("VO2001"))
    client, new = client_of(user), {"kind": "handig", "happened_on": today()}
    both = [factories.swv().pk, factories.swv("VO2001").pk]

    none = client.post(address("add"), new)
    third = client.post(address("add"), new | {"places": f"swv-{factories.swv('PO2203').pk}"})
    client.post(address("add"), new | {"places": [f"swv-{pk}" for pk in both]})

    (activity,) = saved()
    assert errors_of(none) == {"places": ["Kies minstens één samenwerkingsverband."]}
    assert errors_of(third) == {"places": ["Kies één van de mogelijkheden."]}
    assert (activity.swv_id, sorted(activity.for_swvs)) == (both[0], sorted(both))
    (kept,) = (seen(client_of(factories.coordinator("VO2001"))),)
    assert kept == [activity.pk]
    assert client_of(factories.coordinator("VO2001")).get(address("edit", activity.pk)).status_code == 404


def test_the_project_keeps_what_is_national_or_for_a_region(client_of):
    client = client_of(project())
    region = Region.objects.filter(kind="rmc", gemeenten__name="Groningen").get()
    other = Region.objects.filter(kind="rmc").exclude(gemeenten__swv_rows__swv=factories.swv()).first()
    new = {"kind": "masterclass", "happened_on": today()}

    client.post(address("add"), new)
    client.post(address("add"), new | {"places": f"regio-{region.pk}"})
    client.post(address("add"), new | {"places": f"regio-{other.pk}"})
    client.post(address("add"), new | {"places": f"swv-{factories.swv('PO2203').pk}"})

    national, near, far, theirs = (activity.pk for activity in saved())
    assert {activity.swv_id for activity in saved()} == {None}
    assert sorted(seen(client)) == [national, near, far, theirs]
    coordinator = client_of(factories.coordinator())
    assert sorted(seen(coordinator)) == [national, near]
    assert seen(coordinator, "?gebied=landelijk") == [national]
    assert [coordinator.get(address("detail", pk)).status_code for pk in (near, far, theirs)] == [200, 404, 404]
    assert coordinator.get(address("edit", near)).status_code == 404
    assert f"regio {region.name}" in text_of(coordinator.get(address("detail", near)))


def test_leerplicht_and_who_works_on_a_case_have_no_register(client_of):
    factories.ActivityFactory()

    for user in (factories.leerplicht(), factories.national(Role.BEHEER), factories.UserFactory()):
        client = client_of(user)
        assert [client.get(url).status_code for url in (LIST, STANDING, PEOPLE, address("add"))] == [404] * 4


def test_filters_are_in_the_address_and_nonsense_is_an_error(client_of):
    start = timezone.localdate().replace(month=3, day=1) - timedelta(days=400)
    new = factories.ActivityFactory(kind="handig").pk
    old = factories.ActivityFactory(kind="ziezon", happened_on=start).pk
    client = client_of(project())
    year = f"{start.year - 1}-{start.year}" if start.month < 8 else f"{start.year}-{start.year + 1}"

    assert seen(client, "?soort=ziezon") == [old]
    assert seen(client, f"?schooljaar={year}") == [old]
    assert seen(client) == [new, old]
    assert seen(client, f"?gebied=swv-{factories.swv().pk}") == []
    assert client.get(LIST, {"soort": "onzin"}).status_code == 422
    assert "Haal weg: Soort: Workshop ZIEZON" in text_of(client.get(LIST, {"soort": "ziezon"}))


def test_25_on_a_page(client_of):
    factories.ActivityFactory.create_batch(26)
    client = client_of(project())

    assert len(seen(client)) == 25
    assert len(seen(client, "?page=2")) == 1


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"kind": ""}, {"kind": ["Kies wat voor activiteit het was."]}),
        ({"kind": "anders"}, {"title": ["Schrijf op wat voor activiteit het was."]}),
        ({"happened_on": "1-1-2099"}, {"happened_on": ["Deze datum ligt in de toekomst."]}),
        ({"unique_people": "4"}, {"attendees": ["Vul ook in hoeveel mensen er waren."]}),
        ({"attendees": "3", "unique_people": "4"}, {"unique_people": ["Dit zijn er meer dan er waren."]}),
        ({"attendees": "veel"}, {"attendees": ["Vul een getal in van 0 tot en met 5000."]}),
        ({"worked": "Het ging over WEL-0142"},
         {"worked": ["Haal de code weg. Iedereen die het team ziet, leest dit."]}),
        ({"kind": "nieuwsbrief", "readers": "9000000"}, {"readers": ["Vul een getal in van 0 tot en met 1000000."]}),
    ],
)  # fmt: skip
def test_what_is_asked_is_said_at_its_field(client_of, change, errors):
    response = client_of(project()).post(address("add"), {"kind": "handig", "happened_on": today()} | change)

    assert errors_of(response) == errors
    assert saved() == []


def test_what_does_not_belong_to_the_kind_is_left_out(client_of):
    client = client_of(project())
    full = {
        "happened_on": today(),
        "attendees": "9",
        "unique_people": "1",
        "readers": "200",
        "stand_for": "Ja",
        "is_ready": "ja",
    }

    client.post(address("add"), full | {"kind": "nieuwsbrief"})
    client.post(address("add"), full | {"kind": "handig", "unique_people": "2"})

    letter, handy = saved()
    assert (letter.attendees, letter.unique_people, letter.readers, letter.stand_for) == (None, None, 200, "")
    assert (handy.attendees, handy.readers, handy.stand_for, handy.is_ready) == (9, None, "", None)


def test_a_stale_save_shows_what_a_colleague_wrote_and_loses_nothing(client_of):
    activity = factories.ActivityFactory(attendees=9)
    colleague, client = project(), client_of(project())
    with acting_as(colleague):
        assert change_activity(activity=activity, values={"attendees": 11}, version=1, by=colleague)
    filled = {"kind": "gesprek", "happened_on": today(), "attendees": "10", "version": "1",
              "places": f"swv-{factories.swv().pk}"}  # fmt: skip

    response = client.post(address("edit", activity.pk), filled)
    fields = {row["label"]: (row["theirs"], row["mine"]) for row in response.context["conflict"]["fields"]}
    settled = client.post(address("edit", activity.pk), filled | {"version": "2"})

    assert response.status_code == 409
    assert fields == {"Hoeveel mensen waren er?": (11, 10), "Voor wie was het?": ("Landelijk", "PO2001")}
    assert settled.status_code == 302
    assert (saved()[0].attendees, saved()[0].for_swvs) == (10, [factories.swv().pk])


def test_what_is_removed_counts_no_more_and_can_be_put_back(client_of):
    activity = factories.ActivityFactory(attendees=9)
    client = client_of(project())

    gone = client.post(address("remove", activity.pk))
    page = client.get(gone.url)
    counted = client.get(STANDING).context["found"].total.number
    listed = text_of(client.get(address("removed")))
    closed = client.get(address("detail", activity.pk)).status_code
    back = client.post(address("put_back", activity.pk))

    assert page.context["removed"].pk == activity.pk
    assert "Verwijderd." in text_of(page)
    assert (counted, closed) == (0, 404)
    assert "Training ‘Het andere gesprek’" in listed
    assert back.url == address("detail", activity.pk)
    assert client.get(STANDING).context["found"].total.number == 1
    assert client_of(factories.coordinator()).post(address("remove", activity.pk)).status_code == 404


LINES = "Janna Verzonnen, GGD Nergenshuizen, jeugdarts, janna@voorbeeld.test\nTies Bedacht; School De Fictie"


def test_people_come_on_the_list_together_and_are_known_again(client_of):
    first, second = factories.ActivityFactory(swv=factories.swv()), factories.ActivityFactory(swv=factories.swv())
    client = client_of(factories.coordinator())

    client.post(address("people_add", first.pk), {"people": LINES})
    client.post(address("people_add", second.pk), {"people": "JANNA verzonnen, ggd nergenshuizen\nWim, Elders"})
    again = client.post(address("people_add", second.pk), {"people": "Wim, Elders, wethouder"}, follow=True)

    names = {one.name: one.function for one in saved(Professional)}
    assert names == {"Janna Verzonnen": "jeugdarts", "Ties Bedacht": "", "Wim": "wethouder"}
    assert [one.email for one in saved(ProfessionalAddress)] == ["janna@voorbeeld.test"]
    assert len(saved(Participation)) == 4
    assert "Die stonden er al op." in text_of(again)
    assert "Aanwezigheden 2" in text_of(client.get(address("detail", second.pk)))


def test_of_people_a_fault_is_told_per_line_and_a_bsn_is_refused(client_of):
    activity = factories.ActivityFactory()
    client = client_of(project())

    wrong = client.post(address("people_add", activity.pk), {"people": "Janna\nTies, School"})
    number = client.post(address("people_add", activity.pk), {"people": "Ties 111222333, School"})

    assert errors_of(wrong) == {
        "people": ["Regel 1: schrijf een naam en een organisatie, met een komma ertussen."]
    }  # fmt: skip
    assert "burgerservicenummer" in errors_of(number)["people"][0]
    assert saved(Professional) == []


def test_who_reads_along_gets_names_and_no_address(client_of):
    activity = factories.ActivityFactory()
    person = factories.ProfessionalFactory(name="Janna Verzonnen", function="jeugdarts")
    factories.ProfessionalAddressFactory(professional=person, email="janna@voorbeeld.test")
    row = factories.ParticipationFactory(activity=activity, professional=person)
    keeper, reader = project(), factories.coordinator()

    for url in (address("detail", activity.pk), PEOPLE):
        assert "janna@voorbeeld.test" in text_of(client_of(keeper).get(url))
        along = text_of(client_of(reader).get(url))
        assert "Janna Verzonnen" in along
        assert "janna@voorbeeld.test" not in along
    coordinator = client_of(reader)
    assert coordinator.get(address("professional_edit", person.pk)).status_code == 404
    assert coordinator.post(address("take_off", activity.pk, row.pk)).status_code == 404


def test_off_the_list_and_back_again(client_of):
    row = factories.ParticipationFactory()
    client = client_of(project())

    off = client.post(address("take_off", row.activity_id, row.pk))
    page = text_of(client.get(off.url))
    back = client.post(address("put_on", row.activity_id, row.pk))

    assert "Verwijderd." in page
    assert row.professional.name not in page
    assert row.professional.name in text_of(client.get(back.url))


def test_the_register_of_people_says_who_followed_what(client_of):
    training = factories.ActivityFactory(kind="gesprek")
    session = factories.ActivityFactory(kind="handig", swv=factories.swv())
    for activity in (training, session):
        person = factories.ProfessionalFactory(swv=activity.swv, name="Janna Verzonnen")
        factories.ParticipationFactory(activity=activity, professional=person)
    factories.ParticipationFactory(activity=factories.ActivityFactory(kind="reis", swv=factories.swv("PO2203")))

    (row,) = client_of(factories.coordinator()).get(PEOPLE).context["rows"]
    national = client_of(project()).get(PEOPLE, {"soort": "reis"}).context["rows"]

    assert (row["name"], row["number"], row["is"]) == ("Janna Verzonnen", 2, ["interviewer"])
    assert row["followed"] == ["Training ‘Het andere gesprek’", "Handig!-sessie"]
    assert [other["is"] for other in national] == [["reisleider"]]


def test_a_person_is_put_right_and_two_do_not_become_one(client_of):
    person = factories.ProfessionalFactory(name="Janna")
    factories.ProfessionalFactory(name="Ties")
    url, client = address("professional_edit", person.pk), client_of(project())
    work = {"organisation": "GGD Nergenshuizen", "function": "arts", "email": "Janna@voorbeeld.test", "version": "1"}

    double = client.post(url, work | {"name": "ties"})
    done = client.post(url, work | {"name": "Janna Verzonnen"})
    stale = client.post(url, work | {"name": "Janna V."})

    assert errors_of(double) == {"name": ["Er staat al iemand met deze naam bij deze organisatie."]}
    assert done.url == PEOPLE
    assert stale.status_code == 409
    assert [row["mine"] for row in stale.context["conflict"]["fields"]] == ["Janna V."]
    assert (saved(Professional)[0].name, saved(ProfessionalAddress)[0].email) == (
        "Janna Verzonnen", "janna@voorbeeld.test"
    )  # fmt: skip


def test_a_meeting_that_was_held_is_an_activity_without_typing(client_of):
    ago = timezone.now() - timedelta(hours=3)
    meeting = factories.MeetingFactory(team=factories.WelTeamFactory(), kind="atelier", starts_at=ago)
    core = factories.MeetingFactory(team=meeting.team, kind="kernteam", starts_at=ago)
    client = client_of(factories.coordinator())

    for held in (meeting, core):
        client.post(reverse("meetings:close", args=[held.pk]))
        client.post(reverse("meetings:close", args=[held.pk]))  # twice is once

    (activity,) = saved()
    form = client.get(address("edit", activity.pk)).context["form"]
    client.post(address("edit", activity.pk), {"kind": "handig", "attendees": "9", "is_ready": "ja", "version": "1"})
    (filled,) = saved()
    assert (activity.kind, activity.meeting_id, activity.for_swvs) == ("atelier", meeting.pk, [meeting.swv_id])
    assert activity.happened_on == timezone.localdate(ago)
    assert not {"kind", "happened_on", "places"} & set(form.fields)
    assert (filled.kind, filled.attendees, filled.is_ready) == ("atelier", 9, True)
    assert "Naar het overleg van het WEL-team" in text_of(client.get(address("detail", activity.pk)))
    with as_owner():
        assert Meeting.objects.unscoped().filter(status="geweest").count() == 2


def test_the_register_is_found_beside_wel_tafels_or_in_the_menu_of_the_project(client_of):
    def links(client, url):
        html = client.get(url).content.decode()
        nav = re.search(r'<nav class="top-nav".*?</nav>', html, re.DOTALL)[0]
        sub = re.search(r'<nav class="subnav".*?</nav>', html, re.DOTALL)
        labels = [re.sub("<[^>]+>", "", line) for line in re.findall(r"<a[^>]*>.*?</a>", nav, re.DOTALL)]
        current = re.findall(r'href="([^"]+)" aria-current="page"', nav)
        return labels, current, "/activiteiten/" in (sub[0] if sub else "")

    labels, current, below = links(client_of(factories.coordinator()), LIST)
    assert ("Activiteiten" in labels, current, below) == (False, ["/wel-tafels/"], True)
    assert links(client_of(factories.swv_contact()), "/wel-tafels/")[2]
    assert not links(client_of(factories.leerplicht()), "/wel-tafels/")[2]
    labels, current, below = links(client_of(project()), LIST)
    assert ("Activiteiten" in labels, current, below) == (True, ["/activiteiten/"], True)


def test_after_thirty_days_it_is_gone_with_who_is_on_no_other_list():
    long_ago = timezone.now() - timedelta(days=31)
    gone = factories.ParticipationFactory(activity=factories.ActivityFactory(deleted_at=long_ago))
    factories.ProfessionalAddressFactory(professional=gone.professional)
    both = factories.ParticipationFactory(activity=gone.activity).professional
    stays = factories.ParticipationFactory(professional=both)
    factories.ParticipationFactory(removed_at=long_ago, activity=stays.activity)
    recent = factories.ActivityFactory(deleted_at=timezone.now() - timedelta(days=29))

    with as_owner():
        call_command("wipe_activities")

    assert [activity.pk for activity in saved()] == [stays.activity_id, recent.pk]
    assert [row.pk for row in saved(Participation)] == [stays.pk]
    assert (saved(Professional), saved(ProfessionalAddress)) == ([both], [])
    with pytest.raises(CommandError, match="eigenaar van de tabellen"):
        call_command("wipe_activities")


def test_one_activity_costs_as_many_queries_with_three_people_as_with_one(client_of):
    activity = factories.ActivityFactory(swv=factories.swv())
    client, url = client_of(factories.coordinator()), address("detail", activity.pk)

    def came():
        factories.ProfessionalAddressFactory(
            professional=factories.ParticipationFactory(activity=activity).professional
        )

    client.get(url)
    came()
    one = asked(client, url)
    came()
    came()
    three = asked(client, url)

    assert "deelnemer" in client.get(url).content.decode()
    assert len(three) == len(one), "\n".join(sql[:150] for sql in three)
    assert len(three) <= MOST
