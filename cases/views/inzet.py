"""Inzet of one jeugdige: what was done and paid, and the forms to enter it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions import inzet as actions
from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from cases.forms.inzet import CostLineForm, HoursForm
from cases.identity import take_out_names
from cases.models import CostLine, HoursLine
from cases.models.case import member_case_ids
from cases.models.inzet import ACCOUNT, ENTER, enters_in, inzet_cases, inzet_cases_to_enter
from cases.page import case_page
from cases.rules.inzet import tally
from cases.views.journey import case_for
from regions.models import grants_of

ICONS = {
    "akkoord": "check-circle",
    "niet": "x-lg",
    "wacht": "hourglass-split",
    "begroot": "circle",
    "vervallen": "x-lg",
}
TINTS = {"akkoord": "mos", "niet": "licht", "wacht": "route", "begroot": "steen", "vervallen": "steen"}
NO_SUBSIDY = (
    "Dit samenwerkingsverband heeft hier nog geen subsidie staan. Het SWV-contact vult die in bij Verantwoording."
)


def shown_lines(lines, user):
    """Lines as a page or file shows them: where approval stands, and for who only accounts texts without names."""
    lines = list(lines)
    only_accounts = [line for line in lines if line.case_id and not _works_on(user, line)]
    if only_accounts:
        take_out_names({line.case_id for line in only_accounts}, only_accounts)
    return [
        {"line": line, "state": line.state[1], "icon": ICONS[line.state[0]], "tint": TINTS[line.state[0]]}
        for line in lines
    ]


def _works_on(user, line):
    """Whether `user` works on the case of this line, and so may read and write its texts as they are."""
    grants = grants_of(user)
    return (
        line.swv_id in grants.swvs("register_cases") | grants.swvs("work_on_cases")
        or line.gemeente_id in grants.gemeenten("register_cases")
        or line.case_id in member_case_ids(user)
    )


def lines_of(queryset):
    return queryset.select_related("entered_by", "changed_by", "decided_by", "payer", "agreement")


@require_GET
def inzet(request, pk):
    user = request.user
    case = case_for(request, pk, inzet_cases(user))
    lines = list(lines_of(CostLine.objects.visible_to(user).filter(case=case)))
    hours = list(HoursLine.objects.visible_to(user).filter(case=case))
    grants = grants_of(user)
    works_for_swv = case.swv_id in grants.swvs(ENTER) | grants.swvs(ACCOUNT)
    sums = actions.sums_of([case.swv_id]) if works_for_swv else []
    may_enter = enters_in(user, case)
    rows = shown_lines(lines, user)
    for row in rows:
        row["may_edit"] = may_enter and row["line"].payer_id in grants.swvs(ENTER) | {case.swv_id}
    context = case_page(
        request,
        case,
        "inzet",
        reads="inzet_read",
        rows=rows,
        total=tally(lines),
        hours=hours,
        hours_total=sum((row.total for row in hours), 0),
        budget=sums[0].budget if sums else None,
        may_enter=may_enter,
    )
    if may_enter:
        context["log_url"] = ""  # one primary button on a page
    return render(request, "cases/inzet.html", context)


def entry_page(request, case, form, *, title, extra=None, conflict=None, status=None):
    context = case_page(request, case, "inzet", form=form, title=title, conflict=conflict, log_url="", **(extra or {}))
    return render(request, "cases/inzet_form.html", context, status=status or (422 if form.errors else 200))


@require_http_methods(["GET", "POST"])
def line_add(request, pk):
    case = case_for(request, pk, inzet_cases_to_enter(request.user))
    payers = actions.payers_of(case)
    if not payers:
        messages.warning(request, NO_SUBSIDY)
        return redirect("cases:inzet", case.pk)
    own = next((str(payer.subsidy_id) for payer in payers if payer.swv_id == case.swv_id), None)
    form = CostLineForm(
        request.POST if request.method == "POST" else None, payers=payers, user=request.user, initial={"subsidy": own}
    )
    if request.method == "POST" and form.is_valid():
        actions.enter_line(case=case, values=form.values, by=request.user)
        messages.success(request, "Inzet bewaard.")
        return redirect("cases:inzet", case.pk)
    return entry_page(request, case, form, title="Inzet toevoegen")


@require_http_methods(["GET", "POST"])
def line_edit(request, pk, line_pk):
    case = case_for(request, pk, inzet_cases_to_enter(request.user))
    own = CostLine.objects.editable_by(request.user).filter(case=case)
    line = get_object_or_404(own, pk=line_pk)
    make_form = _maker(CostLineForm, line, payers=actions.payers_of(case), user=request.user)
    return save_change(
        request,
        row=line,
        newest=own,
        make_form=make_form,
        save=lambda values, version: actions.change_line(line=line, values=values, version=version, by=request.user),
        done=lambda: redirect("cases:inzet", case.pk),
        show=lambda form, **more: entry_page(
            request, case, form, title="Pas inzet aan", extra={"decided": line if line.decision else None}, **more
        ),
    )


@require_http_methods(["GET", "POST"])
def hours_add(request, pk):
    case = case_for(request, pk, inzet_cases_to_enter(request.user))
    form = HoursForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.enter_hours(case=case, values=form.values, by=request.user)
        messages.success(request, "Uren bewaard.")
        return redirect("cases:inzet", case.pk)
    return entry_page(request, case, form, title="Uren toevoegen")


@require_http_methods(["GET", "POST"])
def hours_edit(request, pk, hours_pk):
    case = case_for(request, pk, inzet_cases_to_enter(request.user))
    own = HoursLine.objects.editable_by(request.user).filter(case=case)
    hours = get_object_or_404(own, pk=hours_pk)
    return save_change(
        request,
        row=hours,
        newest=own,
        make_form=_maker(HoursForm, hours),
        save=lambda values, version: actions.change_hours(hours=hours, values=values, version=version, by=request.user),
        done=lambda: redirect("cases:inzet", case.pk),
        show=lambda form, **more: entry_page(request, case, form, title="Pas uren aan", **more),
    )


def _maker(form_class, row, **kwargs):
    return lambda data=None: form_class(data, instance=row, **kwargs)


def save_change(request, *, row, newest, make_form, save, done, show):
    """One form on one row: saved, shown again with its errors, or shown beside what somebody else saved meanwhile."""
    if request.method != "POST":
        return show(make_form())
    form = make_form(request.POST)
    if not form.is_valid():
        return show(form)
    values = form.values
    if save(values, form.cleaned_data["version"]):
        messages.success(request, "Bewaard.")
        return done()
    theirs = get_object_or_404(newest, pk=row.pk)
    data = request.POST.copy()
    data["version"] = theirs.version
    form = make_form(data)
    shown = {name: value for name, value in values.items() if name in form.fields}
    return show(form, conflict=beside(form, theirs, shown, user=request.user), status=CONFLICT)
