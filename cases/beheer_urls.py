"""What beheer writes that belongs to cases: de vragenlijst of the interview, below /beheer/vragenlijst/."""

from django.urls import path

from cases.views import question_list

app_name = "question_lists"
urlpatterns = [
    path("", question_list.question_lists, name="list"),
    path("<int:number>/", question_list.question_list, name="detail"),
    path("<int:number>/nieuwe-versie/", question_list.question_list_copy, name="copy"),
    path("<int:number>/in-gebruik/", question_list.question_list_publish, name="publish"),
]
