"""An invented SWV at work: every role, and jeugdigen in every state, with texts as long as people write them."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from access import audit
from access.context import acting_as
from access.models import User
from access.school_year import school_year_end, school_year_start
from cases.actions.companion import add_companion, change_companion, remove_companion
from cases.actions.consent import record_consent
from cases.actions.contact import record_contact
from cases.actions.document import add_document, remove_document
from cases.actions.inclusion import include_case
from cases.actions.journey import add_stop, save_chapter
from cases.actions.legal_status import state_status
from cases.actions.log import write_entry
from cases.actions.members import appoint_owner, let_in
from cases.actions.question_list import copy_list
from cases.actions.reflection import add_reflection, remove_reflection
from cases.actions.register import register_case, register_signal
from cases.conflict import fingerprint
from cases.identity import Person
from cases.models import Case, Consent, Document, Journey, Stop
from regions.models import Role
from tests import factories
from tests.browser.world_tables import STORY, WORDS, prepare, register, team_up, tell
from tests.database import as_owner
from tests.interviews import allow, first_list, interview_of, question

FIRST, LAST = "Pippeloentje-Wilhelmina", "van Verzonnen tot Zevenhuizerveen"
NAME = f"{FIRST} {LAST}"
REIS = {
    "wensdroom": WORDS,
    "wensdroom_short": "een eigen bakkerij met een bank",
    "wensdroom_parents": "Dat er weer een dag komt waarop niemand op de klok kijkt.",
    "departure": "Thuis, moe van school. Wil wel leren, maar niet in een klas van dertig kinderen.",
    "luggage": f"Geduld met deeg. Weet alles van treinen. {STORY}",
    "worked_content": STORY,
    "worked_process": "Elke week dezelfde ochtend, en pas uitbreiden als de jongere erom vraagt.",
    "worked_attitude": "Meelopen en meekijken, zonder toets of cijfer.",
    "cooperation": STORY,
    "plan": STORY,
    "means_needed": "Een oven, vervoer, en iemand die op vaste dagen belt.",
    "means_present": Journey.Present.PARTLY,
    "means_note": "De oven is er. Het vervoer regelt de gemeente na de zomer.",
    "distance_start": Journey.Distance.NONE,
    "distance_start_reason": "Er was geen activiteit buiten huis.",
    "distance_now": Journey.Distance.CARE,
    "distance_now_reason": "Elke week een ochtend leren bij de bakker.",
    "look_back": STORY,
    "plan_autonomy": True,
    "plan_is_safe": True,
    "development_seen": "ja",
    "development_evidence": STORY,
    "movement_seen": "nog_niet",
    "effect": STORY,
    "lessons": STORY,
    "aftercare": STORY,
}
HALTES = (
    {"title": "Keuken van oom", "state": "gemaakt", "ago": 150, "place": "elke vrijdag", "sparks": 1, "note": STORY},
    {
        "title": "Les aan huis, en soms in de bibliotheek bij de balie",
        "state": "gemaakt",
        "ago": 90,
        "hobble": "lange busreis",
        "detour": "tante rijdt mee",
    },
    {"title": "Even niets", "state": "gemaakt", "ago": 60, "is_rest": True},
    {"title": "Proefdag bakkerij", "state": "nu", "ago": 12, "sparks": 3, "is_look_back": True},
    {"title": "Kennismaken met de mentor", "state": "gepland", "ago": -20, "place": "op school"},
    {"title": "2 ochtenden meelopen", "state": "idee", "ago": None},
)
LOG = (
    ("huisbezoek", STORY * 4, "team", False),
    ("gesprek", "Met ouders gebeld. Het ging over de zomer en over de bus.", "tafel", False),
    ("bericht", "Alleen voor mij: volgende week eerst zelf bellen.", "ik", False),
    ("hobbel", "De buschauffeur wisselt elke week. Dat geeft veel gedoe aan de deur.", "team", False),
    ("besluit", "We blijven bij één ochtend tot de herfst.", "tafel", False),
    ("lichtje", "‘Mag ik volgende week weer?’ vroeg hij, voor het eerst uit zichzelf.", "team", True),
)


@dataclass
class World:
    leerplicht: object
    coordinator: object
    owner: object
    contact: object
    project: object
    fg: object
    beheer: object
    gone: object  # an account that was put out
    new: object  # invited, and never logged in
    case: Case  # shared, with everything written down
    closed: Case  # registered, nobody asked yet
    asked: Case  # a youth of 13: asked, one of two said yes
    ending: Case  # shared for two weeks more
    grant: object = None
    double: object = None  # waits for an answer
    settled: object = None
    signal: Case = None  # without a name
    beside: Case = None  # in a nevengroep
    subsidy: object = None
    cost: object = None  # of the case, waits
    swv_cost: object = None
    hours: object = None
    swv_hours: object = None
    agreement: object = None
    interview: object = None
    answer: object = None
    event: object = None
    moment: object = None
    story: object = None  # waits for a second reader
    obstacle: object = None
    solution: object = None
    handover: object = None  # of `case`, waits for consent
    incoming: object = None  # offered to us
    team: object = None
    member: object = None  # of the team, with an account
    partner: object = None  # without one
    meeting: object = None  # planned, and begun
    cancelled: object = None
    voice: object = None  # an open link of the case, with answers that were sent
    table: object = None  # to come, with a free place
    item: object = None  # the place of `case` at it
    guest: object = None  # somebody there without an account
    action: object = None  # promised at it
    held: object = None  # a place that was held, with promises of the coördinator and the terugkoppeling

    @property
    def born(self):
        """The day of birth of `case`, as one types it."""
        day = person().born_on
        return f"{day.day}-{day.month}-{day.year}"

    def __getitem__(self, role):
        return getattr(self, role)


def person(first=FIRST, last=LAST, age=9):
    day = timezone.localdate() - timedelta(days=age * 365 + 120)
    return Person(first, last, day, "Ouder van Verzonnen-Achternaamkampioen", "ouder@voorbeeld.test")


def make_world():
    """The people by their factories, what they do by the actions that they would use."""
    world = World(
        leerplicht=factories.leerplicht(user__name="Wilhelmina van der Leeuwen-Verzinsel"),
        coordinator=factories.coordinator(user__name="Merel Coördinatorszoon"),
        owner=factories.MembershipFactory(
            role=Role.CASEWORKER, swv=factories.swv(), user__name="Youssef el Verzonnen"
        ).user,
        contact=factories.swv_contact(user__name="Siebe Penningmeester"),
        project=factories.national(Role.PROJECT, user__name="Anna Projectmaker"),
        fg=factories.national(Role.FG, user__name="Fenna Gegevensbewaker"),
        beheer=factories.national(Role.BEHEER, user__name="Bo Beheer"),
        gone=factories.UserFactory(name="Vera Vertrokken", is_active=False),
        new=factories.UserFactory(name="Nina Nieuw", password=None),
        case=None,
        closed=None,
        asked=None,
        ending=None,
    )
    with as_owner():
        Case.objects.bulk_create(_quiet_cases(world.leerplicht, timezone.localdate()))
    world.subsidy = factories.SubsidyFactory(
        reference="WIO-22-0042-GRONINGEN", amount="38411.00", direct_text=STORY, indirect_text=STORY, goal_text=STORY
    )
    today = timezone.localdate()
    place = {"gemeente": factories.gemeente(), "swv": factories.swv(), "situation": Case.Situation.EXEMPT}
    with playing(world, "leerplicht") as by:
        _register(world, by, today, place)
    _find_doubles(world)
    factories.TableWishFactory(case=world.case, party="Begeleider van de Langeafstandswandelaarsherberg", wish="nee")
    factories.RemovalDecisionFactory(case=world.closed)
    factories.AuthorityFactory(
        case=world.closed, cannot_judge_reason=WORDS[:190], cannot_judge_by="Orthopedagoog Verzonnen"
    )
    with playing(world, "owner") as by:
        _travel(world.case, by, today)
        _add_documents(world.case, by)
    with playing(world, "coordinator") as by:
        write_entry(case=world.ending, values=_entry(*LOG[5], today - timedelta(days=50)), by=by)
    _spend(world)
    _interview(world)
    _learn(world)
    _around(world, today)
    team_up(world, today)
    register(world)
    tell(world)
    prepare(world, today)
    with as_owner():
        audit.record("login_refused", detail={"reason": "password"})
        TOTP.activate(world.fg, generate_totp_secret())
    return world


def _around(world, today):
    """A verbinder after another one, a handover that waits and one that is offered to us, and some that went by."""
    first = factories.ConnectionFactory(
        case=world.case, story=STORY[:290], task=STORY[:290], connector__name="Harmke van der Telefoonlijst-Verbinding",
        broken_on=today - timedelta(days=40), starts_on=today - timedelta(days=39),
    )  # fmt: skip
    with as_owner():
        type(first).objects.unscoped().filter(pk=first.pk).update(
            ended_on=today - timedelta(days=9), ended_by=world.coordinator, outcome=STORY[:290]
        )
    factories.ConnectionFactory(case=world.case, story=STORY[:290], task=STORY[:290], broken_on=today)
    answered = {"answered_by": world.coordinator, "answered_at": timezone.now(), "answer": STORY[:290]}
    factories.HandoverFactory(case=world.case, status="geweigerd", **answered)
    world.handover = factories.HandoverFactory(
        case=world.case, status="gevraagd", offered_at=None, offered_by=None, asked_by=world.coordinator,
        message=STORY * 3, shows=["wensdroom", "goed"], talk_on=today,
    )  # fmt: skip
    there = {"swv": factories.swv("PO2202"), "gemeente": factories.gemeente("Emmen")}
    elsewhere = factories.JourneyFactory(case=factories.CaseFactory(**there, strengths=STORY), wensdroom=WORDS).case
    factories.IdentityFactory(case=elsewhere)
    world.incoming = factories.HandoverFactory(
        case=elsewhere, to_swv=world.case.swv, to_gemeente=world.case.gemeente, message=STORY * 3,
        shows=["wensdroom", "goed"], asked_by__name="Wilhelmina van der Leeuwen-Verzinsel", asked_by__phone="0591 00 00 02",
    )  # fmt: skip


def _spend(world):
    """A line in every state, of the jeugdige and of the SWV; hours, and an agreement."""
    cost = partial(factories.CostLineFactory, subsidy=world.subsidy, case=world.case, entered_by=world.owner)
    world.cost = cost(amount="30250.50", description=STORY[:190], kind="doorgegeven", has_receipt=True,
                      agreement=factories.AgreementFactory(subsidy=world.subsidy, purpose=STORY[:290], party="Gemeente Langeafstandswandelaarsherbergen"))  # fmt: skip
    cost(decision="akkoord", amount="31000.00", effect=STORY[:290], reference="F-2026-000000000142-HERINNERING-2")
    cost(decision="niet", decision_reason=STORY[:290], is_own_contribution=True)
    cost(stage="begroot", is_direct=False)
    world.swv_cost = cost(case=None, entered_by=world.coordinator)
    world.hours = factories.HoursLineFactory(case=world.case, persons=12, entered_by=world.owner)
    world.swv_hours = factories.SwvHoursLineFactory(entered_by=world.coordinator)
    world.agreement = world.cost.agreement


def _interview(world):
    """One with answers of both and a quote, reasons, and a version of the vragenlijst that is being written."""
    factories.MembershipFactory(role=Role.INTERVIEWER, swv=factories.swv(), user=world.coordinator)
    allow(world.case, quotes=30, reasons=30)
    world.interview, world.answer, quote = interview_of(world.case, with_parents=True, place=STORY[:80])
    until = {"interview_until": quote.interview_until}
    factories.AnswerFactory(
        case=world.case, interview=world.interview, question=question(), perspective="ouder", theme="houding",
        level="professional", text=STORY * 5, **until,
    )  # fmt: skip
    for kind in ("ass", "hoogbegaafd"):
        factories.CaseReasonFactory(case=world.case, kind=kind, reasons_until=quote.quotes_until)
    with playing(world, "beheer") as by:
        copy_list(original=first_list(), by=by)
        copy_list(original=first_list("inbreng"), by=by)


def _learn(world):
    """Ups and downs, moments in every state, a story that waits and one that is out, a knelpunt and the bank."""
    today, case, owner = timezone.localdate(), world.case, world.owner
    happened = partial(factories.FollowEventFactory, case=case, recorded_by=owner, note=STORY)
    happened(happened_on=today - timedelta(days=90), kind="ingeschreven", place="Praktijkschool Langeafstandswandeling")
    happened(happened_on=today - timedelta(days=60), movement="terug", kind="thuis")
    world.event = happened(happened_on=today - timedelta(days=9), kind="verhuisd", place="Zevenhuizerveen")
    moment = partial(factories.FollowUpFactory, case=case)
    world.moment = moment(due_on=today - timedelta(days=3))
    moment(kind="overdracht", due_on=today + timedelta(days=4))
    moment(outcome="steun", done_on=today, done_by=owner, note=STORY[:400])
    factories.ClosingFactory(case=case, keeper=STORY[:190], exception=STORY[:290], hold_reason=STORY[:190])
    factories.ClosingFactory(case=_over(world, today), remove_on=today - timedelta(days=2))
    factories.ConsentFactory(case=case, purpose="verhaal")
    told = partial(factories.StoryFactory, case=case, author=owner, what_worked=STORY * 3, hobble=STORY[:190])
    world.story = told(title=STORY[:119])
    told(approved_by=world.leerplicht, detour=STORY[:190])
    told(is_ready=False, returned_note=STORY[:290])
    answered = {"status": "antwoord", "addressee": "rijk", "addressee_name": STORY[:119], "addressed_on": today,
                "answer": STORY, "answered_on": today}  # fmt: skip
    world.obstacle = factories.ObstacleFactory(title=STORY[:119], description=STORY, **answered)
    factories.ObstacleLinkFactory(case=case, obstacle=world.obstacle)
    world.solution = factories.SolutionFactory(title=STORY[:119], description=STORY, place=STORY[:159])
    factories.SolutionFactory(
        shared_version=1, shared_by=world.leerplicht, version=2, bank_id=factories.BankEntryFactory().pk
    )


def _over(world, today):
    """Closed long ago, with a day until which all of it was kept that went by."""
    return factories.CaseFactory(closed_on=today - timedelta(days=1200), registered_by=world.leerplicht)


def _quiet_cases(by, today):
    """Enough of them for a second page of the list."""
    over = (Case.Status.DONE, Case.Status.STOPPED)
    for number in range(26):
        status = list(Case.Status)[number % len(Case.Status)]
        yield Case(
            gemeente=factories.gemeente(),
            swv=factories.swv(),
            birth_year=today.year - 5 - number % 15,
            birth_month=1 + number % 12,
            situation=Case.Situation.ABSENT,
            status=status,
            closed_on=today if status in over else None,
            registered_by=by,
            shared_until=today + timedelta(days=90),
            last_contact_on=today - timedelta(days=7 * number),
            next_step=STORY[:180] if number % 2 else "",
        )


@contextmanager
def playing(world, role):
    """Somebody at work, without what was remembered of his rights from before."""
    user = User.objects.get(pk=world[role].pk)
    with acting_as(user):
        yield user


def _register(world, by, today, place):
    registered = today - timedelta(days=20)
    fields = {"by": by, "today": registered, "strengths": STORY, **place}
    world.case = register_case(person=person(), consent="gegeven", since=today.replace(day=1), **fields)
    world.ending = register_case(
        person=person("Miebet", "Verzinsel"), consent="niet", parents_with_authority=1, **fields
    )
    world.ending = record_consent(
        case=world.ending,
        persons=[Consent.Person.PARENT],
        by=by,
        born_on=person().born_on,
        today=registered,
        purpose=Consent.Purpose.SHARE,
        answer=Consent.Answer.GIVEN,
        answered_on=registered,
        expires_on=today + timedelta(days=14),
        how=Consent.How.PAPER,
    )
    world.closed = register_case(
        person=person("Teuntje", "Nergensland"), consent="niet", parents_with_authority=1, **fields
    )
    world.asked = register_case(person=person("Dorus", "Bedacht", age=13), consent="gevraagd", **fields)
    world.signal = register_signal(by=by, today=today, birth_year=today.year - 10, **place)
    beside = place | {"situation": Case.Situation.OTHER, "side_group": Case.SideGroup.LONG_CARE}
    world.beside = register_signal(by=by, today=today, birth_year=today.year - 6, **beside)
    for days, channel, result in ((15, "brief", "niet_bereikt"), (9, "huisbezoek", "passende_plek")):
        day = today - timedelta(days=days)
        record_contact(case=world.case, by=by, contact_by=by, made_on=day, channel=channel, result=result)
    start = school_year_start(today)
    exemption = {"kind": "5a", "duration": "tijdelijk", "starts_on": start, "ends_on": school_year_end(today)}
    state_status(
        case=world.case,
        values=exemption
        | {"ground": "beide", "notified_on": start, "statement_on": start, "statement_by": "psycholoog"},
        by=by,
        today=today,
    )
    state_status(
        case=world.case,
        values={"kind": "av", "starts_on": start - timedelta(days=90), "ends_on": start - timedelta(days=1)},
        by=by,
        today=today,
    )
    appoint_owner(case=world.case, user=world.owner, by=by, today=registered)
    world.grant = let_in(
        case=world.case, user=world.owner, purpose="contact met ouders", until=world.case.shared_until, by=by
    )
    for case in (world.case, world.ending):
        include_case(case=case, subsidy=world.subsidy, included_on=registered, by=by)


def _add_documents(case, by):
    """One of each kind, one of them removed again."""
    last = None
    for kind, readers in zip(Document.Kind.values, ("team", "tafel", "ik", "team", "team", "tafel"), strict=True):
        last = add_document(case=case, kind=kind, readers=readers, file_type="pdf", content=b"%PDF-1.4", by=by)
    remove_document(document=last, by=by)


def _find_doubles(world):
    """Two that are perhaps known elsewhere too, one of them answered."""
    swv = factories.swv("PO2203")
    other = factories.coordinator("PO2203", user__name="Harmke van der Telefoonlijst", user__phone="0591 00 00 02")
    elsewhere = [factories.CaseFactory(gemeente=factories.gemeente("Emmen"), swv=swv) for _ in range(2)]
    world.double = factories.PossibleDoubleFactory(cases=[world.case, elsewhere[0]])
    world.settled = factories.PossibleDoubleFactory(
        cases=[world.closed, elsewhere[1]], answer="zelfde", settled_by=other, settled_at=timezone.now()
    )


def _travel(case, by, today):
    values = {
        **REIS,
        "departure_on": today - timedelta(days=200),
        "wensdroom_on": today - timedelta(days=100),
    }
    save_chapter(case=case, values=values, seen=Journey().fingerprint(list(values)), by=by)
    for halte in HALTES:
        halte = dict(halte)
        ago = halte.pop("ago")
        add_stop(case=case, values={**halte, "happened_on": ago and today - timedelta(days=ago)}, by=by)
    _bring_along(case, by, today)
    for days, line in enumerate(LOG):
        write_entry(case=case, values=_entry(*line, today - timedelta(days=52 - 10 * days)), by=by)


def _bring_along(case, by, today):
    """A reisgenoot of each circle and a reflectie in each voice, one of them changed, and one of each removed."""
    mate = {
        "who": "buurvrouw van de Langeafstandswandelaarsherberg, drie hoog",
        "circle": "naast",
        "is_unexpected": True,
        "role": STORY[:180],
        "meaning": WORDS,
        "meaning_on": today,
        "organisation": "",
        "mandate": STORY[:180],
        "joins_table": True,
    }
    first = add_companion(case=case, values={**mate, "who": "buurvrouw"}, by=by)
    seen = fingerprint(first, list(mate))
    change_companion(companion=first, values=mate, seen=seen, by=by)
    work = {"who": "meester aan huis", "circle": "beroep", "organisation": "Zorgboerderij de Langeafstandswandelaar"}
    add_companion(case=case, values=mate | work, by=by)
    remove_companion(companion=add_companion(case=case, values=mate | {"who": "kat"}, by=by), by=by)
    stop = Stop.objects.editable_by(by).filter(case=case).first()
    look = {"text": STORY, "strengthen": STORY, "said_on": today, "stop": stop}
    for voice in ("jongere", "ouder", "begeleider"):
        last = add_reflection(case=case, values=look | {"voice": voice}, by=by)
    add_reflection(case=case, values=look | {"voice": "jongere", "stop": None, "strengthen": ""}, by=by)
    remove_reflection(reflection=last, by=by)


def _entry(kind, text, readers, is_spark, day):
    return {"kind": kind, "text": text, "readers": readers, "is_spark": is_spark, "happened_on": day}
