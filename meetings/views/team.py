"""The WEL-teams of the SWVs somebody works in: a list, one team, and what its coördinator changes."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from meetings.actions import team as actions
from meetings.forms.team import TeamEndForm, TeamForm
from meetings.models import TeamMember, WelTeam, team_swvs
from meetings.models.member import works_in
from meetings.tabs import tabs_of
from regions.models import grants_of

ROLE_TITLES = (
    (TeamMember.Role.CHAIR, "Voorzitter"),
    (TeamMember.Role.CORE, "Kernteam"),
    (TeamMember.Role.PARTNER, "Partners"),
)


def team_for(request, pk, teams=None):
    """The team, or 404; with `teams` among those."""
    found = WelTeam.objects.visible_to(request.user) if teams is None else teams
    return get_object_or_404(found.select_related("swv", "updated_by"), pk=pk)


def own_team(request, pk):
    return team_for(request, pk, WelTeam.objects.editable_by(request.user))


def form_page(request, form, title, *, team=None, lead="", conflict=None, back_url="", action="Bewaar"):
    """The one form of a page; `conflict` when somebody else was first."""
    context = {
        "form": form,
        "title": title,
        "team": team,
        "lead": lead,
        "action": "Bewaar zo" if conflict else action,
        "conflict": conflict,
        "back_url": back_url or reverse("meetings:team_detail", args=[team.pk]),
    }
    return render(request, "meetings/form.html", context, status=CONFLICT if conflict else 422 if form.errors else 200)


def differences(form, row, values, user):
    """What components of a conflict show: `row` as it is now beside what was filled in."""
    return beside(form, row, values, user=user, by=row.updated_by, at=timezone.localtime(row.updated_at))


@require_safe
def team_list(request):
    if not team_swvs(request.user):
        raise Http404
    today = timezone.localdate()
    swvs = grants_of(request.user).swvs("work_on_cases")
    members = TeamMember.objects.visible_to(request.user).active_on(today).select_related("user")
    teams = WelTeam.objects.visible_to(request.user).select_related("swv")
    shown = {"now": [], "later": [], "before": []}
    for team in teams.prefetch_related(Prefetch("members", members, to_attr="now")):
        if team.ends_on and team.ends_on < today:
            shown["before"].append(team)
        else:
            shown["now" if team.starts_on <= today else "later"].append(_line(team, swvs))
    return render(
        request, "meetings/team_list.html", {**shown, "tabs": tabs_of("teams", request.user), "may_add": bool(swvs)}
    )


def _line(team, swvs):
    by_role = {role: [member for member in team.now if member.role == role] for role in TeamMember.Role}
    return {
        "team": team,
        "may_plan": team.swv_id in swvs,
        "chairs": by_role[TeamMember.Role.CHAIR],
        "core_count": len(by_role[TeamMember.Role.CHAIR]) + len(by_role[TeamMember.Role.CORE]),
        "partner_count": len(by_role[TeamMember.Role.PARTNER]),
    }


@require_safe
def team_detail(request, pk):
    team = team_for(request, pk)
    today = timezone.localdate()
    members = TeamMember.objects.visible_to(request.user).filter(team=team).select_related("user")
    here = set(works_in(team.swv_id, today).order_by().values_list("user", flat=True))
    now, later, before = [], [], []
    for member in members:
        works_elsewhere = member.user_id is not None and (member.user_id not in here or not member.user.is_active)
        line = {"member": member, "works_elsewhere": works_elsewhere}
        if member.ends_on and member.ends_on < today:
            before.append(line)
        else:
            (now if member.starts_on <= today else later).append(line)
    context = {
        "team": team,
        "is_active": team.is_active_on(today),
        "is_over": team.ends_on is not None and team.ends_on < today,
        "groups": [
            {"title": title, "lines": [line for line in now if line["member"].role == role]}
            for role, title in ROLE_TITLES
        ],
        "has_members": bool(now),
        "has_chair": any(line["member"].role == TeamMember.Role.CHAIR for line in now),
        "later": later,
        "before": before,
        "may_edit": team.swv_id in grants_of(request.user).swvs("work_on_cases"),
    }
    return render(request, "meetings/team_detail.html", context)


@require_http_methods(["GET", "POST"])
def team_add(request):
    if not grants_of(request.user).swvs("work_on_cases"):
        raise Http404
    form = TeamForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        team = actions.add_team(swv=form.cleaned_data["swv"], values=form.values, by=request.user)
        messages.success(request, "Bewaard. Wie zitten er in het team?")
        return redirect("meetings:team_detail", team.pk)
    return form_page(request, form, "WEL-team toevoegen", back_url=reverse("meetings:team_list"))


@require_http_methods(["GET", "POST"])
def team_edit(request, pk):
    return _change(request, own_team(request, pk), TeamForm, "WEL-team aanpassen", user=request.user)


@require_http_methods(["GET", "POST"])
def team_end(request, pk):
    return _change(request, own_team(request, pk), TeamEndForm, "Stopt dit team?")


def _change(request, team, form_class, title, **options):
    form = form_class(request.POST if request.method == "POST" else None, instance=team, **options)
    conflict, name = None, team.name
    if form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        if actions.change_team(team=team, values=values, version=version, by=request.user):
            messages.success(request, "Bewaard.")
            return redirect("meetings:team_detail", team.pk)
        theirs = own_team(request, team.pk)
        form = form_class(
            {**request.POST.dict(), "version": theirs.version}, instance=own_team(request, team.pk), **options
        )
        conflict = differences(form, theirs, values, request.user)
    return form_page(request, form, title, team=team, lead=name, conflict=conflict)
