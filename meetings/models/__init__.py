"""WEL-teams, who takes part in them, their meetings, what comes before a table, and the stem van de jongere."""

from meetings.models.bringing import Bringing, questions_of
from meetings.models.intake import Checklist, HomeVisit, Intake, NoVoice
from meetings.models.meeting import Meeting
from meetings.models.member import TeamMember
from meetings.models.team import WelTeam, team_swvs
from meetings.models.voice import VoiceAnswer, VoiceDrawing, VoiceLink

__all__ = [
    "Bringing",
    "Checklist",
    "HomeVisit",
    "Intake",
    "Meeting",
    "NoVoice",
    "TeamMember",
    "VoiceAnswer",
    "VoiceDrawing",
    "VoiceLink",
    "WelTeam",
    "questions_of",
    "team_swvs",
]
