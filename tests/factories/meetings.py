"""WEL-teams and who is in them, and the stem van de jongere."""

import hashlib
import uuid
from datetime import time, timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from cases.models.document import document_storage
from meetings.models import Meeting, TeamMember, VoiceAnswer, VoiceDrawing, VoiceLink, WelTeam
from meetings.voice import new_token, secret_of
from tests.factories.base import OwnerFactory
from tests.factories.cases import PartFactory
from tests.factories.people import UserFactory, swv


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
