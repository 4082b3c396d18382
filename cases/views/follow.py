"""Volgen: what happened afterwards, who asks how it goes, and rounding off."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cases import follow_view
from cases.actions import closing as closings
from cases.actions import follow as actions
from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from cases.forms.follow import ClosingForm, FinishMomentForm, FollowEventForm, MomentForm, RoundOffForm
from cases.models import Case, FollowEvent, FollowUp, StatusChange
from cases.page import case_page
from cases.rules import closing as rules
from cases.views.overview import case_for

PER_PAGE = 20
BUSY = "Een collega paste dit ook aan. Kijk of het zo nog klopt en bewaar dan opnieuw."


@require_GET
def follow(request, pk):
    case, user, today = case_for(request, pk), request.user, timezone.localdate()
    events = list(FollowEvent.objects.visible_to(user).filter(case=case).select_related("recorded_by"))
    moments = list(FollowUp.objects.visible_to(user).filter(case=case).select_related("done_by"))
    closing = closings.closing_of(case, user)
    found = actions.checks_of(case, user, today, closing=closing, events=events, moments=moments)
    context = case_page(
        request,
        case,
        "follow",
        reads="follow_read",
        line=follow_view.line_of(events),
        events=follow_view.event_lines(events[:PER_PAGE]),
        older=len(events) - PER_PAGE,
        moments=follow_view.moment_lines(moments, today),
        done=[moment for moment in reversed(moments) if moment.outcome],
        closing=closing,
        checks=found,
        missing=rules.missing(found),
        is_done=case.status == Case.Status.DONE,
        is_removal_due=bool(case.closed_on and closing.remove_on and closing.remove_on <= today),
    )
    return render(request, "cases/follow.html", context)


@require_http_methods(["GET", "POST"])
def event_add(request, pk):
    case = case_for(request, pk)
    form = FollowEventForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.add_event(case=case, values=form.values, by=request.user)
        messages.success(request, "Opgeschreven.")
        return redirect("cases:follow", case.pk)
    return _page(request, case, form, "Schrijf op wat er gebeurde", action="Bewaar")


@require_http_methods(["GET", "POST"])
def event_edit(request, pk, event_pk):
    case = case_for(request, pk)
    found = FollowEvent.objects.editable_by(request.user).filter(case=case).select_related("recorded_by")
    form, conflict = FollowEventForm(instance=get_object_or_404(found, pk=event_pk)), None
    if request.method == "POST":
        form = FollowEventForm(request.POST, instance=get_object_or_404(found, pk=event_pk))
        if form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.change_event(event=form.instance, values=values, version=version, by=request.user):
                messages.success(request, "Aangepast.")
                return redirect("cases:follow", case.pk)
            theirs = get_object_or_404(found, pk=event_pk)
            form = FollowEventForm({**request.POST.dict(), "version": theirs.version}, instance=theirs)
            theirs = get_object_or_404(found, pk=event_pk)
            who = {"by": theirs.recorded_by, "at": theirs.recorded_at}
            conflict = beside(form, theirs, values, user=request.user, **who)
    return _page(request, case, form, "Pas aan wat er gebeurde", action="Bewaar", conflict=conflict)


@require_http_methods(["GET", "POST"])
def moment_add(request, pk):
    case = case_for(request, pk)
    form = MomentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.plan_moment(case=case, due_on=form.cleaned_data["due_on"], by=request.user)
        messages.success(request, "Gepland. Het staat die week op Vandaag.")
        return redirect("cases:follow", case.pk)
    return _page(
        request, case, form, "Plan een moment", lead="Even bellen of langsgaan: hoe gaat het nu?", action="Plan"
    )


@require_http_methods(["GET", "POST"])
def moment_finish(request, pk, moment_pk):
    """What was heard; who is second sees that somebody was first."""
    case = case_for(request, pk)
    found = FollowUp.objects.editable_by(request.user).filter(case=case).select_related("case", "done_by")
    moment = get_object_or_404(found, pk=moment_pk)
    if moment.outcome:
        messages.info(request, f"Dit is al gedaan, door {moment.done_by.short_name}.")
        return redirect("cases:follow", case.pk)
    title = moment.get_kind_display()
    form = FinishMomentForm(request.POST if request.method == "POST" else None, instance=moment)
    if form.is_valid():
        if actions.finish_moment(moment=get_object_or_404(found, pk=moment_pk), values=form.values, by=request.user):
            messages.success(request, "Gedaan. Mooi.")
        else:
            messages.info(request, "Een collega was net eerder. Kijk wat er staat.")
        return redirect("cases:follow", case.pk)
    return _page(request, case, form, title, lead="Klein telt ook.", action="Leg vast")


@require_http_methods(["GET", "POST"])
def closing(request, pk):
    """Who keeps contact, and until when all of it is kept."""
    case = case_for(request, pk)
    conflict = None
    form = ClosingForm(instance=closings.closing_of(case, request.user), case=case)
    if request.method == "POST":
        form = ClosingForm(request.POST, instance=closings.closing_of(case, request.user), case=case)
        if form.is_valid():
            values, version = form.values, form.cleaned_data["version"] or 0
            if closings.save_closing(case=case, values=values, version=version, by=request.user):
                messages.success(request, "Bewaard.")
                return redirect("cases:follow", case.pk)
            theirs = closings.closing_of(case, request.user)
            data = {**request.POST.dict(), "version": theirs.version}
            form = ClosingForm(data, instance=closings.closing_of(case, request.user), case=case)
            conflict = beside(form, theirs, values, user=request.user)
    return _page(request, case, form, "Nazorg en bewaren", action="Bewaar", conflict=conflict)


@require_http_methods(["GET", "POST"])
def round_off(request, pk):
    case, user, today = case_for(request, pk), request.user, timezone.localdate()
    if case.status == Case.Status.DONE:
        return redirect("cases:follow", case.pk)
    found = actions.checks_of(case, user, today)
    newest = StatusChange.objects.visible_to(user).filter(case=case).first()
    known = {"case": case, "newest": newest.on if newest else None, "is_ready": not rules.missing(found)}
    form, is_stale = RoundOffForm(**known), False
    if request.method == "POST":
        form = RoundOffForm(request.POST, **known)
        if form.is_valid():
            values = {"exception": "", **form.cleaned_data}
            try:
                with transaction.atomic():
                    is_saved = actions.round_off(case=case, by=user, today=today, **values)
            except (actions.NotReady, IntegrityError):  # a colleague took something away in between
                is_saved = False
            if is_saved:
                messages.success(request, f"{case.code} is afgerond.")
                return redirect("cases:follow", case.pk)
            case, is_stale = case_for(request, pk), True
            found = actions.checks_of(case, user, today)
            known |= {"case": case, "is_ready": not rules.missing(found)}
            form = RoundOffForm({**request.POST.dict(), "version": case.version}, **known)
    status = CONFLICT if is_stale else 422 if form.errors else 200
    context = case_page(
        request,
        case,
        "follow",
        reads="follow_read",
        form=form,
        checks=found,
        missing=rules.missing(found),
        note=BUSY if is_stale else "",
        log_url="",
    )
    return render(request, "cases/round_off.html", context, status=status)


def _page(request, case, form, title, *, action, lead="", conflict=None):
    """One form about the case; what was typed stays, and the page is that of what is stored."""
    context = case_page(
        request,
        case,
        "follow",
        reads="follow_read",
        form=form,
        title=title,
        lead=lead,
        action="Bewaar zo" if conflict else action,
        conflict=conflict,
        back_url=reverse("cases:follow", args=[case.pk]),
        back_label="Terug naar Volgen",
        log_url="",
    )
    status = CONFLICT if conflict else 422 if form.errors else 200
    return render(request, "cases/learning_case_form.html", context, status=status)
