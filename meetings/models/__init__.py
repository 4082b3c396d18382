"""WEL-teams, who takes part in them, their meetings, and the stem van de jongere."""

from meetings.models.meeting import Meeting
from meetings.models.member import TeamMember
from meetings.models.team import WelTeam, team_swvs
from meetings.models.voice import VoiceAnswer, VoiceDrawing, VoiceLink

__all__ = ["Meeting", "TeamMember", "VoiceAnswer", "VoiceDrawing", "VoiceLink", "WelTeam", "team_swvs"]
