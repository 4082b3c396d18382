"""WEL-teams and who is in them."""

from datetime import time

import factory

from meetings.models import TeamMember, WelTeam
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
