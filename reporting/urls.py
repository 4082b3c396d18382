"""Vandaag, the accounts of a samenwerkingsverband, and the monitor."""

from django.urls import path

from reporting.views import accounts, inzet, monitor, standing, today

app_name = "reporting"
urlpatterns = [
    path("", today.today, name="today"),
    path("verantwoording/", accounts.accounts_list, name="accounts"),
    path("verantwoording/<slug:key>/", accounts.accounts_detail, name="accounts_detail"),
    path("verantwoording/<slug:key>/subsidie/", accounts.subsidy_edit, name="subsidy_edit"),
    path("verantwoording/<slug:key>/pdf/", accounts.report_make, name="report_make"),
    path("verantwoording/<slug:key>/pdf/<int:pk>/", accounts.report_download, name="report_download"),
    path("verantwoording/<slug:key>/pdf/<int:pk>/stand/", accounts.report_status, name="report_status"),
    path("verantwoording/<slug:key>/inzet/", inzet.inzet, name="inzet"),
    path("verantwoording/<slug:key>/inzet/bestand/", inzet.export, name="inzet_export"),
    path("verantwoording/<slug:key>/inzet/toevoegen/", inzet.line_add, name="inzet_add"),
    path("verantwoording/<slug:key>/inzet/<int:pk>/", inzet.line_edit, name="inzet_edit"),
    path("verantwoording/<slug:key>/inzet/<int:pk>/akkoord/", inzet.decide, name="inzet_decide"),
    path("verantwoording/<slug:key>/inzet/uren/", inzet.hours, name="inzet_hours"),
    path("verantwoording/<slug:key>/inzet/uren/toevoegen/", inzet.hours_add, name="inzet_hours_add"),
    path("verantwoording/<slug:key>/inzet/uren/<int:pk>/", inzet.hours_edit, name="inzet_hours_edit"),
    path("verantwoording/<slug:key>/inzet/overeenkomst/", inzet.agreement_add, name="agreement_add"),
    path("verantwoording/<slug:key>/inzet/overeenkomst/<int:pk>/", inzet.agreement_edit, name="agreement_edit"),
    path("monitor/", monitor.monitor, name="monitor"),
    path("monitor/bestand/", monitor.export, name="monitor_export"),
    path("monitor/bestand/definities/", monitor.metadata, name="monitor_metadata"),
    path("monitor/lijst/", monitor.monitor_list, name="monitor_list"),
    path("activiteiten/stand-van-zaken/", standing.standing, name="standing"),
    path("activiteiten/stand-van-zaken/bestand/", standing.export, name="standing_export"),
]
