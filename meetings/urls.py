"""WEL-teams, below /wel-tafels/."""

from django.urls import path

from meetings.views import member, team

app_name = "meetings"
urlpatterns = [
    path("", team.team_list, name="team_list"),
    path("teams/toevoegen/", team.team_add, name="team_add"),
    path("teams/<int:pk>/", team.team_detail, name="team_detail"),
    path("teams/<int:pk>/wijzig/", team.team_edit, name="team_edit"),
    path("teams/<int:pk>/laatste-dag/", team.team_end, name="team_end"),
    path("teams/<int:pk>/collega-toevoegen/", member.colleague_add, name="colleague_add"),
    path("teams/<int:pk>/partner-toevoegen/", member.partner_add, name="partner_add"),
    path("teams/<int:pk>/leden/<int:member_pk>/", member.member_edit, name="member_edit"),
]
