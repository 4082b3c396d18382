"""Every form of the application, with one answer that is accepted: what test_bad_input.py then spoils field by field."""

import time
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone

from access import invitations
from access.models import User
from cases.models import Stop
from regions.models import Gemeente, Role, Samenwerkingsverband
from tests import factories
from tests.access.people import code_of, give_password, with_app
from tests.database import as_owner


@dataclass(frozen=True)
class Filled:
    """`answers` and `args` are values, or functions of the world; hidden fields come from the page itself.

    `secrets` are fields in which nine digits are no burgerservicenummer: passwords, codes, and what logs in.
    `foreign` makes arguments about rows of somebody else.
    """

    route: str
    role: str | None
    answers: object = field(default_factory=dict)
    args: object = ()
    query: str = ""
    method: str = "POST"
    accepted: int = 302
    writes: bool = True
    prepare: object = None
    secrets: frozenset = frozenset()
    foreign: object = None
    form: str = "form"  # its name in the context of the page
    anybody: bool = False  # staff for the whole country: no choice of theirs is another SWV's

    def url(self, world):
        args = self.args(world) if callable(self.args) else self.args
        return reverse(self.route, args=args) + self.query

    def answer(self, world, form):
        if not callable(self.answers):
            return dict(self.answers)
        return self.answers(form) if self.answers is key_on_the_page else self.answers(world)

    def theirs(self, world):
        """A choice that belongs to another SWV, per model."""
        if self.anybody:
            return {}
        return {
            Samenwerkingsverband: world.foreign.swv_id,
            Gemeente: world.foreign.gemeente_id,
            User: world.foreign_parts["log"].author_id,
            Stop: world.foreign_parts["stop"].pk,
        }


def own(world):
    return [world.own.pk]


def on_logboek(world):
    return [world.own.pk, "logboek"]


def part(name, world):
    return [world.own.pk, world.own_parts[name].pk]


def foreign(name, world):
    """A case of one's own with a part of another SWV, and the other way round."""
    theirs = world.foreign_parts[name].pk
    return [[world.own.pk, theirs], [world.foreign.pk, world.own_parts[name].pk], [world.foreign.pk, theirs]]


def foreign_case(world, *rest):
    return [[world.foreign.pk, *rest], [10**9, *rest]]


def swv_of(world):
    return [world.own.swv.key]


def swv_part(name, world):
    return [world.own.swv.key, world.own_parts[name].pk]


def row(name, world):
    return [world.own_parts[name].pk]


def foreign_row(name, world):
    return [[world.foreign_parts[name].pk], [10**9]]


def on_row(route, role, answers, name):
    return Filled(route, role, answers, args=partial(row, name), foreign=partial(foreign_row, name))


def on_part(route, role, answers, name):
    return Filled(route, role, answers, args=partial(part, name), foreign=partial(foreign, name))


def foreign_swv(world):
    return [[world.foreign.swv.key], ["XX9999"]]


def foreign_swv_part(name, world):
    theirs = world.foreign_parts[name].pk
    return [
        [world.own.swv.key, theirs],
        [world.foreign.swv.key, world.own_parts[name].pk],
        [world.foreign.swv.key, theirs],
    ]


def chapter(key, **answers):
    return Filled(
        "cases:journey_chapter",
        "coordinator",
        answers,
        args=lambda world: [world.own.pk, key],
        foreign=lambda world: foreign_case(world, key),
    )


def on_case(route, role, answers, **more):
    return Filled(route, role, answers, args=own, foreign=foreign_case, **more)


def question_of(world):
    return [world.own.pk, world.own_parts["interview"].pk, world.own_parts["answer"].question_id]


def foreign_question(world):
    theirs, question = world.foreign_parts["interview"].pk, world.own_parts["answer"].question_id
    mine = world.own_parts["interview"].pk
    return [[world.own.pk, theirs, question], [world.foreign.pk, theirs, question], [world.own.pk, mine, 10**9]]


def answer_of(world):
    return [world.own.pk, world.own_parts["interview"].pk, world.own_parts["answer"].pk]


def foreign_answer(world):
    mine, theirs = world.own_parts["interview"].pk, world.foreign_parts["interview"].pk
    answer = world.foreign_parts["answer"].pk
    return [[world.own.pk, mine, answer], [world.own.pk, theirs, answer], [world.foreign.pk, theirs, answer]]


