"""Who is in a WEL-team: colleagues with an account, and partners without."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from meetings.actions import team as actions
from meetings.forms.member import ColleagueForm, PartnerForm
from meetings.models import TeamMember
from meetings.views.team import differences, form_page, own_team


@require_http_methods(["GET", "POST"])
def colleague_add(request, pk):
    return _add(request, pk, ColleagueForm, "Collega toevoegen")


@require_http_methods(["GET", "POST"])
def partner_add(request, pk):
    return _add(request, pk, PartnerForm, "Partner zonder account toevoegen")


def _add(request, pk, form_class, title):
    team = own_team(request, pk)
    form = form_class(request.POST if request.method == "POST" else None, team=team, reader=request.user)
    if form.is_valid():
        if actions.add_member(team=team, values=form.values, by=request.user):
            messages.success(request, "Erbij.")
            return redirect("meetings:team_detail", team.pk)
        form.refuse_twice()
    return form_page(request, form, title, team=team, lead=team.name)


@require_http_methods(["GET", "POST"])
def member_edit(request, pk, member_pk):
    team = own_team(request, pk)
    member = _member_of(request, team, member_pk)
    form_class = ColleagueForm if member.user_id else PartnerForm
    given = {"team": team, "reader": request.user}
    form = form_class(request.POST if request.method == "POST" else None, instance=member, **given)
    conflict, title = None, str(member)
    if form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        changed = actions.change_member(member=member, values=values, version=version, by=request.user)
        if changed:
            messages.success(request, "Bewaard.")
            return redirect("meetings:team_detail", team.pk)
        if changed is None:
            form.refuse_twice()
        else:
            theirs = _member_of(request, team, member_pk)
            again = {**request.POST.dict(), "version": theirs.version}
            form = form_class(again, instance=_member_of(request, team, member_pk), **given)
            conflict = differences(form, theirs, values, request.user)
    return form_page(request, form, title, team=team, lead=team.name, conflict=conflict)


def _member_of(request, team, pk):
    found = TeamMember.objects.editable_by(request.user).filter(team=team)
    return get_object_or_404(found.select_related("user", "updated_by"), pk=pk)
