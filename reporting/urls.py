"""Vandaag and the accounts of a samenwerkingsverband."""

from django.urls import path

from reporting.views import accounts, today

app_name = "reporting"
urlpatterns = [
    path("", today.today, name="today"),
    path("verantwoording/", accounts.accounts_list, name="accounts"),
    path("verantwoording/<slug:key>/", accounts.accounts_detail, name="accounts_detail"),
    path("verantwoording/<slug:key>/subsidie/", accounts.subsidy_edit, name="subsidy_edit"),
    path("verantwoording/<slug:key>/pdf/", accounts.report_make, name="report_make"),
    path("verantwoording/<slug:key>/pdf/<int:pk>/", accounts.report_download, name="report_download"),
    path("verantwoording/<slug:key>/pdf/<int:pk>/stand/", accounts.report_status, name="report_status"),
]
