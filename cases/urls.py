"""Everything about one jeugdige, below /jeugdigen/."""

from django.urls import path

from cases.views import consent, double, draft, inclusion, journey, list, log, members, overview, register, removed

app_name = "cases"
urlpatterns = [
    path("", list.case_list, name="list"),
    path("aanmelden/", register.case_register, name="register"),
    path("aanmelden/gebied/", register.case_register_area, name="register_area"),
    path("aanmelden/lijkt-op/", register.case_register_lookalikes, name="register_lookalikes"),
    path("misschien-dubbel/<uuid:pk>/", double.possible_double, name="possible_double"),
    path("<case:pk>/", overview.case_detail, name="detail"),
    path("<case:pk>/wijzig/", overview.case_edit, name="edit"),
    path("<case:pk>/naam/", overview.case_name, name="name"),
    path("<case:pk>/eigenaar/", members.case_owner, name="owner"),
    path("<case:pk>/toestemming/", consent.case_consent, name="consent"),
    path("<case:pk>/toestemming/wie-beslist/", consent.case_authority, name="authority"),
    path("<case:pk>/toestemming/<int:statement>/trek-in/", consent.case_consent_withdraw, name="consent_withdraw"),
    path("<case:pk>/toestemming/laat-toe/", members.case_let_in, name="let_in"),
    path("<case:pk>/toestemming/toegang/<int:grant>/trek-in/", members.case_end_access, name="end_access"),
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
    path("<case:pk>/logboek/<int:entry_pk>/eerder/", log.log_history, name="log_history"),
    path("<case:pk>/logboek/<int:entry_pk>/verwijderen/", log.log_remove, name="log_remove"),
    path("<case:pk>/logboek/<int:entry_pk>/terug/", removed.log_put_back, name="log_put_back"),
    path("<case:pk>/reis/haltes/<int:stop_pk>/terug/", removed.stop_put_back, name="stop_put_back"),
    path("<case:pk>/verwijderd/", removed.removed, name="removed"),
    path("<case:pk>/klad/<slug:place>/", draft.draft, name="draft"),
    path("<case:pk>/klad/<slug:place>/weg/", draft.draft_throw_away, name="draft_throw_away"),
]
