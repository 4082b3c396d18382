"""The register of activities: its list, one activity with who was there, and what who keeps it changes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.conflict import STATUS as CONFLICT
from meetings.actions import activity as actions
from meetings.forms.activity import READY, ActivityForm, RegisterFilter
from meetings.models import Activity, Participation, ProfessionalAddress, reads_register, register_swvs, team_swvs
from meetings.models.activity import KEPT, is_project
from meetings.rules.activities import FOUR_QUESTIONS
from meetings.rules.standing import Held
from meetings.tabs import tabs_of
from meetings.views.team import differences
from regions.models import Region, Samenwerkingsverband

PER_PAGE = 25


def reader(request):
    """404 for who neither keeps the register of a SWV nor works for the project."""
    if not reads_register(request.user):
        raise Http404


def may_keep(user, activity):
    return is_project(user) or activity.swv_id in register_swvs(user)


def own_activity(request, pk):
    """For the project every one; else those of an own SWV."""
    found = Activity.objects.editable_by(request.user).select_related("swv", "updated_by")
    return get_object_or_404(found, pk=pk)


def for_whom(activities):
    """{id: "Landelijk", or the SWVs and regions}, for a page of them at once."""
    swvs = Samenwerkingsverband.objects.in_bulk({pk for one in activities for pk in one.for_swvs})
    regions = Region.objects.in_bulk({pk for one in activities for pk in one.for_regions})
    return {
        one.pk: ", ".join(
            [swvs[pk].short for pk in one.for_swvs if pk in swvs]
            + [f"regio {regions[pk].name}" for pk in one.for_regions if pk in regions]
        )
        or "Landelijk"
        for one in activities
    }


def attended(activity, listed):
    """How many were there: what was counted, or who is on the list when those are more."""
    people = frozenset(range(listed))
    return Held(activity.kind, attendees=activity.attendees, people=people).attended


@require_safe
def activity_list(request):
    reader(request)
    form = RegisterFilter(request.GET, user=request.user)
    is_valid = form.is_valid()
    found = Activity.objects.visible_to(request.user)
    found = form.narrow(found) if is_valid else found.none()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    lists = Participation.objects.visible_to(request.user).filter(activity__in=[row.pk for row in rows])
    on_list = dict(lists.values("activity").annotate(number=Count("pk")).values_list("activity", "number").order_by())
    places = for_whom(rows)
    context = {
        "tabs": tabs_of("activities", request.user),
        "form": form,
        "chips": form.chips(request.GET) if is_valid else [],
        "page": page,
        "query": request.GET,
        "rows": [
            {"activity": row, "places": places[row.pk], "attended": attended(row, on_list.get(row.pk, 0))}
            for row in rows
        ],
        "removed": _removed_just_now(request),
    }
    return render(request, "meetings/activity_list.html", context, status=200 if is_valid else 422)


def _removed_just_now(request):
    """What the message "Verwijderd. Zet terug" is about, as long as it is true."""
    said = request.GET.get("verwijderd", "")
    if not said.isdecimal() or len(said) > 15:
        return None
    return Activity.objects.removed_for(request.user).filter(pk=int(said)).first()


@require_safe
def activity_detail(request, pk):
    user = request.user
    found = Activity.objects.visible_to(user).select_related("swv", "updated_by", "meeting")
    activity = get_object_or_404(found, pk=pk)
    listed = list(
        Participation.objects.visible_to(user)
        .filter(activity=activity)
        .select_related("professional")
        .order_by("professional__name", "professional__organisation")
    )
    keeps = may_keep(user, activity)
    addresses = ProfessionalAddress.objects.visible_to(user) if keeps else ProfessionalAddress.objects.none()
    people = [row.professional_id for row in listed]
    emails = dict(addresses.filter(professional__in=people).values_list("professional", "email")) if keeps else {}
    off = request.GET.get("van-de-lijst", "")
    context = {
        "tabs": tabs_of("activities", request.user),
        "activity": activity,
        "places": for_whom([activity])[activity.pk],
        "keeps": keeps,
        "people": [{"row": row, "email": emails.get(row.professional_id, "")} for row in listed],
        "attended": attended(activity, len(listed)),
        "questions": [
            (question, getattr(activity, name)) for name, question in FOUR_QUESTIONS.items() if getattr(activity, name)
        ],
        "ready": dict(READY)[{True: "ja", False: "nee", None: ""}[activity.is_ready]],
        "may_see_meeting": activity.meeting_id is not None and activity.swv_id in team_swvs(user),
        "off_list": _off_list(activity, off, user) if keeps else None,
    }
    return render(request, "meetings/activity_detail.html", context)


def _off_list(activity, said, user):
    if not said.isdecimal() or len(said) > 15:
        return None
    rows = Participation.objects.editable_by(user).filter(Q(activity=activity) & ~Q(removed_at=None), pk=int(said))
    return rows.first()


@require_http_methods(["GET", "POST"])
def activity_add(request):
    reader(request)
    form = ActivityForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        activity = actions.add_activity(values=form.values, swv=_swv(form.keeper), by=request.user)
        messages.success(request, "Bewaard. Wie waren er?" if not activity.is_to_read else "Bewaard.")
        return redirect("activities:detail", activity.pk)
    return form_page(request, form, "Activiteit toevoegen", back_url=reverse("activities:list"))


def _swv(pk):
    return Samenwerkingsverband.objects.get(pk=pk) if pk else None


@require_http_methods(["GET", "POST"])
def activity_edit(request, pk):
    activity = own_activity(request, pk)
    form = ActivityForm(request.POST if request.method == "POST" else None, instance=activity, user=request.user)
    conflict, lead = None, str(own_activity(request, pk)) if request.method == "POST" else str(activity)
    if form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        if actions.change_activity(activity=activity, values=values, version=version, by=request.user):
            messages.success(request, "Bewaard.")
            return redirect("activities:detail", pk)
        theirs = own_activity(request, pk)
        again = request.POST.copy()
        again["version"] = theirs.version
        form = ActivityForm(again, instance=own_activity(request, pk), user=request.user)
        conflict = _conflict(form, theirs, values, request.user)
    url = reverse("activities:detail", args=[pk])
    remove_url = "" if conflict else reverse("activities:remove", args=[pk])
    return form_page(
        request, form, "Activiteit aanpassen", lead=lead, back_url=url, conflict=conflict, remove_url=remove_url
    )


def _conflict(form, theirs, values, user):
    """Places are two columns and one question."""
    texts = {name: value for name, value in values.items() if not name.startswith("for_")}
    conflict = differences(form, theirs, texts, user)
    mine = Activity(pk=0, for_swvs=values.get("for_swvs", []), for_regions=values.get("for_regions", []))
    if "places" in form.fields:
        shown = for_whom([mine, theirs])
        if shown[0] != shown[theirs.pk]:
            conflict["fields"].append({"label": "Voor wie was het?", "theirs": shown[theirs.pk], "mine": shown[0]})
    return conflict


@require_POST
def activity_remove(request, pk):
    activity = own_activity(request, pk)
    if actions.remove_activity(activity=activity, by=request.user):
        return redirect(f"{reverse('activities:list')}?verwijderd={pk}")
    return redirect("activities:list")


@require_POST
def activity_put_back(request, pk):
    activity = get_object_or_404(Activity.objects.removed_for(request.user), pk=pk)
    actions.put_back_activity(activity=activity, by=request.user)
    messages.success(request, "Teruggezet.")
    return redirect("activities:detail", pk)


@require_safe
def removed(request):
    """What can still be put back, by who keeps it."""
    reader(request)
    rows = list(Activity.objects.removed_for(request.user).order_by("-deleted_at")[:100])
    places = for_whom(rows)
    lines = [
        {"activity": row, "places": places[row.pk], "until": timezone.localtime(row.deleted_at + KEPT)} for row in rows
    ]
    return render(
        request, "meetings/activity_removed.html", {"tabs": tabs_of("activities", request.user), "lines": lines}
    )


def form_page(request, form, title, *, back_url, lead="", conflict=None, remove_url="", action="Bewaar", template=""):
    context = {
        "tabs": tabs_of("activities", request.user),
        "form": form,
        "title": title,
        "lead": lead,
        "action": "Bewaar zo" if conflict else action,
        "conflict": conflict,
        "back_url": back_url,
        "remove_url": remove_url,
    }
    status = CONFLICT if conflict else 422 if form.errors else 200
    return render(request, template or "meetings/activity_form.html", context, status=status)
