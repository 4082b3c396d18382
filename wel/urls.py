"""Every URL of WEL; each app names its own below its Dutch path."""

from django.conf import settings
from django.urls import include, path, register_converter

from wel import views


class CaseCode:
    """`WEL-0142` in the URL, 142 in the view; a code has at least four digits."""

    regex = r"WEL-(?:\d{4}|[1-9]\d{4,11})"

    def to_python(self, value):
        return int(value.removeprefix("WEL-"))

    def to_url(self, value):
        return f"WEL-{value:04d}"


register_converter(CaseCode, "case")

urlpatterns = [
    path("", include("access.urls")),
    path("", include("reporting.urls")),
    path("jeugdigen/", include("cases.urls")),
    path("jeugdigen/", include("meetings.prepare_urls")),
    path("wel-tafels/", include("meetings.urls")),
    path("acties/", include("meetings.action_urls")),
    path("activiteiten/", include("meetings.activity_urls")),
    path(
        "beheer/vragenlijst/casusinbreng/",
        include("cases.beheer_urls", namespace="bringing_lists"),
        {"kind": "inbreng"},
    ),
    path("beheer/vragenlijst/", include("cases.beheer_urls")),
    path("beheer/", include("regions.urls")),
    path("verhalen/", include("cases.learning_urls")),
    path("thema/", views.set_theme, name="theme"),
    path("gezond/", views.health, name="health"),
    path("", include("meetings.voice_urls")),
]

if settings.DEBUG or settings.TESTING:
    urlpatterns.append(path("stijl/", views.style_guide, name="style_guide"))

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
