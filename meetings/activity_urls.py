"""The register of activities, below /activiteiten/; Stand van zaken is in reporting."""

from django.urls import path

from meetings.views import activity, attendance

app_name = "activities"
urlpatterns = [
    path("", activity.activity_list, name="list"),
    path("toevoegen/", activity.activity_add, name="add"),
    path("verwijderd/", activity.removed, name="removed"),
    path("deelnemers/", attendance.people, name="people"),
    path("deelnemers/<int:pk>/", attendance.professional_edit, name="professional_edit"),
    path("<int:pk>/", activity.activity_detail, name="detail"),
    path("<int:pk>/wijzig/", activity.activity_edit, name="edit"),
    path("<int:pk>/verwijder/", activity.activity_remove, name="remove"),
    path("<int:pk>/zet-terug/", activity.activity_put_back, name="put_back"),
    path("<int:pk>/deelnemers/", attendance.people_add, name="people_add"),
    path("<int:pk>/deelnemers/<int:seat_pk>/van-de-lijst/", attendance.take_off, name="take_off"),
    path("<int:pk>/deelnemers/<int:seat_pk>/zet-terug/", attendance.put_on, name="put_on"),
]
