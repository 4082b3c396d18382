"""WEL-teams, who takes part in them, and their meetings."""

from meetings.models.meeting import Meeting
from meetings.models.member import TeamMember
from meetings.models.team import WelTeam, team_swvs

__all__ = ["Meeting", "TeamMember", "WelTeam", "team_swvs"]