def with_draft(world, client):
    client.post(reverse("question_lists:copy", args=[1]))


# What somebody answers

TEXT = "Gewone tekst van een mens."
HALTE = {"title": "Keuken van oom", "state": "gepland", "happened_on": "1-9-2020", "place": "elke vrijdag", "note": TEXT,
         "sparks": "1", "hobble": "lange busreis", "detour": "tante rijdt mee", "is_rest": "on"}  # fmt: skip
ENTRY = {"kind": "gesprek", "text": TEXT, "happened_on": "1-9-2020", "is_spark": "on", "readers": "team"}
MATE = {"who": "buurvrouw", "circle": "naast", "is_unexpected": "on", "role": TEXT, "meaning": TEXT,
        "meaning_on": "1-9-2020", "organisation": "De Verzonnen Bakker", "mandate": TEXT, "joins_table": "on"}  # fmt: skip
LOOK = {"voice": "jongere", "text": TEXT, "strengthen": TEXT, "said_on": "1-9-2020"}
PERIOD = {"kind": "5a", "starts_on": "1-8-2025", "ends_on": "31-7-2026", "duration": "tijdelijk", "ground": "psychisch",
          "notified_on": "20-6-2025", "statement_on": "20-5-2025", "statement_by": "arts", "independence": "bevestigd",
          "has_swv_advice": "on", "has_plan": "on"}  # fmt: skip
COST = {"kind": "vervoer", "description": TEXT, "direct": "direct", "stage": "besteed", "spent_on": "1-9-2022",
        "amount": "1.250,50", "is_own_contribution": "on", "has_receipt": "on", "reference": "F-1"}  # fmt: skip
HOURS = {"activity": "ouders", "role": "swv", "done_on": "1-9-2022", "hours": "1,5", "persons": "2", "task": "extra"}
AGREEMENT = {"party": TEXT, "signed_on": "1-9-2022", "amount": "5.000,00", "purpose": TEXT, "is_on_file": "on"}
INTERVIEW = {"held_on": f"{timezone.localdate():%d-%m-%Y}", "place": TEXT, "with_youth": "on", "is_trained": "on"}
ANSWER = {"perspective": "jeugdige", "text": TEXT, "theme": "proces", "level": "swv", "quote": TEXT}
STORY = {"title": TEXT, "what_worked": TEXT, "hobble": TEXT, "detour": TEXT, "theme": "proces", "perspective": "ouder",
         "is_ready": "on"}  # fmt: skip
OBSTACLE = {"title": TEXT, "description": TEXT, "level": "systeem", "theme": "proces", "domain": "avg",
            "status": "antwoord", "addressee": "rijk", "addressee_name": TEXT, "addressed_on": "1-9-2020",
            "answer": TEXT, "answered_on": "2-9-2020"}  # fmt: skip
SOLUTION = {"kind": "plek", "title": TEXT, "description": TEXT, "place": TEXT, "domain": "avg"}
EVENT = {"kind": "ingeschreven", "happened_on": "1-9-2020", "movement": "vooruit", "place": TEXT, "is_partial": "on",
         "note": TEXT}  # fmt: skip
WISH = {"party": TEXT, "wish": "nee", "said_by": "jeugdige", "said_on": "1-9-2020"}
NEW_PASSWORD = "vier losse woorden samen"
SUBSIDY = {"round": "1", "reference": "WIO-1", "status": "verleend", "applied_on": "1-8-2022", "granted_on": "1-10-2022",
           "amount": "38.411,50", "starts_on": "1-8-2022", "ends_on": "31-7-2025", "contact": TEXT, "direct_text": TEXT,
           "indirect_text": TEXT, "goal_text": TEXT}  # fmt: skip


def area(world):
    return {"gemeente": world.own.gemeente_id, "swv": world.own.swv_id}


def named_youth(world):
    return area(world) | {
        "first_name": "Pip", "last_name": "Verzonnen", "born_on": "3-4-2013", "situation": "5a", "since": "9-2024",
        "exemption_kind": "tijdelijk", "parent_name": "Ouder Verzonnen", "contact": "0612345678", "consent": "gegeven",
        "strengths": TEXT,
    }  # fmt: skip


def signal(world):
    return area(world) | {"birth_year": "2013", "situation": "5a", "since": "9-2024", "exemption_kind": "tijdelijk",
                          "strengths": TEXT}  # fmt: skip


