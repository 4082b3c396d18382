"""Vandaag: the first page after logging in."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.route_map import number_text
from reporting.today import read_today


@require_safe
def today(request):
    day = timezone.localdate()
    show_all = request.GET.get("alles") == "ja"
    shown = read_today(user=request.user, today=day, all_rows=show_all)
    things = "Eén ding" if shown.total == 1 else f"{number_text(shown.total)} dingen"
    return render(request, "reporting/today.html", {"today": shown, "day": day, "things": things})
