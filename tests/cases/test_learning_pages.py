"""Leren: a story needs consent and a second reader, a knelpunt an address, and the bank holds nobody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from access.context import acting_as
from access.models import AuditEvent
from cases.actions.learning import story_until
from cases.models import BankEntry, Obstacle, ObstacleLink, Solution, Story
from cases.models.learning import learning_swvs
from cases.rules.learning import fault_in, trace_in
from regions.models import Role, Samenwerkingsverband
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
STORY = {
    "title": "Eerst meelopen, dan pas leren", "what_worked": "Elke week dezelfde ochtend, zonder toets.",
    "hobble": "een lange busreis", "detour": "een buur rijdt mee", "theme": "proces", "perspective": "ouder",
    "is_ready": "on",
}  # fmt: skip
OBSTACLE = {
    "title": "Niemand mag de les op de zorgplek betalen", "description": "Onderwijs en zorg wijzen naar elkaar.",
    "level": "systeem", "theme": "proces", "domain": "financiering", "status": "verzameld",
}  # fmt: skip
SOLUTION = {
    "kind": "plek", "title": "Leren bij een bakker", "description": "Vraag of iemand een ochtend mag meelopen.",
    "place": "Bakkersgilde Verzonnen, 050 1234567", "domain": "samenwerking",
}  # fmt: skip


@pytest.fixture
def case():
    """Shared, with a name, and consent to use its story."""
    shared = factories.CaseFactory(shared_until=TODAY + timedelta(days=60), birth_year=TODAY.year - 8)
    case = factories.IdentityFactory(case=shared).case
    factories.ConsentFactory(case=case, purpose="verhaal", expires_on=TODAY + timedelta(days=300))
    return case


@pytest.fixture
def write(client_of, case):
    """The coördinator writes a story; gives the row."""

    def write(**change):
        client_of(factories.coordinator()).post(url("story_add", case), STORY | change)
        with as_owner():
            return Story.objects.unscoped().latest("pk")

    return write


def url(name, case, *more):
    return reverse(f"cases:{name}", args=[case.pk, *more])


def fresh(row):
    with as_owner():
        return type(row).objects.unscoped().get(pk=row.pk)


def told(client):
    """What a reader elsewhere finds under Verhalen."""
    return client.get(reverse("learning:stories")).content.decode()


def read_over(client, case, story, *, version=None, **answer):
    values = {"answer": "ja", "version": version or fresh(story).version, **answer}
    return client.post(url("story_read", case, story.pk), values)


def test_what_leads_back_to_somebody_is_seen_in_the_text():
    for text in (
        "bij wel-0142",
        "WEL 142",
        "bel 06-12345678",
        "mail a@b.nl",
        "in 9711 AB",
        "op 14-3-2012",
        "14 maart 2012",
    ):
        assert trace_in(f"Dit was {text}."), text
    for text in ("In 2024 om 9.30 uur, 2 uur per week", "artikel 5 onder a", "na 14 maanden", ""):
        assert trace_in(text) == "", text


def test_a_knelpunt_that_was_asked_has_somebody_who_was_asked():
    empty = {"addressee": "", "addressed_on": None, "answer": "", "answered_on": None}
    asked = empty | {"addressee": "rijk", "addressed_on": TODAY}
    for values, field in (
        (empty | {"status": "verzameld"}, None),
        (empty | {"status": "geadresseerd"}, "addressee"),
        (empty | {"status": "opgelost", "addressee": "swv"}, "addressed_on"),
        (asked | {"status": "antwoord"}, "answer"),
        (asked | {"status": "antwoord", "answer": "Nee."}, "answered_on"),
        (asked | {"status": "antwoord", "answer": "Nee.", "answered_on": TODAY - timedelta(days=1)}, "answered_on"),
        (asked | {"status": "opgelost"}, None),
    ):
        assert (fault_in(**values) or (None,))[0] == field, values


def test_others_read_a_story_after_a_second_reader_and_find_no_code_in_it(client_of, case, write):
    story = write()
    elsewhere = factories.coordinator("PO2203")
    assert STORY["title"] not in told(client_of(elsewhere))

    answer = read_over(client_of(factories.leerplicht()), case, story)

    page = told(client_of(elsewhere))
    assert answer.status_code == 302
    assert STORY["title"] in page
    for secret in (case.code, str(case.pk) + "/", "PO2001", fresh(story).author.name):
        assert secret not in page
    assert "1 verhaal" in page
    # who read it over may take it back later
    reader = client_of(fresh(story).approved_by)
    assert "Lees opnieuw" in reader.get(url("lessons", case)).content.decode()
    found = client_of(elsewhere).get(reverse("learning:stories"), {"q": "busreis", "thema": "proces"}).content.decode()
    missed = client_of(elsewhere).get(reverse("learning:stories"), {"q": "bestaatniet"}).content.decode()
    assert STORY["title"] in found
    assert "Geen verhalen gevonden" in missed


def test_the_writer_is_no_second_reader_nor_is_who_may_not_know_the_name(client_of, case, write):
    story = write()
    writer = fresh(story).author
    owner = factories.CaseMemberFactory(case=case).user

    for user in (writer, owner, factories.coordinator()):
        assert read_over(client_of(user), case, story).status_code == 404
    factories.IdentityGrantFactory(case=case, user=owner, until=TODAY)

    assert read_over(client_of(owner), case, story).status_code == 302
    assert fresh(story).approved_by_id == owner.pk


def test_a_yes_holds_for_the_version_that_was_read(client_of, case, write):
    story, reader = write(), factories.leerplicht()
    client_of(fresh(story).author).post(url("story_edit", case, story.pk), STORY | {"title": "Anders", "version": "1"})

    late = read_over(client_of(reader), case, story, version=1)

    assert late.status_code == 409
    assert "De schrijver paste het verhaal net aan." in late.content.decode()
    assert fresh(story).approved_version is None
    assert read_over(client_of(reader), case, story).status_code == 302
    assert "Anders" in told(client_of(reader))
    # and a change after the yes takes it away
    client_of(fresh(story).author).post(
        url("story_edit", case, story.pk), STORY | {"title": "Nog anders", "version": "2"}
    )
    assert "nders" not in told(client_of(reader))


def test_a_name_in_the_text_is_shown_to_the_second_reader_and_holds_the_story_back(client_of, case, write):
    story = write(what_worked="Met Pippeloentje bij de bakker.")
    client = client_of(factories.leerplicht())

    page = client.get(url("story_read", case, story.pk)).content.decode()
    answer = read_over(client, case, story)

    assert "Er staat nog een naam in" in page
    assert "Met de jongere bij de bakker." in page
    assert answer.status_code == 409
    assert fresh(story).approved_version is None
    with as_owner():
        assert AuditEvent.objects.filter(event="story_checked", case_id=case.pk).count() == 2
    back = read_over(client, case, story, answer="terug", why="Haal de naam weg.")
    assert back.status_code == 302
    assert (fresh(story).is_ready, fresh(story).returned_note) == (False, "Haal de naam weg.")
    mine = client_of(fresh(story).author).get(url("lessons", case)).content.decode()
    assert "De tweede lezer vraagt: Haal de naam weg." in mine


def test_without_consent_nobody_else_reads_it_and_a_no_takes_it_back_at_once(client_of, case, write):
    story, reader = write(), factories.leerplicht()
    read_over(client_of(reader), case, story)
    assert STORY["title"] in told(client_of(reader))

    factories.ConsentFactory(case=case, purpose="verhaal", answer="ingetrokken")

    assert STORY["title"] not in told(client_of(reader))
    assert (fresh(story).approved_version, fresh(story).is_ready) == (None, False)
    # a later yes brings nothing back by itself
    factories.ConsentFactory(case=case, purpose="verhaal")
    assert STORY["title"] not in told(client_of(reader))


def test_a_story_waits_for_everybody_who_decides(client_of, case, write):
    story, client = write(), client_of(factories.leerplicht())
    with as_owner():
        type(case).objects.unscoped().filter(pk=case.pk).update(parents_with_authority=2)

    answer = read_over(client, case, story)

    assert answer.status_code == 409
    assert "Er is nu geen toestemming om dit verhaal te gebruiken." in answer.content.decode()
    factories.ConsentFactory(case=case, purpose="verhaal", person="ouder_2", expires_on=TODAY + timedelta(days=9))
    assert read_over(client, case, story).status_code == 302
    assert fresh(story).public_until == TODAY + timedelta(days=9)


def test_in_the_month_of_a_birthday_the_strictest_reading_counts():
    """Who turns 16 this month decides alone, or not yet: the day is not known here, so both must have said yes."""
    month = {"birth_year": TODAY.year - 16, "birth_month": TODAY.month}
    case = factories.CaseFactory(**month)
    leerplicht = factories.leerplicht()
    factories.ConsentFactory(case=case, purpose="verhaal", person="jeugdige")
    with acting_as(leerplicht):
        assert story_until(case, leerplicht, TODAY.replace(day=15)) is None


def test_a_story_with_a_code_or_a_day_is_refused_at_the_field(client_of, case):
    client = client_of(factories.coordinator())

    answer = client.post(url("story_add", case), STORY | {"hobble": f"zoals bij {case.code}", "detour": "op 3-4-2025"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Haal de code weg." in page
    assert "Haal de dag weg." in page


def test_a_knelpunt_goes_from_collected_to_answered_and_keeps_the_jeugdige_at_home(client_of, case):
    team = client_of(factories.coordinator())
    team.post(url("case_obstacle_add", case), OBSTACLE)
    with as_owner():
        row, link = Obstacle.objects.unscoped().get(), ObstacleLink.objects.unscoped().get()
    place = reverse("learning:obstacle", args=[row.pk])

    asked = {"status": "geadresseerd", "addressee": "rijk", "addressed_on": "1-9-2026", "version": "1"}
    assert team.post(f"{place}wijzig/", OBSTACLE | {"status": "geadresseerd", "version": "1"}).status_code == 422
    assert team.post(f"{place}wijzig/", OBSTACLE | asked).status_code == 302
    assert team.post(f"{place}wijzig/", OBSTACLE | asked).status_code == 409
    answered = asked | {
        "status": "antwoord",
        "answer": "Er komt een regeling.",
        "answered_on": "2-9-2026",
        "version": "2",
    }
    assert team.post(f"{place}wijzig/", OBSTACLE | answered).status_code == 302

    assert link.case_id == case.pk
    page = team.get(place).content.decode()
    assert "Er komt een regeling." in page
    assert case.code not in page
    assert OBSTACLE["title"] in team.get(url("lessons", case)).content.decode()


def test_who_reads_along_elsewhere_sees_a_knelpunt_without_the_name_that_slipped_in(client_of, case):
    row = factories.ObstacleFactory(title="De bus van Pippeloentje rijdt niet", answer="Volgens Pippeloentje wel")
    factories.ObstacleLinkFactory(case=case, obstacle=row)
    place = reverse("learning:obstacle", args=[row.pk])
    clean = "De bus van de jongere rijdt niet"

    for user in (factories.swv_contact(), factories.national(Role.PROJECT)):
        client = client_of(user)
        assert clean in client.get(reverse("learning:obstacles")).content.decode()
        page = client.get(place).content.decode()
        assert "Pippeloentje" not in page
        assert client.get(f"{place}wijzig/").status_code == 404
    assert client_of(factories.swv_contact("PO2203")).get(place).status_code == 404


def test_a_solution_is_shared_by_another_and_the_bank_tells_neither_where_nor_who(client_of):
    writer, colleague, elsewhere = factories.coordinator(), factories.coordinator(), factories.national(Role.PROJECT)
    client_of(writer).post(reverse("learning:solution_add"), SOLUTION | {"swv": factories.swv().pk})
    with as_owner():
        row = Solution.objects.unscoped().get()
    share = reverse("learning:solution_share", args=[row.pk])
    bank = reverse("learning:bank")
    assert client_of(writer).post(share, {"version": "1"}).status_code == 404
    assert client_of(elsewhere).get(share).status_code == 404
    assert SOLUTION["title"] not in client_of(elsewhere).get(bank).content.decode()

    late = client_of(colleague).post(share, {"version": "9"}, follow=True).content.decode()
    assert "Dit is net aangepast. Lees het opnieuw." in late
    assert SOLUTION["title"] not in client_of(elsewhere).get(bank).content.decode()
    assert client_of(colleague).post(share, {"version": "1"}).status_code == 302

    page = client_of(elsewhere).get(bank, {"q": "bakker ochtend", "soort": "plek"}).content.decode()
    assert SOLUTION["title"] in page
    for secret in ("PO2001", writer.name, colleague.name):
        assert secret not in page
    # what is changed later stays at home until it is read again
    edit = reverse("learning:solution_edit", args=[row.pk])
    assert client_of(writer).post(edit, SOLUTION | {"title": "Leren bij een smid", "version": "1"}).status_code == 302
    assert "smid" not in client_of(elsewhere).get(bank).content.decode()
    client_of(colleague).post(share, {"version": "2"})
    assert "smid" in client_of(elsewhere).get(bank).content.decode()
    client_of(writer).post(reverse("learning:solution_withdraw", args=[row.pk]))
    with as_owner():
        assert BankEntry.objects.unscoped().count() == 0


def test_the_menu_has_verhalen_for_who_learns_and_nobody_else_gets_in(client_of):
    for user, has_menu, answer in (
        (factories.coordinator(), True, 200),
        (factories.swv_contact(), True, 200),
        (factories.national(Role.PROJECT), True, 200),
        (factories.leerplicht(), False, 200),
        (factories.national(Role.FG), False, 404),
        (factories.national(Role.BEHEER), False, 404),
    ):
        client = client_of(user)
        assert ('href="/verhalen/"' in client.get(reverse("reporting:today")).content.decode()) == has_menu
        for name in ("stories", "obstacles", "bank"):
            assert client.get(reverse(f"learning:{name}")).status_code == answer, (user, name)


def test_vandaag_asks_for_a_second_reader_of_who_may_be_one(client_of, case, write):
    story = write()
    words = f"Lees het verhaal bij {case.code} na"

    for user, expected in (
        (factories.leerplicht(), True),
        (fresh(story).author, False),
        (factories.coordinator(), False),
    ):
        assert (words in client_of(user).get("/?alles=1").content.decode()) == expected


def test_both_walls_agree_on_where_somebody_writes():
    """The SWVs of a gemeente for leerplicht there, the own ones for a team, and of a caseworker his werkplek."""
    groningen = Samenwerkingsverband.objects.covering(factories.gemeente()).filter(is_national=False)
    around = set(groningen.values_list("key", flat=True))
    assert {"PO2001", "VO2001"} < around
    people = {
        factories.leerplicht(): around,
        factories.coordinator(): {"PO2001"},
        factories.MembershipFactory(role=Role.CASEWORKER, swv=factories.swv("PO2203")).user: {"PO2203"},
        factories.MembershipFactory(
            role=Role.COORDINATOR,
            swv=factories.swv(),
            ends_on=TODAY - timedelta(days=1),
            starts_on=TODAY - timedelta(days=9),
        ).user: set(),
        factories.swv_contact(): set(),
        factories.national(Role.PROJECT): set(),
        factories.national(Role.FG): set(),
    }
    for user, expected in people.items():
        with acting_as(user), connection.cursor() as cursor:
            cursor.execute("SELECT access.learning_swvs()")
            (found,) = cursor.fetchone()
            regional = {swv.pk for swv in Samenwerkingsverband.objects.filter(is_national=False)}
            keys = Samenwerkingsverband.objects.filter(pk__in=regional & set(found)).values_list("key", flat=True)
            assert set(keys) == expected
            assert learning_swvs(user) == set(found)


def test_the_bank_of_solutions_is_empty_for_who_neither_works_with_jeugdigen_nor_learns_from_them():
    entry, readers = factories.BankEntryFactory(), {"fg": [], "beheer": [], "project": [1]}

    for role, expected in readers.items():
        user = factories.national(role)
        with acting_as(user):
            assert [1 for row in BankEntry.objects.visible_to(user) if row == entry] == expected, role