def consent(world):
    today = timezone.localdate()
    return {"purpose": "partijen", "persons": ["ouder_1"], "answer": "gegeven", "answered_on": f"{today:%d-%m-%Y}",
            "expires_on": f"{today + timedelta(days=30):%d-%m-%Y}", "how": "papier", "form_version": "2026-1",
            "parties": TEXT}  # fmt: skip


def let_in(world):
    return {"user": world.coordinator.pk, "purpose": TEXT, "until": f"{timezone.localdate():%d-%m-%Y}"}


def spark(world):
    return ENTRY | {"stop": world.own_parts["stop"].pk}


def look(world):
    return LOOK | {"stop": world.own_parts["stop"].pk}


def membership(world):
    return {"role": Role.COORDINATOR, "swv": world.own.swv_id, "starts_on": "1-9-2026", "ends_on": "1-9-2198"}


def one_to_include(world):
    """Shared, in the SWV of the coördinator, and not counted yet."""
    return [factories.CaseFactory(shared_until=world.own.shared_until).pk]


def one_not_stated(world):
    """Of the gemeente of leerplicht, without a period yet."""
    return [factories.CaseFactory().pk]


def one_shared(world):
    """In reach of the coördinator, with nothing around it yet."""
    return [factories.CaseFactory(shared_until=world.own.shared_until).pk]


def in_days(number):
    return f"{timezone.localdate() + timedelta(days=number):%d-%m-%Y}"


def eigenaar(world, client):
    enter(client, User.objects.get(pk=world.own_parts["member"].user_id))


def offer_to_us(world):
    return [world.own_parts["incoming"].pk]


def foreign_offer(world):
    return [[world.foreign_parts["incoming"].pk], [world.own_parts["handover"].pk], [uuid.UUID(int=0)]]


def one_in_a_side_group(world):
    return [factories.CaseFactory(situation="anders", side_group="vier").pk]


def one_without_a_name(world):
    return [factories.CaseFactory(is_signal=True, birth_month=None).pk]


