"""Werkte ons advies? Four weeks and four months after a table (R9.3)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cases import drafts
from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from cases.models import Case, Journey
from cases.page import case_page
from cases.rules.status import CLOSING
from cases.views.draft import keep, throw_away
from cases.views.writing import as_draft, finish
from meetings.actions import review as actions
from meetings.forms.review import ReviewForm
from meetings.models import Action, AgendaItem, TableReport
from meetings.rules.review import Moment, review_on
from meetings.views.prepare import SECTION


@require_http_methods(["GET", "POST"])
def review(request, pk, moment):
    """By whoever works on the jeugdige; what was thought of at the table stands above it."""
    item, case, place = held_table(request, pk, moment)

    def stored():
        return actions.review_of(item, moment, request.user)

    row, conflict, status = stored(), None, 200
    desk = drafts.desk(request, case, place, ReviewForm, url=reverse("meetings:review_draft", args=[pk, moment]))
    form = ReviewForm(instance=row, initial=desk.initial)
    if request.method == "POST":
        form, status = ReviewForm(request.POST, instance=row), 422
        if drafts.SAVE in request.POST:
            if kept := as_draft(request, case, desk, form):
                return kept
        elif form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.save_review(review=row, values=values, version=version, by=request.user):
                finish(case, desk, request.user)
                return _saved(request, item, case, values["needs_table"])
            theirs = stored()
            form = ReviewForm({**request.POST.dict(), "version": theirs.version}, instance=stored())
            conflict = beside(form, theirs, values, user=request.user, by=theirs.updated_by, at=theirs.updated_at)
            status = CONFLICT
    context = case_page(
        request,
        case,
        SECTION,
        reads="advice_review_read",
        form=form,
        item=item,
        due_on=review_on(moment, item.ends_at),
        moment=Moment(moment),
        conflict=conflict,
        draft=desk,
        log_url="",
        **_thought_of(item, request.user),
    )
    return render(request, "meetings/review_form.html", context, status=status)


def _saved(request, item, case, needs_table):
    """On to planning, for who may plan; else to the place, which says what happens next."""
    later = (
        AgendaItem.objects.visible_to(request.user).standing().filter(case=item.case_id, starts_at__gt=item.starts_at)
    )
    may_plan = item.may_be_planned_by(request.user) and case.status not in CLOSING
    if needs_table and may_plan and not later.exists():
        messages.success(request, "Opgeschreven. Kies een plek voor de volgende tafel.")
        return redirect("meetings:plan_case", item.case_id)
    messages.success(request, "Opgeschreven.")
    return redirect(item)


def held_table(request, pk, moment):
    """(place at a table that was held, its jeugdige, place of the klad)."""
    if moment not in Moment.values:
        raise Http404
    found = AgendaItem.objects.prepared_by(request.user).filter(status=AgendaItem.Status.DISCUSSED)
    item = get_object_or_404(found, pk=pk)
    case = get_object_or_404(Case.objects.editable_by(request.user).select_related("gemeente", "swv"), pk=item.case_id)
    return item, case, f"terugblik-{item.pk}-{moment}"


def _thought_of(item, user):
    """The wensdroom first, then what the table agreed and who promised what."""
    journey = Journey.objects.visible_to(user).filter(case=item.case_id).only("wensdroom").first()
    report = TableReport.objects.visible_to(user).filter(item=item).only("agreed").first()
    promised = Action.objects.visible_to(user).standing().filter(item=item).select_related("participant__user")
    return {
        "wensdroom": journey.wensdroom if journey else "",
        "agreed": report.agreed if report else "",
        "promised": list(promised),
    }


@require_POST
def review_draft(request, pk, moment):
    """Asked by static/js/draft.js; the answer is for that script."""
    _, case, place = held_table(request, pk, moment)
    return keep(request, case, place, ReviewForm)


@require_POST
def review_draft_throw_away(request, pk, moment):
    _, case, place = held_table(request, pk, moment)
    return throw_away(request, case, place, reverse("meetings:review", args=[pk, moment]))
