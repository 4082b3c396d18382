"""Invented preparation of WEL-tafels: one that has just begun, one to accept, one accepted and one that is complete."""

from dataclasses import dataclass, field

from cases.conflict import fingerprint
from cases.models import Case
from meetings.actions import bringing, intake, prepare
from meetings.models import Checklist, HomeVisit, NoVoice, questions_of
from meetings.rules.intake import NO_SCHOOL

SKIP_MDO = {"mdo_on": None, "mdo_result": "", "mdo_skip": NO_SCHOOL}


@dataclass(frozen=True)
class Preparation:
    by: str
    swv: tuple[int, str]  # days ago, what came of it
    contact: tuple[int, str, str, str] = ()  # days ago, with whom, how, what was agreed
    answers: tuple[str, ...] = ()  # on the first questions
    is_entered: bool = False
    is_ready: bool = False
    accepted_by: str = ""
    no_voice: tuple[str, str] = ()
    visit: dict = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    remark: str = ""


# By the first name of the jeugdige.
PREPARATIONS = {
    "Ravi": Preparation(
        "eigenaar",
        (9, "Verzonnen uitkomst: twee gesprekken thuis, en een plan voor één ochtend per week."),
        answers=("Hoe kan Ravi weer een ochtend buiten de deur zijn?", "‘Ik wil zelf een boot bouwen die vaart.’"),
        ticked=("informatie", "tijdlijn"),
        remark="De indicatie is aangevraagd. We horen het binnen drie weken.",
        visit={"days": 4, "visitors": "eigenaar en coördinator", "wants_to": True, "place": "het havenkantoor"},
    ),
    "Loek": Preparation(
        "coordinator.noord",
        (24, "Verzonnen uitkomst: een onderzoek naar wat wel past, en een proefdag die mooi was."),
        (6, "interviewer", "telefoon", "De casusinbreng is er voor donderdag. De moeder vraagt oom mee."),
        ("Welke plek past bij iemand die alles van treinen weet?", "‘Een dag met de conducteur mee.’",
         "Verzonnen tijdlijn: groep 3 in twee scholen, daarna thuis. Sinds de zomer elke week naar het spoorpark.",
         "Het spoorpark werkte: vaste dag, vaste man, geen toets."),
        is_entered=True,
        is_ready=True,
        no_voice=("wil_niet", "Twee keer gevraagd, ook met een tekening. Loek vertelt het liever later, aan oom."),
        ticked=("informatie", "analyse", "tijdlijn", "buitenstaander", "belangen", "reflectie"),
    ),
    "Tine": Preparation(
        "coordinator.zuid",
        (40, "Verzonnen uitkomst: er is meegekeken met de vraag, en er kwam een klein budget."),
        (20, "coordinator.zuid", "gesprek", "Eerst langs bij Tine thuis. Daarna kiezen we een datum."),
        ("Wie kan met Tine mee naar de eerste les?",),
        is_entered=True,
        accepted_by="coordinator.zuid",
    ),
    "Jente": Preparation(
        "eigenaar",
        (60, "Verzonnen uitkomst: drie plekken bekeken. Eén voelde goed, maar was vol."),
        (45, "coordinator.noord", "beeldbellen", "Jente wil er zelf bij zijn, in de bibliotheek."),
        ("Hoe wordt een volle plek toch een plek voor Jente?", "‘Ik wil ooit zelf een boek maken.’"),
        is_entered=True,
        is_ready=True,
        accepted_by="coordinator.noord",
        no_voice=("anders", "Jente is er zelf bij en vertelt het liever aan tafel."),
        visit={"days": 30, "visitors": "eigenaar en coördinator", "wants_to": True, "is_prepared": True,
               "place": "bibliotheek Het Losse Blad", "note": "Jente wil naast de deur zitten."},
    ),
}  # fmt: skip


def tell(playing, cast, cases, days_ago):
    """By ordinary actions, in the name of who would do each."""
    today = days_ago(0)
    for first, told in PREPARATIONS.items():
        case, _ = cases[first]
        with playing(cast, told.by) as user:
            case = Case.objects.editable_by(user).get(pk=case.pk)
            _prepare(case, told, user, cast, days_ago, today)
        if told.accepted_by:
            with playing(cast, told.accepted_by) as user:
                version = intake.intake_of(case, user).version
                assert intake.accept(case=case, version=version, by=user)


def _prepare(case, told, user, cast, days_ago, today):
    days, result = told.swv
    held = {"swv_step_on": days_ago(days), "swv_step_result": result, "swv_step_skip": ""}
    assert intake.save_step(case=case, step="mdo", values=SKIP_MDO, version=0, by=user)
    assert intake.save_step(case=case, step="swv", values=held, version=1, by=user)
    if told.contact:
        days, person, channel, agreed = told.contact
        values = {"contact_on": days_ago(days), "contact_with": cast[person], "contact_channel": channel}
        values["contact_agreed"] = agreed
        assert intake.save_step(case=case, step="contact", values=values, version=2, by=user)
    if told.is_entered:
        assert intake.enter(case=case, version=3, by=user, today=today)
    if told.answers:
        _write(case, told, user, today)
    if told.no_voice:
        why, note = told.no_voice
        _save(NoVoice, case, user, {"why": why, "note": note, "holds": True})
    if told.visit:
        values = {"is_prepared": False, "note": "", **told.visit}
        _save(HomeVisit, case, user, {"visited_on": days_ago(values.pop("days")), **values})
    if told.ticked:
        _save(Checklist, case, user, {"ticked": list(told.ticked), "preparation_remark": told.remark})


def _save(model, case, user, values):
    assert prepare.save_part(model=model, case=case, values=values, version=0, by=user)


def _write(case, told, user, today):
    row = bringing.bringing_of(case, user)
    names = [f"{bringing.FIELD}{question.pk}" for question in questions_of(row.question_list)]
    texts = dict(zip(names, told.answers, strict=False))
    bringing.save_bringing(
        case=case,
        question_list=row.question_list,
        values={name: texts.get(name, "") for name in names},
        seen=fingerprint(bringing.with_fields(row, names), names),
        by=user,
        today=today,
        ready=told.is_ready,
    )
