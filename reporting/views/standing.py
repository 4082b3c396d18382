"""Stand van zaken of the register of activities, as a page and as a file."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from access import audit
from meetings.forms.activity import RegisterFilter
from meetings.tabs import tabs_of
from meetings.views.activity import reader
from reporting.csv_file import csv_bytes
from reporting.standing import HEADER, file_rows, standing_of


@require_safe
def standing(request):
    reader(request)
    form = RegisterFilter(request.GET, user=request.user)
    is_valid = form.is_valid()
    context = {
        "tabs": tabs_of("standing", request.user),
        "form": form,
        "chips": form.chips(request.GET) if is_valid else [],
        "query": request.GET,
        "found": standing_of(request.user, form) if is_valid else None,
        "today": timezone.localdate(),
    }
    return render(request, "reporting/standing.html", context, status=200 if is_valid else 422)


@require_safe
def export(request):
    """The same as the page with these filters; that it was taken out is on record."""
    reader(request)
    form = RegisterFilter(request.GET, user=request.user)
    if not form.is_valid():
        return redirect("reporting:standing")
    rows = list(file_rows(standing_of(request.user, form)))
    audit.record("standing_exported", ground="stand van zaken", detail={"lines": len(rows)})
    response = HttpResponse(csv_bytes(HEADER, rows), content_type="text/csv; charset=utf-8")
    name = f"stand-van-zaken-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
