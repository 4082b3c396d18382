"""Vandaag: the first page after logging in."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reporting.today import read_today


@require_safe
def today(request):
    day = timezone.localdate()
    show_all = request.GET.get("alles") == "ja"
    return render(
        request,
        "reporting/today.html",
        {"today": read_today(user=request.user, today=day, all_rows=show_all), "day": day},
    )
