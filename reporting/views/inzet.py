"""Inzet of a samenwerkingsverband: all lines it pays, akkoord by another person, hours, agreements and the file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from access import audit
from access.money import amount_text
from cases.actions import inzet as actions
from cases.conflict import STATUS as CONFLICT
from cases.forms.inzet import AgreementForm, CostLineForm, HoursForm
from cases.models import Agreement, CostLine, HoursLine
from cases.models.inzet import ACCOUNT, ENTER
from cases.rules.inzet import pool
from cases.views.inzet import NO_SUBSIDY, save_change, shown_lines
from regions.models import Samenwerkingsverband, Subsidy, grants_of
from reporting.csv_file import csv_bytes
from reporting.inzet import HEADER, count_and_sum, file_rows, hours_of, inzet_swvs, lines_paid_by, may_decide
from reporting.inzet_forms import DecisionForm, InzetFilter

PER_PAGE = 25


def swv_for(request, key, *, right=None):
    """A SWV where this user has a part in money, or the one part that `right` names."""
    swvs = inzet_swvs(request.user)
    if right:
        swvs = swvs.filter(pk__in=grants_of(request.user).swvs(right))
    return get_object_or_404(swvs, key=key)


def subsidies_of(swv, user):
    return list(Subsidy.objects.visible_to(user).filter(swv=swv).order_by("-round", "pk"))


@require_safe
def inzet(request, key):
    user = request.user
    swv = swv_for(request, key)
    grants = grants_of(user)
    subsidies = subsidies_of(swv, user)
    form = InzetFilter(request.GET, subsidies=subsidies)
    is_valid = form.is_valid()
    lines = lines_paid_by(swv, user)
    lines = form.narrow(lines) if is_valid else lines.none()
    paginator = Paginator(lines, PER_PAGE)
    paginator.count, total = count_and_sum(lines) if is_valid else (0, 0)
    page = paginator.get_page(request.GET.get("page"))
    rows = shown_lines(page.object_list, request.user)
    for row in rows:
        row["may_decide"] = may_decide(user, row["line"])
    # Those that this person accounts for together: each is shown apart, and all of them add up.
    together = grants.swvs(ACCOUNT) if swv.pk in grants.swvs(ACCOUNT) else {swv.pk}
    sums = actions.sums_of(together)
    names = {subsidy.pk: subsidy for subsidy in subsidies}
    context = {
        "swv": swv,
        "form": form,
        "page": page,
        "rows": rows,
        "total": total,
        "budgets": [{"subsidy": names.get(one.subsidy_id), "sums": one} for one in sums if one.swv_id == swv.pk],
        "pool": _pool(sums) if len({one.swv_id for one in sums}) > 1 else None,
        "agreements": Agreement.objects.visible_to(user).filter(swv=swv),
        "chips": form.chips(request.GET) if is_valid else [],
        "query": request.GET,
        "may_enter": swv.pk in grants.swvs(ENTER),
        "may_account": swv.pk in grants.swvs(ACCOUNT),
    }
    return render(request, "reporting/inzet.html", context, status=200 if is_valid else 422)


def _pool(sums):
    """Per SWV what it accounts for, and the sum of those."""
    swvs = Samenwerkingsverband.objects.in_bulk({one.swv_id for one in sums})
    return {
        "rows": [{"swv": swvs[one.swv_id], "budget": one.budget} for one in sums],
        "total": pool(one.budget for one in sums),
    }


@require_safe
def export(request, key):
    """The same lines as the page with these filters; that it was taken out is on record."""
    swv = swv_for(request, key, right=ACCOUNT)
    form = InzetFilter(request.GET, subsidies=subsidies_of(swv, request.user))
    if not form.is_valid():
        return redirect("reporting:inzet", swv.key)
    sums = [] if form.is_narrowed else actions.sums_of([swv.pk])
    rows = list(file_rows(form.narrow(lines_paid_by(swv, request.user)), sums, request.user))
    audit.record("inzet_exported", ground="verantwoording", detail={"swv": swv.pk, "lines": len(rows)})
    response = HttpResponse(csv_bytes(HEADER, rows), content_type="text/csv; charset=utf-8")
    name = f"inzet-{swv.key.lower()}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


SAID = {"akkoord": "Je gaf akkoord.", "niet": "Je gaf geen akkoord. Wie invoerde ziet de reden."}
REFUSED = {
    "geen bedrag": "Vul bij de subsidie eerst het bedrag van de beschikking in. "
    "Tot dan kun je alleen akkoord gaan met een eigen bijdrage.",
    "te veel": "Met deze regel gaat het boven het verleende bedrag uit. Er is nog € {left}. "
    "Alleen een eigen bijdrage gaat niet van de subsidie af.",
}


@require_http_methods(["GET", "POST"])
def decide(request, key, pk):
    """Akkoord or not, by another person than who entered or last changed the line."""
    swv = swv_for(request, key, right=ACCOUNT)
    own = CostLine.objects.decidable_by(request.user).filter(payer=swv)
    lines = own.select_related("entered_by", "changed_by", "decided_by", "payer", "agreement", "subsidy")
    line = get_object_or_404(lines, pk=pk)
    status = 200
    if request.method == "POST":
        form = DecisionForm(request.POST)
        if form.is_valid():
            outcome = actions.decide_line(
                line=line,
                version=form.cleaned_data["version"],
                answer=form.cleaned_data["answer"],
                reason=form.cleaned_data["reason"],
            )
            if outcome == "vastgelegd":
                messages.success(request, SAID[form.cleaned_data["answer"]])
                return redirect("reporting:inzet", swv.key)
            line = get_object_or_404(lines, pk=pk)
            status = _explain(form, outcome, line, swv)
        else:
            status = 422
    else:
        form = DecisionForm(initial={"version": line.version, "answer": line.decision, "reason": line.decision_reason})
    (row,) = shown_lines([line], request.user)
    sums = next((one for one in actions.sums_of([swv.pk]) if one.subsidy_id == line.subsidy_id), None)
    context = {"swv": swv, "row": row, "line": line, "form": form, "budget": sums and sums.budget}
    context["may_decide"] = may_decide(request.user, line)
    return render(request, "reporting/inzet_decide.html", context, status=status)


def _explain(form, outcome, line, swv):
    """Say at the form why nothing was written; the next answer is about what stands there now."""
    if outcome == "gewijzigd":
        form.data = {**form.data.dict(), "version": line.version}
        form.add_error(
            None, "Deze regel is net aangepast, of iemand anders besloot al. Kijk wat er nu staat, en kies opnieuw."
        )
        return CONFLICT
    sums = next(one for one in actions.sums_of([swv.pk]) if one.subsidy_id == line.subsidy_id)
    left = sums.budget.left
    form.add_error("answer", REFUSED[outcome].format(left="" if left is None else amount_text(left)))
    return 422


# What is not about one jeugdige


def entry(request, swv, form, *, title, back="reporting:inzet", decided=None, conflict=None, status=None):
    context = {"swv": swv, "form": form, "title": title, "back": back, "decided": decided, "conflict": conflict}
    return render(request, "reporting/inzet_form.html", context, status=status or (422 if form.errors else 200))


def payers_of(swv):
    return [payer for payer in actions.payers_of() if payer.swv_id == swv.pk]


@require_http_methods(["GET", "POST"])
def line_add(request, key):
    swv = swv_for(request, key, right=ENTER)
    if not (payers := payers_of(swv)):
        messages.warning(request, NO_SUBSIDY)
        return redirect("reporting:inzet", swv.key)
    form = CostLineForm(request.POST if request.method == "POST" else None, payers=payers, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.enter_line(swv=swv, values=form.values, by=request.user)
        messages.success(request, "Inzet bewaard.")
        return redirect("reporting:inzet", swv.key)
    return entry(request, swv, form, title="Inzet zonder jeugdige toevoegen")


@require_http_methods(["GET", "POST"])
def line_edit(request, key, pk):
    swv = swv_for(request, key, right=ENTER)
    own = CostLine.objects.editable_by(request.user).filter(case=None, payer=swv)
    line = get_object_or_404(own, pk=pk)
    return save_change(
        request,
        row=line,
        newest=own,
        make_form=lambda data=None: CostLineForm(data, instance=line, payers=payers_of(swv), user=request.user),
        save=lambda values, version: actions.change_line(line=line, values=values, version=version, by=request.user),
        done=lambda: redirect("reporting:inzet", swv.key),
        show=lambda form, **more: entry(
            request, swv, form, title="Pas inzet aan", decided=line if line.decision else None, **more
        ),
    )


@require_safe
def hours(request, key):
    """All hours of this SWV in sight, those of a jeugdige as a sum."""
    swv = swv_for(request, key)
    in_sight = HoursLine.objects.visible_to(request.user).filter(swv=swv)
    page = Paginator(in_sight.filter(case=None), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "swv": swv,
        "page": page,
        "query": request.GET,
        "may_enter": swv.pk in grants_of(request.user).swvs(ENTER),
        **hours_of(in_sight),
    }
    return render(request, "reporting/inzet_hours.html", context)


@require_http_methods(["GET", "POST"])
def hours_add(request, key):
    swv = swv_for(request, key, right=ENTER)
    form = HoursForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.enter_hours(swv=swv, values=form.values, by=request.user)
        messages.success(request, "Uren bewaard.")
        return redirect("reporting:inzet_hours", swv.key)
    return entry(request, swv, form, title="Uren toevoegen", back="reporting:inzet_hours")


@require_http_methods(["GET", "POST"])
def hours_edit(request, key, pk):
    swv = swv_for(request, key, right=ENTER)
    own = HoursLine.objects.editable_by(request.user).filter(case=None, swv=swv)
    row = get_object_or_404(own, pk=pk)
    return save_change(
        request,
        row=row,
        newest=own,
        make_form=lambda data=None: HoursForm(data, instance=row),
        save=lambda values, version: actions.change_hours(hours=row, values=values, version=version, by=request.user),
        done=lambda: redirect("reporting:inzet_hours", swv.key),
        show=lambda form, **more: entry(request, swv, form, title="Pas uren aan", back="reporting:inzet_hours", **more),
    )


@require_http_methods(["GET", "POST"])
def agreement_add(request, key):
    swv = swv_for(request, key, right=ACCOUNT)
    subsidies = subsidies_of(swv, request.user)
    if not subsidies:
        messages.warning(request, NO_SUBSIDY)
        return redirect("reporting:inzet", swv.key)
    agreement = Agreement(swv=swv, subsidy=subsidies[0])
    form = AgreementForm(request.POST if request.method == "POST" else None, instance=agreement)
    if request.method == "POST" and form.is_valid():
        actions.save_agreement(agreement=agreement, values=form.values, by=request.user)
        messages.success(request, "Overeenkomst bewaard.")
        return redirect("reporting:inzet", swv.key)
    return entry(request, swv, form, title="Overeenkomst toevoegen")


@require_http_methods(["GET", "POST"])
def agreement_edit(request, key, pk):
    swv = swv_for(request, key, right=ACCOUNT)
    own = Agreement.objects.editable_by(request.user).filter(swv=swv)
    agreement = get_object_or_404(own, pk=pk)
    return save_change(
        request,
        row=agreement,
        newest=own,
        make_form=lambda data=None: AgreementForm(data, instance=agreement),
        save=lambda values, version: actions.save_agreement(
            agreement=agreement, values=values, version=version, by=request.user
        ),
        done=lambda: redirect("reporting:inzet", swv.key),
        show=lambda form, **more: entry(request, swv, form, title="Pas overeenkomst aan", **more),
    )
