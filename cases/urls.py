"""Everything about one jeugdige, below /jeugdigen/."""

from django.urls import path

from cases.views import (
    consent,
    double,
    in_view,
    inclusion,
    journey,
    list,
    log,
    members,
    overview,
    register,
    status,
    viewers,
)

app_name = "cases"
urlpatterns = [
    path("", list.case_list, name="list"),
    path("aanmelden/", register.case_register, name="register"),
    path("aanmelden/gebied/", register.case_register_area, name="register_area"),
    path("aanmelden/lijkt-op/", register.case_register_lookalikes, name="register_lookalikes"),
    path("misschien-dubbel/<uuid:pk>/", double.possible_double, name="possible_double"),
    path("<case:pk>/", overview.case_detail, name="detail"),
    path("<case:pk>/wijzig/", overview.case_edit, name="edit"),
    path("<case:pk>/status/", status.case_status, name="status"),
    path("<case:pk>/naam/", overview.case_name, name="name"),
    path("<case:pk>/eigenaar/", members.case_owner, name="owner"),
    path("<case:pk>/toestemming/", consent.case_consent, name="consent"),
    path("<case:pk>/toestemming/wie-beslist/", consent.case_authority, name="authority"),
    path("<case:pk>/toestemming/<int:statement>/trek-in/", consent.case_consent_withdraw, name="consent_withdraw"),
    path("<case:pk>/toestemming/laat-toe/", members.case_let_in, name="let_in"),
    path("<case:pk>/toestemming/toegang/<int:grant>/trek-in/", members.case_end_access, name="end_access"),
    path("<case:pk>/wie-kan-dit-zien/", viewers.case_viewers, name="viewers"),
    path("<case:pk>/meetellen/", inclusion.include, name="include"),
    path("<case:pk>/reis/", journey.journey, name="journey"),
    path("<case:pk>/reis/haltes/toevoegen/", journey.stop_add, name="stop_add"),
    path("<case:pk>/reis/haltes/<int:stop_pk>/", journey.stop_edit, name="stop_edit"),
    path("<case:pk>/reis/haltes/<int:stop_pk>/verwijderen/", journey.stop_delete, name="stop_delete"),
    path("<case:pk>/reis/haltes/<int:stop_pk>/verplaats/", journey.stop_move, name="stop_move"),
    path("<case:pk>/reis/<slug:chapter>/", journey.journey_chapter, name="journey_chapter"),
    path("<case:pk>/logboek/", log.log, name="log"),
    path("<case:pk>/logboek/schrijf-op/", log.log_write, name="write"),
    path("<case:pk>/logboek/<int:entry_pk>/", log.log_edit, name="log_edit"),
    path("<case:pk>/in-beeld/", in_view.in_view, name="in_view"),
    path("<case:pk>/in-beeld/periode/", in_view.status_add, name="status_add"),
    path("<case:pk>/in-beeld/periode/<int:status_pk>/", in_view.status_edit, name="status_edit"),
    path("<case:pk>/in-beeld/periode/<int:status_pk>/einde/", in_view.status_end, name="status_end"),
]
