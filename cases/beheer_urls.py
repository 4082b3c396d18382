"""Vragenlijsten, which beheer writes, below /beheer/vragenlijst/; wel/urls.py says of which kind."""

from django.urls import path

from cases.views import question_list

app_name = "question_lists"
urlpatterns = [
    path("", question_list.question_lists, name="list"),
    path("<int:number>/", question_list.question_list, name="detail"),
    path("<int:number>/nieuwe-versie/", question_list.question_list_copy, name="copy"),
    path("<int:number>/in-gebruik/", question_list.question_list_publish, name="publish"),
]
