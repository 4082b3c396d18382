"""What the world of the browser tests holds around tables: teams, places, preparation, and the stem."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from tests import factories

WORDS = (
    "Ik wil later brood bakken dat mensen ruiken als ze langslopen. En dat niemand tegen me zegt dat ik op moet "
    "schieten. Op zondag is de winkel dicht, dan kijk ik naar de treinen en hoor ik wie er allemaal wakker wordt."
)
STORY = (
    "We begonnen thuis aan de keukentafel, met de kat erbij. Eerst een kwartier, daarna een hele ochtend. "
    "Zorgboerderij de Langeafstandswandelaarsherberg gaf een vaste plek en een vaste begeleider. "
    "Er is afgesproken wie belt als een dag niet lukt, en dat is nooit de jongere zelf."
)


def team_up(world, today):
    """A team with somebody in each role and of each kind, one that is still to begin, and one that stopped."""
    long = {
        "name": "WEL-team Langeafstandswandelaarsherberg-Zevenhuizerveen en omstreken",
        "table_word": "MDO+ van de Langeafstandswandelaars",
        "place_kind": "beide",
        "default_place": "Buurthuis De Verzonnen Voorzitterskamer, eerste verdieping achter de keuken",
    }
    team = world.team = factories.WelTeamFactory(**long, updated_by=world.coordinator, starts_on=today)
    chair = {"function": "Onafhankelijk voorzitter", "organisation": "Samenwerkingsverband", "role": "voorzitter"}
    world.member = factories.TeamMemberFactory(team=team, user=world.leerplicht, **chair)
    factories.TeamMemberFactory(team=team, user=factories.UserFactory(name="Vera van Vertrokken-Werkplek"))
    world.partner = factories.TeamMemberFactory(
        team=team, function="Jeugdarts en kenniscoördinator", email="jeugdarts.langeafstandswandelaars@voorbeeld.test"
    )
    factories.TeamMemberFactory(team=team, starts_on=today + timedelta(days=9))
    factories.TeamMemberFactory(team=team, starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    held = {"team": team, "place_kind": "beide", "place": long["default_place"]}
    world.meeting = factories.MeetingFactory(**held, starts_at=timezone.now())
    factories.MeetingFactory(**held, kind="atelier", topic=STORY[:110])
    factories.MeetingFactory(**held, starts_at=timezone.now() - timedelta(days=30), status="geweest")
    world.cancelled = factories.MeetingFactory(**held, status="afgezegd", cancel_reason=STORY[:190])
    world.moral = factories.MeetingFactory(**held, kind="moreel", topic=STORY[:110])
    world.moral_empty = factories.MeetingFactory(**held, kind="moreel")
    weighed = [
        {"perspective": STORY[:110], "text": STORY},
        {"perspective": "Langeafstandswandelaar" * 5, "text": STORY},
    ]
    long_card = {"question": STORY, "leader": STORY[:110], "conclusion": STORY, "policy": STORY}
    other = {"method": "anders", "method_other": STORY[:110], "considerations": weighed}
    factories.MoralCardFactory(meeting=world.moral, **long_card, **other, updated_by=world.coordinator)
    factories.WelTeamFactory(starts_on=today + timedelta(days=9))
    factories.WelTeamFactory(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    world.table = factories.MeetingFactory(**held, starts_at=timezone.now() + timedelta(days=10))
    item = world.item = factories.AgendaItemFactory(
        case=world.case, meeting=world.table, place="Kantine van VV De Langeafstandswandelaarsherbergen",
        treat=STORY[:110], planned_by=world.coordinator, updated_by=world.coordinator,
    )  # fmt: skip
    now = timezone.now()
    seat = partial(factories.ParticipantFactory, item=item)
    world.guest = seat(role="voorzitter", function="Onafhankelijk voorzitter", invited_at=now, answer="ja")
    line = partial(factories.ActionFactory, item=item, created_by=world.coordinator)
    world.action = line(text=STORY[:290], participant=world.guest)
    line(text="Langeafstandswandelaarsherbergvoorzitterskamer" * 3, horizon="4u")
    for step in ("werkte", "idee", "rondje"):
        factories.TableNoteFactory(item=item, step=step, text=STORY, created_by=world.coordinator)
    world.held = _held_place(world, now)
    seat(user=world.owner, role="eigenaar", invited_at=now)
    seat(user=world.coordinator, role="kernteam", invited_at=now)
    seat(organisation="Zorgboerderij de Langeafstandswandelaarsherberg", invited_at=now, answer="nee")
    seat(function="Jongerenwerker-talentontwikkelaar")
    seat(role="jongere")


def tell(world):
    """What the jongere sent, long and short, for the table and not; one answer changed since, and a drawing."""
    now = timezone.now()
    world.voice = factories.VoiceLinkFactory(case=world.case, made_by=world.owner, sent_at=now, changed_at=now)
    answer = partial(factories.VoiceAnswerFactory, link=world.voice)
    answer(question="gaat", choice="gaat_wel", text="")
    answer(question="droom", text=WORDS, may_table_read=True)
    answer(question="lastig", text="Langeafstandswandelaarsherbergvoorzitterskamer" * 3, changed_at=now)
    answer(question="meedoen", choice="iemand", text=STORY)
    factories.VoiceDrawingFactory(link=world.voice, may_table_read=True)


def prepare(world, today):
    """Of `case` all that is prepared before a table, and to accept; of `ending` only the first steps."""
    case, by = world.case, world.owner
    factories.IntakeFactory(
        case=case, entered=by, mdo_skip=STORY[:190], swv_step_result=STORY, contact_agreed=STORY, contact_with=by
    )
    factories.BringingFactory(case=case, begun_by=by, texts=[STORY, WORDS], ready=by)
    factories.BringingFactory(case=world.ending, begun_by=by, texts=[STORY])
    factories.IntakeFactory(case=world.ending, steps=2, updated_by=by)
    factories.ChecklistFactory(case=case, lead_remark=STORY, updated_by=by)
    factories.HomeVisitFactory(case=case, visitors=STORY[:190], place=STORY[:110], note=STORY, updated_by=by)
    factories.NoVoiceFactory(case=case, note=STORY[:290], updated_by=by)


def _held_place(world, now):
    """A table of last week that was closed: one promise over time, one done, one that went otherwise."""
    begin = now - timedelta(days=7)
    meeting = factories.MeetingFactory(team=world.table.team, starts_at=begin, status="geweest")
    item = factories.AgendaItemFactory(case=world.case, meeting=meeting, status="besproken", starts_at=begin)
    seat = factories.ParticipantFactory(item=item, user=world.coordinator, invited_at=begin, confidential_at=begin)
    promise = partial(factories.ActionFactory, item=item, participant=seat)
    promise(text=STORY[:290])
    promise(status="gedaan", ended_at=now)
    promise(status="anders", ended_at=now, outcome=STORY[:490])
    report = factories.TableReportFactory(
        item=item, agreed=STORY, mix=["onderwijs", "zorg", "dagbesteding"], is_feasible=False, dissent=STORY
    )
    for step in ("werkte", "idee", "rondje"):
        factories.TableNoteFactory(item=item, step=step, text=STORY, participant=seat)
    reader = factories.ParticipantFactory(
        item=item, user=factories.UserFactory(name="Olga van Langeafstandswandelaarsherbergen"), invited_at=begin,
        confidential_at=begin, attendance="aanwezig",
    )  # fmt: skip
    factories.ReportReaderFactory(item=item, report=report, participant=reader)
    partner = factories.ParticipantFactory(
        item=item, function="Jongerenwerker-talentontwikkelaar", attendance="bericht"
    )
    factories.ParticipantFactory(
        item=item, user=factories.UserFactory(), invited_at=begin, confidential_at=begin, attendance="aanwezig"
    )
    world.seats_held = (reader.pk, partner.pk)
    factories.FeedbackFactory(item=item, teller=world.owner)
    there = partial(factories.ParticipantFactory, item=item, attendance="aanwezig")
    world.present = there(organisation="Zorgboerderij de Langeafstandswandelaarsherberg")
    there(role="ouder")
    called = {"worked": STORY, "better": STORY, "theme": "houding", "updated_by": world.coordinator}
    factories.TableReflectionFactory(participant=there(function="Jongerenwerker-talentontwikkelaar"), **called)
    factories.TableReflectionFactory(participant=there(), called_on=None, worked="", updated_by=world.coordinator)
    look = {"happened": STORY, "next_step": STORY[:290], "updated_by": world.coordinator}
    factories.AdviceReviewFactory(item=item, **look, autonomy_note=STORY, belonging_note=STORY)
    return item


def register(world):
    """A werkatelier with everything in it and somebody on its list, something to read, and something that was removed."""
    swv = factories.swv()
    world.activity = factories.ActivityFactory(
        kind="atelier", swv=swv, title=STORY[:110], organiser=STORY[:110], trainers=STORY[:190], attendees=1200,
        worked=STORY, take_along=STORY, stand_for=STORY[:290], to_do=WORDS[:290], right_people=STORY[:290],
        same_way="Langeafstandswandelaarsherbergvoorzitterskamer" * 3, is_ready=False,
    )  # fmt: skip
    person = factories.ProfessionalFactory(
        swv=swv, name="Olga van Langeafstandswandelaarsherbergen-Zevenhuizerveen", function="Jongerenwerker",
        organisation="Zorgboerderij de Langeafstandswandelaarsherberg",
    )  # fmt: skip
    factories.ProfessionalAddressFactory(
        professional=person, email="jongerenwerker.langeafstandswandelaars@voorbeeld.test"
    )
    factories.ParticipationFactory(activity=world.activity, professional=person)
    factories.ParticipationFactory(activity=factories.ActivityFactory(title=STORY[:110]))
    factories.ActivityFactory(kind="nieuwsbrief", readers=200)
    factories.ActivityFactory(swv=swv, deleted_at=timezone.now())
