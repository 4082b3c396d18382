"""Meetings and WEL-teams, below /wel-tafels/."""

from django.urls import path, re_path

from meetings.views import after, agenda, live, meeting, member, moral, participant, reflection, review, team

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
    path("jeugdige/<case:case_pk>/plan/", agenda.plan_case, name="plan_case"),
    path("overleg/<int:pk>/agenda/", agenda.agenda_add, name="agenda_add"),
    path("plek/<int:pk>/", agenda.item_detail, name="item"),
    path("plek/<int:pk>/voorbereiden/", agenda.item_prepare, name="item_prepare"),
    path("plek/<int:pk>/haal-af/", agenda.item_lapse, name="item_lapse"),
    path("plek/<int:pk>/mensen/", participant.people_add, name="people_add"),
    path("plek/<int:pk>/zonder-account/", participant.guest_add, name="guest_add"),
    path("plek/<int:pk>/mensen/<int:participant_pk>/", participant.participant_edit, name="participant_edit"),
    path("plek/<int:pk>/mensen/<int:participant_pk>/weg/", participant.participant_remove, name="participant_remove"),
    path("plek/<int:pk>/uitnodiging/", participant.invite, name="invite"),
    path("plek/<int:pk>/zorgvuldig/", participant.promise, name="promise"),
    path("plek/<int:pk>/antwoord/", participant.item_answer, name="item_answer"),
    re_path(r"^antwoord/(?P<token>[0-9a-f]{64})/$", participant.answer, name="answer"),
    path("plek/<int:pk>/terugkoppeling/", after.feedback, name="feedback"),
    path("plek/<int:pk>/live/", live.live, name="live"),
    path("plek/<int:pk>/live/regels/", live.lines, name="live_lines"),
    path("plek/<int:pk>/live/sluiten/", live.close, name="live_close"),
    path("plek/<int:pk>/live/actie/<int:line_pk>/", live.change, name="live_change"),
    path("plek/<int:pk>/live/actie/<int:line_pk>/terug/", live.undo, {"kind": "actie"}, name="live_undo_action"),
    path("plek/<int:pk>/live/regel/<int:line_pk>/terug/", live.undo, {"kind": "regel"}, name="live_undo_note"),
    path("plek/<int:pk>/terugblik/<slug:moment>/", review.review, name="review"),
    path("plek/<int:pk>/terugblik/<slug:moment>/klad/", review.review_draft, name="review_draft"),
    path(
        "plek/<int:pk>/terugblik/<slug:moment>/klad/weg/",
        review.review_draft_throw_away,
        name="review_draft_throw_away",
    ),
    path("plek/<int:pk>/nabellen/laat-maar/", reflection.reflection_leave, name="reflection_leave"),
    path("plek/<int:pk>/nabellen/<int:participant_pk>/", reflection.reflection, name="reflection"),
    path(
        "plek/<int:pk>/nabellen/<int:participant_pk>/niet-gebeld/", reflection.reflection_skip, name="reflection_skip"
    ),
    path("overleg/<int:pk>/moreel-beraad/", moral.moral, name="moral"),
    path("overleg/<int:pk>/moreel-beraad/wijzig/", moral.moral_edit, name="moral_edit"),
]
