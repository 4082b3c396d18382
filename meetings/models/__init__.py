"""WEL-teams and who takes part in them."""

from meetings.models.member import TeamMember
from meetings.models.team import WelTeam, team_swvs

__all__ = ["TeamMember", "WelTeam", "team_swvs"]
