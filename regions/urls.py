"""People, places and what is written down about their work, below /beheer/."""

from django.urls import path

from regions.views import audit, beheer, people, swvs

app_name = "regions"
urlpatterns = [
    path("", beheer.beheer, name="beheer"),
    path("mensen/", people.people, name="people"),
    path("mensen/uitnodigen/", people.invite, name="invite"),
    path("mensen/<int:pk>/", people.person, name="person"),
    path("mensen/<int:pk>/werkplek/", people.membership_add, name="membership_add"),
    path("mensen/<int:pk>/werkplek/<int:membership_pk>/beeindigen/", people.membership_end, name="membership_end"),
    path("mensen/<int:pk>/uitzetten/", people.person_action, {"action": "close"}, name="person_close"),
    path("mensen/<int:pk>/aanzetten/", people.person_action, {"action": "open"}, name="person_open"),
    path(
        "mensen/<int:pk>/opnieuw-uitnodigen/",
        people.person_action,
        {"action": "invite_again"},
        name="person_invite_again",
    ),
    path(
        "mensen/<int:pk>/tweede-stap/",
        people.person_action,
        {"action": "reset_second_factor"},
        name="person_reset_second_factor",
    ),
    path("samenwerkingsverbanden/", swvs.swvs, name="swvs"),
    path("samenwerkingsverbanden/<slug:key>/", swvs.swv_edit, name="swv_edit"),
    path("samenwerkingsverbanden/<slug:key>/zet-terug/", swvs.swv_release, name="swv_release"),
    path("logboek-inzage/", audit.audit, name="audit"),
    path("logboek-inzage/controle/", audit.audit_check, name="audit_check"),
]
