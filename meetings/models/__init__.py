"""WEL-teams, who takes part in them, their meetings, what comes before a table, and who sits there."""

from meetings.models.activity import (
    Activity,
    Participation,
    Professional,
    ProfessionalAddress,
    reads_register,
    register_swvs,
)
from meetings.models.after import Feedback, TableReport
from meetings.models.agenda import AgendaItem, table_case_ids
from meetings.models.bringing import Bringing, questions_of
from meetings.models.intake import Checklist, HomeVisit, Intake, NoVoice
from meetings.models.live import Action, TableNote
from meetings.models.meeting import Meeting
from meetings.models.member import TeamMember
from meetings.models.moral import MoralCard
from meetings.models.participant import Participant
from meetings.models.report import ReportReader
from meetings.models.review import AdviceReview, TableReflection
from meetings.models.team import WelTeam, team_swvs
from meetings.models.voice import VoiceAnswer, VoiceDrawing, VoiceLink

__all__ = [
    "Action",
    "Activity",
    "AdviceReview",
    "AgendaItem",
    "Bringing",
    "Checklist",
    "Feedback",
    "HomeVisit",
    "Intake",
    "Meeting",
    "MoralCard",
    "NoVoice",
    "Participant",
    "Participation",
    "Professional",
    "ProfessionalAddress",
    "ReportReader",
    "TableNote",
    "TableReflection",
    "TableReport",
    "TeamMember",
    "VoiceAnswer",
    "VoiceDrawing",
    "VoiceLink",
    "WelTeam",
    "questions_of",
    "reads_register",
    "register_swvs",
    "table_case_ids",
    "team_swvs",
]
