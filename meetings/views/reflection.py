"""Phoning round after a table, by its coördinator (R9.2); whoever works on the jeugdige reads it on the place."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from access import audit
from meetings.actions import reflection as actions
from meetings.forms.reflection import ReflectionForm
from meetings.models import AgendaItem
from meetings.views.team import differences, form_page

CALLS = "nabellen"  # where the list stands on the place at the table


@require_http_methods(["GET", "POST"])
def reflection(request, pk, participant_pk):
    item, person = _person(request, pk, participant_pk)
    back = f"{item.get_absolute_url()}#{CALLS}"

    def stored():
        return actions.reflection_of(item, person, request.user)

    row, conflict = stored(), None
    form = ReflectionForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        if actions.save_reflection(reflection=row, values=values, version=version, by=request.user):
            messages.success(request, "Opgeschreven.")
            return redirect(back)
        theirs = stored()
        form = ReflectionForm({**request.POST.dict(), "version": theirs.version}, instance=stored())
        conflict = differences(form, theirs, values, request.user)
    if request.method == "GET":
        audit.record("table_reflection_read", case_id=item.case_id)
    lead = f"{item.code}: {person}"
    return form_page(request, form, "Wat vond je ervan?", lead=lead, conflict=conflict, back_url=back)


@require_POST
def reflection_skip(request, pk, participant_pk):
    item, person = _person(request, pk, participant_pk)
    actions.skip(item=item, participant=person, by=request.user)
    return redirect(f"{item.get_absolute_url()}#{CALLS}")


@require_POST
def reflection_leave(request, pk):
    """The rest needs no call: gone from Vandaag. Writing something down can still be done."""
    item = _held(request, pk)
    actions.skip_the_rest(item=item, by=request.user)
    messages.success(request, "Goed. Opschrijven kan altijd nog.")
    return redirect(f"{item.get_absolute_url()}#{CALLS}")


def _held(request, pk):
    found = AgendaItem.objects.editable_by(request.user).filter(status=AgendaItem.Status.DISCUSSED)
    return get_object_or_404(found, pk=pk)


def _person(request, pk, participant_pk):
    item = _held(request, pk)
    found = actions.to_call(item, request.user).select_related("user")
    return item, get_object_or_404(found, pk=participant_pk)
