"""Preparing the WEL-tafel of one jeugdige, below /jeugdigen/<code>/tafel/."""

from django.urls import path

from meetings.views import bringing, intake, papers, prepare

app_name = "prepare"
urlpatterns = [
    path("<case:pk>/tafel/", prepare.table, name="table"),
    path("<case:pk>/tafel/checklist/", prepare.checklist, name="checklist"),
    path("<case:pk>/tafel/huisbezoek/", prepare.home_visit, name="home_visit"),
    path("<case:pk>/tafel/zonder-stem/", prepare.no_voice, name="no_voice"),
    path("<case:pk>/tafel/zonder-stem/toch/", prepare.no_voice_lift, name="no_voice_lift"),
    path("<case:pk>/tafel/aanmelding/", intake.intake, name="intake"),
    path("<case:pk>/tafel/aanmelding/meld-aan/", intake.intake_enter, name="intake_enter"),
    path("<case:pk>/tafel/aanmelding/haal-terug/", intake.intake_take_back, name="intake_take_back"),
    path("<case:pk>/tafel/aanmelding/neem-aan/", intake.intake_accept, name="intake_accept"),
    path("<case:pk>/tafel/aanmelding/opnieuw/", intake.intake_again, name="intake_again"),
    path("<case:pk>/tafel/formulieren/", papers.papers_mail, name="papers_mail"),
    path("<case:pk>/tafel/aanmelding/<slug:step>/", intake.intake_step, name="intake_step"),
    path("<case:pk>/tafel/casusinbreng/", bringing.bringing, name="bringing"),
    path("<case:pk>/tafel/casusinbreng/heropen/", bringing.bringing_reopen, name="bringing_reopen"),
    path("<case:pk>/tafel/casusinbreng/klad/", bringing.bringing_draft, name="bringing_draft"),
    path(
        "<case:pk>/tafel/casusinbreng/klad/weg/", bringing.bringing_draft_throw_away, name="bringing_draft_throw_away"
    ),
    path("<case:pk>/tafel/casusinbreng/pdf/", bringing.bringing_pdf, name="bringing_pdf"),
    path("<case:pk>/tafel/casusinbreng/leeg/", bringing.bringing_blank, name="bringing_blank"),
]
