"""WEL-teams and who is in them."""

from datetime import time, timedelta

import factory
from django.utils import timezone

from meetings.models import Meeting, TeamMember, WelTeam
from tests.factories.base import OwnerFactory
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
