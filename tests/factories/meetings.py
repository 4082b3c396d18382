"""WEL-teams, who is in them, their meetings, who sits at a table, and the stem van de jongere."""

import hashlib
import uuid
from datetime import time, timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from cases.models.document import document_storage
from meetings.models import (
    AgendaItem,
    Meeting,
    Participant,
    TeamMember,
    VoiceAnswer,
    VoiceDrawing,
    VoiceLink,
    WelTeam,
)
from meetings.voice import new_token, secret_of
from regions.models import Membership, Role
from tests.database import as_owner
from tests.factories.base import OwnerFactory
from tests.factories.cases import PartFactory
from tests.factories.people import MembershipFactory, UserFactory, swv


class WelTeamFactory(OwnerFactory):
    """Online, every three weeks on Tuesday."""

    class Meta:
        model = WelTeam

    swv = factory.LazyFunction(swv)
    name = factory.Sequence(lambda n: f"WEL-team {n}")
    every_weeks = 3
    weekday = WelTeam.Weekday.TUESDAY
    starts_at = time(13, 30)
    updated_by = factory.SubFactory(UserFactory)


class TeamMemberFactory(OwnerFactory):
    """A partner without an account; with a `user` somebody of the kernteam."""

    class Meta:
        model = TeamMember

    team = factory.SubFactory(WelTeamFactory)
    swv = factory.SelfAttribute("team.swv")
    updated_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs.get("user"):
            return super()._create(model_class, *args, **{"role": "kernteam", **kwargs})
        number = TeamMemberFactory.numbered = getattr(TeamMemberFactory, "numbered", 0) + 1
        work = {"organisation": "GGD Verzonnen", "function": "jeugdarts", "email": f"partner{number}@voorbeeld.test"}
        return super()._create(model_class, *args, **{"role": "partner", **work, **kwargs})


class MeetingFactory(OwnerFactory):
    """A table of two hours, online, tomorrow at this time."""

    class Meta:
        model = Meeting

    team = factory.SubFactory(WelTeamFactory)
    swv = factory.SelfAttribute("team.swv")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=2))
    place_kind = WelTeam.Place.ONLINE
    updated_by = factory.SubFactory(UserFactory)


class VoiceLinkFactory(PartFactory):
    """An open link; `link.token` is what stands in it."""

    class Meta:
        model = VoiceLink

    made_by = factory.SubFactory(UserFactory)
    expires_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))

    @classmethod
    def _create(cls, model_class, *args, token=None, **kwargs):
        token = token or new_token()
        hashed = hashlib.sha256(secret_of(token).encode()).hexdigest()
        link = super()._create(model_class, *args, token_hash=hashed, **kwargs)
        link.token = token
        return link


class VoiceAnswerFactory(PartFactory):
    """What was sent when its link was."""

    class Meta:
        model = VoiceAnswer

    link = factory.SubFactory(VoiceLinkFactory)
    case = factory.SelfAttribute("link.case")
    question = "droom"
    text = "Iets met vogels."
    sent_at = factory.SelfAttribute("link.sent_at")


class VoiceDrawingFactory(PartFactory):
    class Meta:
        model = VoiceDrawing

    link = factory.SubFactory(VoiceLinkFactory)
    case = factory.SelfAttribute("link.case")
    stored_as = factory.LazyFunction(uuid.uuid4)
    file_type = "png"
    sent_at = factory.SelfAttribute("link.sent_at")

    @classmethod
    def _create(cls, model_class, *args, content=b"tekening", **kwargs):
        drawing = super()._create(model_class, *args, size=len(content), **kwargs)
        document_storage().save(drawing.path, ContentFile(content))
        return drawing


class AgendaItemFactory(PartFactory):
    """The first 45 minutes of a meeting of the SWV of the case."""

    class Meta:
        model = AgendaItem

    meeting = factory.LazyAttribute(lambda item: MeetingFactory(team=WelTeamFactory(swv=item.case.swv)))
    team_swv = factory.SelfAttribute("meeting.swv")
    starts_at = factory.SelfAttribute("meeting.starts_at")
    ends_at = factory.LazyAttribute(lambda item: item.starts_at + timedelta(minutes=45))
    planned_by = factory.SubFactory(UserFactory)
    updated_by = factory.SelfAttribute("planned_by")


class ParticipantFactory(PartFactory):
    """A partner without an account; with a `user` a deelnemer who works in the SWV of the case."""

    class Meta:
        model = Participant

    case = factory.SelfAttribute("item.case")
    item = factory.SubFactory(AgendaItemFactory)
    added_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if user := kwargs.get("user"):
            with as_owner():
                works = Membership.objects.filter(user=user).exists()
            if not works:
                MembershipFactory(role=Role.CASEWORKER, swv=kwargs["item"].case.swv, user=user)
        elif kwargs.get("role") not in ("jongere", "ouder"):
            number = ParticipantFactory.numbered = getattr(ParticipantFactory, "numbered", 0) + 1
            work = {"organisation": "GGD Verzonnen", "function": "arts", "email": f"gast{number}@voorbeeld.test"}
            kwargs = work | kwargs
        return super()._create(model_class, *args, **kwargs)
