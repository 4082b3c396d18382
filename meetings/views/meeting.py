"""Meetings of the WEL-teams: what comes, what was, and planning and calling off by the coördinator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import meeting as actions
from meetings.actions import moral
from meetings.actions.agenda import free_place, taken_places
from meetings.forms.meeting import CancelForm, MeetingForm
from meetings.models import AgendaItem, Meeting, WelTeam, team_swvs
from meetings.models.agenda import invited_item_ids
from meetings.rules.kinds import Kind
from meetings.tabs import tabs_of
from meetings.views.team import differences, form_page, own_team
from regions.models import grants_of

PER_PAGE = 25


@require_safe
def meeting_list(request):
    """What is still to come first; what was, and what was called off, newest first and by page."""
    if not team_swvs(request.user):
        raise Http404
    now = timezone.now()
    found = Meeting.objects.visible_to(request.user).select_related("team")
    coming = found.filter(ends_at__gte=now, status=Meeting.Status.PLANNED)
    past = found.exclude(ends_at__gte=now, status=Meeting.Status.PLANNED).order_by("-starts_at", "-id")
    mine = WelTeam.objects.editable_by(request.user).active_on(timezone.localdate())
    teams = list(mine[:2]) if grants_of(request.user).swvs("work_on_cases") else []
    plan_url = reverse("meetings:plan", args=[teams[0].pk]) if len(teams) == 1 else reverse("meetings:team_list")
    context = {
        "tabs": tabs_of("meetings", request.user),
        "coming": coming,
        "mine": AgendaItem.objects.visible_to(request.user).filter(
            pk__in=invited_item_ids(request.user), ends_at__gte=now
        ),
        "page": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
        "query": request.GET,
        "plan_url": plan_url if teams else "",
    }
    return render(request, "meetings/meeting_list.html", context)


@require_safe
def meeting_detail(request, pk):
    found = Meeting.objects.visible_to(request.user).select_related("team__swv", "updated_by")
    meeting = get_object_or_404(found, pk=pk)
    may_edit = meeting.is_planned and meeting.swv_id in grants_of(request.user).swvs("work_on_cases")
    context = {"meeting": meeting, "may_edit": may_edit, "has_begun": meeting.starts_at <= timezone.now()}
    if meeting.kind == Kind.MORAL:
        context["card"] = moral.card_of(meeting, request.user)
    if meeting.holds_cases:
        context["agenda"] = AgendaItem.objects.visible_to(request.user).standing().filter(meeting=meeting)
        if may_edit:
            taken = taken_places([meeting])[meeting.pk]
            context["places_left"] = max(0, meeting.team.cases_per_session - len(taken))
            context["may_add"] = bool(free_place(meeting, taken)) and meeting.starts_at > timezone.now()
    return render(request, "meetings/meeting_detail.html", context)


@require_http_methods(["GET", "POST"])
def meeting_plan(request, pk):
    team = own_team(request, pk)
    form = MeetingForm(request.POST if request.method == "POST" else None, team=team)
    if form.is_valid():
        meeting = actions.plan_meeting(team=team, values=form.values, by=request.user)
        messages.success(request, "Gepland. Het kernteam krijgt bericht.")
        return redirect("meetings:detail", meeting.pk)
    return form_page(request, form, "Overleg plannen", team=team, lead=team.name)


@require_http_methods(["GET", "POST"])
def meeting_edit(request, pk):
    meeting, gone = own_meeting(request, pk)
    if gone:
        return gone
    form = MeetingForm(request.POST if request.method == "POST" else None, instance=meeting, team=meeting.team)
    conflict = None
    if form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        try:
            if actions.change_meeting(meeting=meeting, values=values, version=version, by=request.user):
                messages.success(request, "Bewaard.")
                return redirect("meetings:detail", pk)
        except actions.AgendaInTheWay as error:
            form.add_error(error.field, str(error))
            return _page(request, meeting, form, "Overleg aanpassen")
        theirs, gone = own_meeting(request, pk)
        if gone:
            return gone
        again = {**request.POST.dict(), "version": theirs.version}
        form = MeetingForm(again, instance=own_meeting(request, pk)[0], team=theirs.team)
        conflict = differences(form, theirs, {name: values[name] for name in form._meta.fields}, request.user)
        mine, saved = when(values["starts_at"], values["ends_at"]), when(theirs.starts_at, theirs.ends_at)
        if mine != saved:
            conflict["fields"].insert(0, {"label": "Wanneer", "theirs": saved, "mine": mine})
    return _page(request, meeting, form, "Overleg aanpassen", conflict)


@require_http_methods(["GET", "POST"])
def meeting_cancel(request, pk):
    meeting, gone = own_meeting(request, pk)
    if gone:
        return gone
    form = CancelForm(request.POST if request.method == "POST" else None, instance=meeting)
    if form.is_valid():
        reason, version = form.cleaned_data["cancel_reason"], form.cleaned_data["version"]
        if actions.cancel_meeting(meeting=meeting, reason=reason, version=version, by=request.user):
            messages.success(request, "Afgezegd. Het kernteam krijgt bericht.")
        else:
            messages.info(request, "Een collega paste dit overleg net aan. Kijk of afzeggen nog klopt.")
        return redirect("meetings:detail", pk)
    return _page(request, meeting, form, "Overleg afzeggen", action="Zeg af")


@require_POST
def meeting_close(request, pk):
    meeting, gone = own_meeting(request, pk)
    if gone:
        return gone
    if actions.close_meeting(meeting=meeting, by=request.user):
        messages.success(request, "Bewaard.")
    else:
        messages.info(request, "Dit overleg moet nog beginnen.")
    return redirect("meetings:detail", pk)


def own_meeting(request, pk):
    """(meeting, None), or (None, where to go) when it was called off or held while somebody had a form open."""
    found = Meeting.objects.editable_by(request.user).select_related("team", "updated_by")
    meeting = get_object_or_404(found, pk=pk)
    if meeting.is_planned:
        return meeting, None
    said = "Dit overleg is afgezegd" if meeting.status == Meeting.Status.CANCELLED else "Dit overleg is geweest"
    nothing = " Er is niets veranderd." if request.method == "POST" else ""
    messages.info(request, f"{said}. Je kunt het niet meer aanpassen.{nothing}")
    return None, redirect("meetings:detail", pk)


def when(start, end):
    start, end = timezone.localtime(start), timezone.localtime(end)
    return f"{start.day}-{start.month}-{start.year}, {start.hour}.{start:%M} tot {end.hour}.{end:%M} uur"


def _page(request, meeting, form, title, conflict=None, **extra):
    back = reverse("meetings:detail", args=[meeting.pk])
    lead = f"{meeting}, {meeting.team.name}"
    return form_page(request, form, title, lead=lead, conflict=conflict, back_url=back, **extra)