def confirmed(world, client):
    """Proved a moment ago who one is, so that allauth does not ask again."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()


def first_step(world, client):
    """Somebody between password and code."""
    world.person = with_app()
    give_password(client, world.person)


def day_from_now(days):
    return f"{timezone.localdate() + timedelta(days=days):%d-%m-%Y}"


def setting_up(world, client):
    """Somebody without a second factor looks at the key."""
    give_password(client, factories.UserFactory())


def enter(client, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = True
    session.save()


def with_second_step(world, client):
    world.person = with_app()
    enter(client, world.person)


def without_a_subsidy(world, client):
    enter(client, factories.swv_contact("VO2001"))


def mailed_link(world, client):
    """The link of "wachtwoord vergeten", opened: the key is in the session now."""
    person = User.objects.get(pk=world.stranger.pk)  # a login of an earlier test is still on the object of the world
    args = [user_pk_to_url_str(person), default_token_generator.make_token(person)]
    client.get(reverse("account_reset_password_from_key", args=args))


def invited(world):
    person = factories.UserFactory()
    with as_owner():
        person.set_unusable_password()
        person.save()
    return invitations.invitation_path(person).strip("/").split("/")[1:]


def key_on_the_page(form):
    return {"code": code_of(form.secret)}


FORMS = {
    # Jeugdigen
    "aanmelden": Filled("cases:register", "leerplicht", named_youth),
    "aanmelden zonder naam": Filled("cases:register", "leerplicht", signal, query="?zonder-naam=1"),
    "zoeken": Filled("cases:list", "leerplicht", {"term": "Pippeloentje"}, accepted=200, writes=False, form="search"),
    "overzicht": on_case(
        "cases:edit",
        "coordinator",
        {"strengths": TEXT, "hardship": TEXT, "next_step": TEXT, "last_contact_on": "1-9-2020"},
    ),
    "status": on_case(
        "cases:status",
        "coordinator",
        lambda world: {"status": "gestopt", "on": f"{timezone.localdate():%d-%m-%Y}", "reason": "anders", "note": TEXT, "version": "1"},
    ),
    "eigenaar": on_case(
        "cases:owner", "coordinator", lambda world: {"user": world.coordinator.pk, "reason": "anders", "note": TEXT}
    ),
    "eigenaar stopt": on_case(
        "cases:owner_leave", None, lambda world: {"on": in_days(9), "reason": "anders", "note": TEXT}, prepare=eigenaar
    ),
    "verbinding verbroken": Filled(
        "cases:connection",
        "coordinator",
        lambda world: {"broken_on": "1-9-2026", "story": TEXT, "connector": world.coordinator.pk,
                       "starts_on": "2-9-2026", "task": TEXT, "agreed_on": in_days(9)},
        args=one_shared,
        foreign=foreign_case,
    ),
    "nieuwe afspraak": on_case("cases:connection", "owner", lambda world: {"task": TEXT, "agreed_on": in_days(9)}),
    "weer contact": on_case("cases:connection_repaired", "owner", lambda world: {"on": in_days(0), "outcome": TEXT}),
    "andere verbinder": on_case(
        "cases:connection_replace",
        "coordinator",
        lambda world: {"connector": world.coordinator.pk, "outcome": TEXT, "task": TEXT, "agreed_on": in_days(9)},
    ),
    # Overdracht: any place in the country is a choice
    "overdracht": Filled(
        "cases:handover",
        "coordinator",
        lambda world: {"gemeente": Gemeente.objects.get(name="Emmen").pk, "reason": "verhuisd", "moved_on": in_days(-3),
                       "swv": Samenwerkingsverband.objects.get(key="PO2202").pk, "message": TEXT, "shows": ["goed"],
                       "talk_on": in_days(3)},
        args=one_shared,
        foreign=foreign_case,
        anybody=True,
    ),
    "toestemming voor de overdracht": on_case(
        "cases:handover_consent",
        "leerplicht",
        lambda world: {"persons": ["ouder_1"], "answer": "gegeven", "answered_on": in_days(0), "how": "papier"},
    ),
    "overdracht intrekken": on_case("cases:handover_withdraw", "coordinator", {"reason": TEXT}),
    "overdracht aannemen": Filled(
        "cases:handover_answer",
        "leerplicht",
        lambda world: {"owner": world.leerplicht.pk},
        args=offer_to_us,
        foreign=foreign_offer,
    ),
    "overdracht niet aannemen": Filled(
        "cases:handover_refuse", "leerplicht", {"reason": TEXT}, args=offer_to_us, foreign=foreign_offer
    ),
    "toestemming": on_case("cases:consent", "leerplicht", consent),
    "wie beslist": on_case(
        "cases:authority", "leerplicht", {"parents_with_authority": "2", "checked_how": TEXT, "cannot_judge_reason": TEXT, "cannot_judge_by": TEXT}
    ),
    "laat toe": on_case("cases:let_in", "leerplicht", let_in),
    "meetellen": Filled(
        "cases:include", "coordinator", {"included_on": "1-9-2022", "reason": TEXT}, args=one_to_include, foreign=foreign_case
    ),
    "misschien dubbel": Filled(
        "cases:possible_double",
        "coordinator",
        {"answer": "zelfde"},
        args=lambda world: [world.own_parts["double"].pk],
        foreign=lambda world: [[world.foreign_parts["double"].pk], [uuid.UUID(int=0)]],
    ),
    # De Reis
    "wensdroom": chapter(
        "wensdroom", wensdroom=TEXT, wensdroom_on="1-9-2020", wensdroom_short="bakkerij", wensdroom_parents=TEXT
    ),
    "vertrek": chapter("vertrek", departure=TEXT, departure_on="1-9-2020"),
    "bagage": chapter("bagage", luggage=TEXT, worked_content=TEXT, worked_process=TEXT, worked_attitude=TEXT),
    "samenwerking": chapter("samenwerking", cooperation=TEXT),
    "plan": chapter("plan", plan=TEXT, plan_autonomy="on", plan_competence="on", plan_belonging="on",
                    plan_fits_family="on", plan_is_safe="on"),
    "beweging": chapter("beweging", development_seen="ja", development_on="1-9-2020", development_evidence=TEXT,
                        movement_seen="nog_niet", movement_on="1-9-2020", movement_evidence=TEXT),
    "aankomst": chapter("aankomst", effect=TEXT, lessons=TEXT, aftercare=TEXT),
    "reisgenoot": on_case("cases:companion_add", "coordinator", MATE),
    "reisgenoot wijzigen": Filled(
        "cases:companion_edit", "coordinator", MATE, args=partial(part, "companion"), foreign=partial(foreign, "companion")
    ),
    "reflectie": on_case("cases:reflection_add", "coordinator", look),
    "reflectie wijzigen": Filled(
        "cases:reflection_edit", "coordinator", look, args=partial(part, "reflection"),
        foreign=partial(foreign, "reflection"),
    ),
    "reis op papier": on_case(
        "cases:journey_paper", "coordinator", {"kind": "kaart", "size": "a3"}, accepted=200, writes=False
    ),
    "middelen": chapter("middelen", means_needed=TEXT, means_present="deels", means_note=TEXT),
    "afstand": chapter(
        "afstand", distance_start="1", distance_start_reason=TEXT, distance_now="2", distance_now_reason=TEXT
    ),
    "terugblik": chapter("terugblik", look_back=TEXT),
    "halte": on_case("cases:stop_add", "coordinator", HALTE),
    "halte wijzigen": Filled(
        "cases:stop_edit", "coordinator", HALTE, args=partial(part, "stop"), foreign=partial(foreign, "stop")
    ),
    # Logboek
    "schrijf op": on_case("cases:write", "coordinator", spark),
    "opgeschreven wijzigen": Filled(
        "cases:log_edit", "coordinator", ENTRY, args=partial(part, "log"), foreign=partial(foreign, "log")
    ),
    # In beeld
    "eerste contact": on_case(
        "cases:contact_add",
        "leerplicht",
        lambda world: {"made_on": "1-9-2025", "channel": "brief", "contact_by": world.leerplicht.pk, "result": "gesprek"},
    ),
    "nevengroep": Filled(
        "cases:side_group", "leerplicht", {"side_group": "wlz"}, args=one_in_a_side_group, foreign=foreign_case
    ),
    "naam van een signaal": Filled(
        "cases:signal_name",
        "leerplicht",
        {"first_name": "Pip", "last_name": "Onbekendoord", "born_on": "3-4-2013"},
        args=one_without_a_name,
        foreign=foreign_case,
    ),
    "periode": Filled("cases:status_add", "leerplicht", PERIOD, args=one_not_stated, foreign=foreign_case),
    "periode wijzigen": Filled(
        "cases:status_edit", "leerplicht", PERIOD, args=partial(part, "status"), foreign=partial(foreign, "status")
    ),
    "periode beëindigen": Filled(
        "cases:status_end",
        "leerplicht",
        {"ends_on": "1-9-2025"},
        args=partial(part, "status"),
        foreign=partial(foreign, "status"),
    ),
    # Toestemming
    "papieren": on_case(
        "cases:papers", "leerplicht",
        lambda world: {"kind": "formulier-samen", "purposes": ["delen", "partijen"], "parties": TEXT, "contact": TEXT,
                       "until": f"{timezone.localdate():%d-%m-%Y}", "with_code": "on"},
        accepted=200, writes=False,
    ),
    "besluit na intrekken": on_case("cases:removal", "leerplicht", {"outcome": "team", "reason": TEXT}),
    "wens": on_case("cases:wish_add", "coordinator", WISH),
    "wens wijzigen": Filled(
        "cases:wish_edit", "owner", WISH, args=partial(part, "wish"), foreign=partial(foreign, "wish")
    ),
    # Inzet
    "inzet": on_case("cases:inzet_add", "coordinator", COST),
    "inzet wijzigen": Filled(
        "cases:inzet_edit", "owner", COST | {"effect": TEXT}, args=partial(part, "cost"), foreign=partial(foreign, "cost")
    ),
    "uren": on_case("cases:hours_add", "coordinator", HOURS),
    "uren wijzigen": Filled(
        "cases:hours_edit", "coordinator", HOURS, args=partial(part, "hours"), foreign=partial(foreign, "hours")
    ),
    # Interview
    "interview": on_case("cases:interview_add", "coordinator", lambda world: INTERVIEW | {"interviewer": world.coordinator.pk, "question_list": world.own_parts["interview"].question_list_id}),
    "interview wijzigen": Filled(
        "cases:interview_edit",
        "coordinator",
        lambda world: INTERVIEW | {"interviewer": world.coordinator.pk},
        args=partial(part, "interview"),
        foreign=partial(foreign, "interview"),
    ),
    "antwoord": Filled("cases:answer_add", "coordinator", ANSWER, args=question_of, foreign=foreign_question),
    "antwoord wijzigen": Filled("cases:answer_edit", "coordinator", ANSWER, args=answer_of, foreign=foreign_answer),
    "redenen": on_case("cases:reasons", "interviewer", {"kinds": ["ass", "angst"]}),
    "vragenlijst": Filled(
        "question_lists:detail",
        "beheer",
        {"title": TEXT, "everybody": TEXT, "youth": TEXT, "parents": TEXT, "professionals": TEXT},
        args=(2,),
        prepare=with_draft,
        foreign=lambda world: [[999]],
        anybody=True,
    ),
    # Verantwoording
    "subsidie": Filled(
        "reporting:subsidy_edit",
        "contact",
        SUBSIDY,
        args=lambda world: [world.own.swv.key],
        foreign=lambda world: [[world.foreign.swv.key], ["XX9999"]],
    ),
    "eerste subsidie": Filled("reporting:subsidy_edit", None, SUBSIDY, args=["VO2001"], prepare=without_a_subsidy),
    "inzet van het swv": Filled("reporting:inzet_add", "coordinator", COST, args=swv_of, foreign=foreign_swv),
    "inzet van het swv wijzigen": Filled(
        "reporting:inzet_edit",
        "coordinator",
        COST,
        args=partial(swv_part, "swv_cost"),
        foreign=partial(foreign_swv_part, "swv_cost"),
    ),
    "akkoord": Filled(
        "reporting:inzet_decide",
        "contact",
        {"answer": "niet", "reason": TEXT},
        args=partial(swv_part, "cost"),
        foreign=partial(foreign_swv_part, "cost"),
    ),
    "uren van het swv": Filled("reporting:inzet_hours_add", "coordinator", HOURS, args=swv_of, foreign=foreign_swv),
    "uren van het swv wijzigen": Filled(
        "reporting:inzet_hours_edit",
        "coordinator",
        HOURS,
        args=partial(swv_part, "swv_hours"),
        foreign=partial(foreign_swv_part, "swv_hours"),
    ),
    "overeenkomst": Filled("reporting:agreement_add", "contact", AGREEMENT, args=swv_of, foreign=foreign_swv),
    "overeenkomst wijzigen": Filled(
        "reporting:agreement_edit",
        "contact",
        AGREEMENT,
        args=partial(swv_part, "agreement"),
        foreign=partial(foreign_swv_part, "agreement"),
    ),
    # Beheer
    "uitnodigen": Filled(
        "regions:invite", "beheer", lambda world: membership(world) | {"name": "Nieuw Iemand", "email": "n@voorbeeld.test"},
        anybody=True,
    ),
    "werkplek": Filled(
        "regions:membership_add", "beheer", membership, args=lambda world: [world.stranger.pk], foreign=lambda _: [[10**9]],
        anybody=True,
    ),
    "werkplek beëindigen": Filled(
        "regions:membership_end",
        "beheer",
        {"ends_on": "1-9-2198"},
        args=lambda world: [world.coordinator.pk, world.own_parts["membership"].pk],
        foreign=lambda world: [[world.leerplicht.pk, world.own_parts["membership"].pk]],
    ),
    "swv": Filled(
        "regions:swv_edit",
        "beheer",
        {"name": "Naam", "address": "Weg 1", "postcode": "9711 AB", "city": "Groningen", "website": "www.voorbeeld.nl"},
        args=lambda world: [world.own.swv.key],
        foreign=lambda _: [["XX9999"]],
    ),
    # Filters
    "jeugdigen": Filled(
        "cases:list",
        "coordinator",
        {"q": "WEL-0001", "sort": "code", "status": ["op_reis"], "eigenaar": "ik", "situatie": ["av"], "contact": "14",
         "toestemming": "geldig"},
        method="GET",
        accepted=200,
        writes=False,
    ),
    "mensen": Filled(
        "regions:people",
        "beheer",
        {"zoek": "Nummer", "rol": "fg", "account": "actief", "sort": "naam"},
        method="GET",
        accepted=200,
        writes=False,
    ),
    "samenwerkingsverbanden": Filled(
        "regions:swvs", "beheer", {"zoek": "Groningen", "soort": "PO", "sort": "code"}, method="GET", accepted=200, writes=False
    ),
    "inzet filteren": Filled(
        "reporting:inzet",
        "contact",
        {"akkoord": "wacht", "stand": "besteed", "soort": "direct", "schooljaar": "2023-2024", "kalenderjaar": "2023",
         "jeugdige": "WEL-0001"},
        args=swv_of,
        method="GET",
        accepted=200,
        writes=False,
    ),
    "logboek inzage": Filled(
        "regions:audit",
        "fg",
        {"wie": "Nummer", "jeugdige": "WEL-0001", "wat": "login", "vanaf": "1-9-2020", "tot": "31-12-2198"},
        method="GET",
        accepted=200,
        writes=False,
    ),
    # One's own account
    "profiel": Filled("profile", "stranger", {"name": "Andere Naam", "phone": "0612345678", "theme": "dark"}),
    "wachtwoord wijzigen": Filled(
        "account_change_password",
        "stranger",
        {"oldpassword": factories.PASSWORD, "password1": NEW_PASSWORD},
        prepare=confirmed,
        secrets=frozenset({"oldpassword", "password1"}),
    ),
    "bevestig": Filled(
        "account_reauthenticate",
        "stranger",
        {"password": factories.PASSWORD},
        writes=False,
        secrets=frozenset({"password"}),
    ),
    "bevestig met code": Filled(
        "mfa_reauthenticate",
        None,
        lambda world: {"code": code_of(world.person.secret)},
        prepare=with_second_step,
        secrets=frozenset({"code"}),
    ),
    "inloggen": Filled(
        "account_login",
        None,
        lambda world: {"login": world.stranger.email, "password": factories.PASSWORD},
        secrets=frozenset({"login", "password"}),
    ),
    "tweede stap": Filled(
        "mfa_authenticate",
        None,
        lambda world: {"code": code_of(world.person.secret)},
        prepare=first_step,
        secrets=frozenset({"code"}),
    ),
    "app koppelen": Filled(
        "mfa_activate_totp", None, key_on_the_page, prepare=setting_up, secrets=frozenset({"code"})
    ),
    "wachtwoord vergeten": Filled(
        "account_reset_password",
        None,
        lambda world: {"email": world.stranger.email},
        secrets=frozenset({"email"}),
    ),
    "nieuw wachtwoord": Filled(
        "account_reset_password_from_key",
        None,
        {"password1": NEW_PASSWORD},
        args=lambda world: [user_pk_to_url_str(world.stranger), "set-password"],
        prepare=mailed_link,
        secrets=frozenset({"password1"}),
    ),
    # Volgen and leren
    "gebeurtenis": on_case("cases:event_add", "coordinator", EVENT),
    "gebeurtenis aanpassen": on_part("cases:event_edit", "coordinator", EVENT, "event"),
    "moment": on_case("cases:moment_add", "coordinator", lambda world: {"due_on": day_from_now(9)}),
    "moment vastleggen": on_part(
        "cases:moment_finish", "coordinator", {"outcome": "goed", "done_on": "1-9-2020", "note": TEXT}, "moment"
    ),
    "nazorg en bewaren": on_case(
        "cases:closing",
        "coordinator",
        lambda world: {"keeper": TEXT, "remove_on": day_from_now(900), "hold_reason": TEXT},
    ),
    "afronden": on_case(
        "cases:round_off", "coordinator", lambda world: {"on": day_from_now(0), "exception": TEXT}
    ),
    "verhaal": on_case("cases:story_add", "coordinator", STORY),
    "verhaal aanpassen": on_part("cases:story_edit", "coordinator", STORY, "story"),
    "verhaal nalezen": on_part("cases:story_read", "leerplicht", {"answer": "terug", "why": TEXT}, "story"),
    "knelpunt bij een jeugdige": on_case("cases:case_obstacle_add", "coordinator", OBSTACLE),
    "knelpunt": Filled(
        "learning:obstacle_add", "coordinator", lambda world: OBSTACLE | {"swv": world.own.swv_id}
    ),
    "knelpunt aanpassen": on_row("learning:obstacle_edit", "coordinator", OBSTACLE, "obstacle"),
    "oplossing": Filled(
        "learning:solution_add", "coordinator", lambda world: SOLUTION | {"swv": world.own.swv_id}
    ),
    "oplossing aanpassen": on_row("learning:solution_edit", "coordinator", SOLUTION, "solution"),
    "uitnodiging": Filled(
        "accept_invitation",
        None,
        {"name": "Nieuw Iemand", "phone": "0612345678", "password": NEW_PASSWORD},
        args=invited,
        secrets=frozenset({"password"}),
    ),
}  # fmt: skip

# One button, or an answer that no form reads: what may be sent along, and by whom.
BUTTONS = {
    "cases:register_area": ("leerplicht", (), {"gemeente": "1", "postcode": "9711", "swv": "1", "born_on": "3-4-2013"}),
    "cases:register_lookalikes": (
        "leerplicht", (), {"first_name": "Pip", "last_name": "V", "born_on": "3-4-2013", "gemeente": "1", "other": "1"}
    ),
    "cases:name": ("leerplicht", own, {"reden": "x"}),
    "cases:consent_withdraw": ("coordinator", partial(part, "consent"), {"reden": "x"}),
    "cases:end_access": ("coordinator", partial(part, "let_in"), {"reden": "x"}),
    "cases:stop_move": ("coordinator", partial(part, "stop"), {"kant": "opzij"}),
    "cases:log_remove": ("owner", partial(part, "log"), {"x": "x"}),
    "cases:log_put_back": ("owner", partial(part, "removed_log"), {"x": "x"}),
    "cases:stop_put_back": ("stranger", partial(part, "removed_stop"), {"x": "x"}),
    "cases:draft": ("coordinator", on_logboek, {"klad": "x", "klad_wie": "x", "klad_stand": "x", "klad_van": "x", "text": "x"}),
    "cases:draft_throw_away": ("coordinator", on_logboek, {"klad": "x", "terug": "x"}),
    "cases:stop_delete": ("coordinator", partial(part, "stop"), {"version": "99"}),
    "cases:document_remove": ("contact", partial(part, "document"), {"reden": "x"}),
    "cases:document_restore": ("contact", partial(part, "removed_document"), {"reden": "x"}),
    "learning:solution_share": ("coordinator", partial(row, "solution"), {"version": "99"}),
    "learning:solution_withdraw": ("contact", partial(row, "solution"), {"reden": "x"}),
    "cases:companion_remove": ("contact", partial(part, "companion"), {"reden": "x"}),
    "cases:companion_put_back": ("contact", partial(part, "removed_companion"), {"reden": "x"}),
    "cases:reflection_remove": ("owner", partial(part, "reflection"), {"reden": "x"}),
    "cases:reflection_put_back": ("owner", partial(part, "removed_reflection"), {"reden": "x"}),
    "cases:wish_remove": ("contact", partial(part, "wish"), {"reden": "x"}),
    "cases:owner_stay": ("contact", own, {"reden": "x"}),
    "cases:handover_offer": ("coordinator", own, {"reden": "x"}),
    "reporting:report_make": ("coordinator", lambda world: [world.own.swv.key], {"jaar": "x"}),
    "regions:person_close": ("coordinator", lambda world: [world.stranger.pk], {}),
    "regions:person_open": ("beheer", lambda world: [world.stranger.pk], {}),
    "regions:person_invite_again": ("beheer", lambda world: [world.stranger.pk], {}),
    "regions:person_reset_second_factor": ("beheer", lambda world: [world.stranger.pk], {}),
    "question_lists:copy": ("coordinator", (1,), {"x": "x"}),
    "question_lists:publish": ("beheer", (1,), {"version": "99"}),
    "regions:swv_release": ("beheer", lambda world: [world.own.swv.key], {"field": "name"}),
    "regions:audit_check": ("coordinator", (), {}),
    "usersessions_list": ("stranger", (), {"session": "x"}),
    "keep_alive": ("stranger", (), {"x": "x"}),
    "theme": ("stranger", (), {"theme": "paars"}),
    "account_logout": ("stranger", (), {"next": "x"}),
}  # fmt: skip

# Forms that are fed elsewhere, and where.
ELSEWHERE = {
    "cases:document_add": "a file: tests/cases/test_documents.py and test_uploads.py",
    "mfa_login_webauthn": "odd passkeys: tests/access/test_second_factor.py",
    "mfa_reauthenticate_webauthn": "the same",
    "mfa_add_webauthn": "the same",
    "mfa_edit_webauthn": "one name of a passkey: the same",
    "mfa_remove_webauthn": "a button, the same",
    "replace_totp": "the form of mfa_activate_totp",
    "mfa_deactivate_totp": "a button: tests/access/test_second_factor.py",
    "mfa_generate_recovery_codes": "a button: the same",
}
