"""Meetings and WEL-teams, below /wel-tafels/."""

from django.urls import path

from meetings.views import meeting, member, team

app_name = "meetings"
urlpatterns = [
    path("", meeting.meeting_list, name="list"),
    path("overleg/<int:pk>/", meeting.meeting_detail, name="detail"),
    path("overleg/<int:pk>/wijzig/", meeting.meeting_edit, name="edit"),
    path("overleg/<int:pk>/zeg-af/", meeting.meeting_cancel, name="cancel"),
    path("overleg/<int:pk>/geweest/", meeting.meeting_close, name="close"),
    path("teams/", team.team_list, name="team_list"),
    path("teams/toevoegen/", team.team_add, name="team_add"),
    path("teams/<int:pk>/", team.team_detail, name="team_detail"),
    path("teams/<int:pk>/plan/", meeting.meeting_plan, name="plan"),
    path("teams/<int:pk>/wijzig/", team.team_edit, name="team_edit"),
    path("teams/<int:pk>/laatste-dag/", team.team_end, name="team_end"),
    path("teams/<int:pk>/collega-toevoegen/", member.colleague_add, name="colleague_add"),
    path("teams/<int:pk>/partner-toevoegen/", member.partner_add, name="partner_add"),
    path("teams/<int:pk>/leden/<int:member_pk>/", member.member_edit, name="member_edit"),
]
