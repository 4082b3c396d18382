"""The card of a moreel beraad: read by whoever knows the team, written by its coördinator (R8.4)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import moral as actions
from meetings.forms.moral import NO_YOUTH, MoralForm
from meetings.models import Meeting
from meetings.rules.kinds import Kind
from meetings.views.team import differences, form_page
from regions.models import grants_of


@require_safe
def moral(request, pk):
    found = Meeting.objects.visible_to(request.user).filter(kind=Kind.MORAL).select_related("team")
    meeting = get_object_or_404(found, pk=pk)
    card = actions.card_of(meeting, request.user)
    context = {"meeting": meeting, "card": card if card.pk else None, "may_edit": may_write(request.user, meeting)}
    return render(request, "meetings/moral_card.html", context)


def may_write(user, meeting):
    return meeting.swv_id in grants_of(user).swvs("work_on_cases") and meeting.status != Meeting.Status.CANCELLED


@require_http_methods(["GET", "POST"])
def moral_edit(request, pk):
    found = Meeting.objects.editable_by(request.user).filter(kind=Kind.MORAL).exclude(status=Meeting.Status.CANCELLED)
    meeting = get_object_or_404(found.select_related("team"), pk=pk)

    def stored():
        return actions.card_of(meeting, request.user)

    card, conflict = stored(), None
    form = MoralForm(request.POST if request.method == "POST" else None, instance=card)
    if form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        if actions.save_card(card=card, values=values, version=version, by=request.user):
            messages.success(request, "Bewaard.")
            return redirect("meetings:moral", pk)
        theirs = stored()
        form = MoralForm({**request.POST.dict(), "version": theirs.version}, instance=stored())
        conflict = differences(form, theirs, {name: values[name] for name in form._meta.fields}, request.user)
        if values["considerations"] != theirs.considerations:
            both = (_lines(theirs.considerations), _lines(values["considerations"]))
            conflict["fields"].append({"label": "Wat wegen jullie?", "theirs": both[0], "mine": both[1]})
    back = reverse("meetings:moral", args=[pk])
    return form_page(request, form, "Moreel beraad", lead=NO_YOUTH, conflict=conflict, back_url=back)


def _lines(considerations):
    return "\n".join(f"{each['perspective']}: {each['text']}" for each in considerations)
