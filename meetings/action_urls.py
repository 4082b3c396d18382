"""What somebody promised, below /acties/."""

from django.urls import path

from meetings.views import after

app_name = "actions"
urlpatterns = [
    path("", after.mine, name="list"),
    path("<int:pk>/", after.detail, name="detail"),
    path("<int:pk>/gedaan/", after.done, name="done"),
    path("<int:pk>/liep-anders/", after.otherwise, name="otherwise"),
    path("<int:pk>/zet-terug/", after.reopen, name="reopen"),
]
