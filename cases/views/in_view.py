"""In beeld: what leerplicht knows of the law and of the first contact. For leerplicht only, shared or not."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from access import audit
from cases.actions import legal_status as actions
from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from cases.forms.legal_status import OVERLAP, AskingFilterForm, EndStatusForm, LegalStatusForm, SideGroupForm
from cases.in_view import asking_line, periods_of
from cases.models import Case, ContactAttempt, ExemptionTerms, LegalStatus
from cases.models.legal_status import count_asking
from cases.page import case_page
from regions.models import grants_of

PER_PAGE = 25


def case_for(request, pk):
    return get_object_or_404(Case.objects.known_to(request.user).select_related("gemeente", "swv"), pk=pk)


def status_for(request, case, status_pk):
    found = LegalStatus.objects.editable_by(request.user).filter(case=case).select_related("stated_by", "case")
    return get_object_or_404(found, pk=status_pk)


@require_GET
def in_view(request, pk):
    case = case_for(request, pk)
    statuses = LegalStatus.objects.visible_to(request.user).filter(case=case).select_related("stated_by")
    context = case_page(
        request,
        case,
        "in_view",
        reads="in_view_read",
        contacts=ContactAttempt.objects.visible_to(request.user).filter(case=case).select_related("contact_by"),
        periods=periods_of(statuses, ExemptionTerms.by_day(), timezone.localdate()),
    )
    return render(request, "cases/in_view.html", context)


@require_http_methods(["GET", "POST"])
def status_add(request, pk):
    case = case_for(request, pk)
    if request.method == "POST":
        form = LegalStatusForm(request.POST, case=case, user=request.user)
        if form.is_valid():
            try:
                actions.state_status(case=case, values=form.values, by=request.user, today=timezone.localdate())
            except actions.Overlap:
                form.add_error("starts_on", OVERLAP)
            else:
                messages.success(request, "Periode toegevoegd.")
                return redirect("cases:in_view", case.pk)
    else:
        form = LegalStatusForm(case=case, user=request.user)
    context = case_page(request, case, "in_view", form=form, log_url="")
    return render(request, "cases/legal_status_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def status_edit(request, pk, status_pk):
    case = case_for(request, pk)

    def make_form(data=None):
        return LegalStatusForm(data, instance=status_for(request, case, status_pk), case=case, user=request.user)

    return _change(request, case, status_pk, make_form, "cases/legal_status_form.html", "Bewaard.")


@require_http_methods(["GET", "POST"])
def status_end(request, pk, status_pk):
    case = case_for(request, pk)

    def make_form(data=None):
        return EndStatusForm(data, instance=status_for(request, case, status_pk))

    return _change(request, case, status_pk, make_form, "cases/legal_status_end.html", "Periode beëindigd.")


def _change(request, case, status_pk, make_form, template, said):
    """Correcting and ending: the same row, the same version, the same page when somebody was first."""
    answer, conflict, form = 200, None, make_form()
    if request.method == "POST":
        answer, form = 422, make_form(request.POST)
        if form.is_valid():
            values = form.values
            try:
                saved = actions.correct_status(
                    status=form.instance,
                    values=values,
                    version=form.cleaned_data["version"],
                    by=request.user,
                    today=timezone.localdate(),
                )
            except actions.Overlap:
                form.add_error("starts_on" if "starts_on" in form.fields else "ends_on", OVERLAP)
            else:
                if saved:
                    messages.success(request, said)
                    return redirect("cases:in_view", case.pk)
                theirs = status_for(request, case, status_pk)
                form = make_form({**request.POST.dict(), "version": theirs.version})
                conflict = beside(form, theirs, values, user=request.user, by=theirs.stated_by, at=theirs.stated_at)
                answer = CONFLICT
    # Checking the form wrote what was typed in its row; the page names the period that is stored.
    context = case_page(
        request,
        case,
        "in_view",
        form=form,
        stored=status_for(request, case, status_pk),
        conflict=conflict,
        log_url="",
    )
    return render(request, template, context, status=answer)


@require_http_methods(["GET", "POST"])
def side_group(request, pk):
    """Which nevengroep; only with the situation that has one."""
    case = case_for(request, pk)
    if case.situation != Case.Situation.OTHER:
        return redirect("cases:in_view", case.pk)
    answer, conflict, form = 200, None, SideGroupForm(instance=case)
    if request.method == "POST":
        answer, form = 422, SideGroupForm(request.POST, instance=case)
        if form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.save_side_group(case=case, by=request.user, version=version, **values):
                messages.success(request, "Nevengroep bewaard.")
                return redirect("cases:in_view", case.pk)
            theirs = case_for(request, pk)
            form = SideGroupForm({**request.POST.dict(), "version": theirs.version}, instance=case_for(request, pk))
            conflict = beside(form, theirs, values, user=request.user)
            answer = CONFLICT
    context = case_page(request, case_for(request, pk), "in_view", form=form, conflict=conflict, log_url="")
    return render(request, "cases/side_group.html", context, status=answer)


@require_GET
def exemptions(request):
    """Vrijstelling in verbinding: which exemptions of the own area ask for something, soonest first."""
    if not grants_of(request.user).may("register_cases"):
        raise Http404
    today = timezone.localdate()
    terms = ExemptionTerms.on(today)
    asking = LegalStatus.objects.visible_to(request.user).asking(today, terms)
    counts = count_asking(request.user, today, terms)
    query = AskingFilterForm(request.GET)
    query.is_valid()
    kind = query.cleaned_data.get("soort") or ""
    if kind:
        asking = asking.filter(**{query.KINDS[kind][0]: True})
    paginator = Paginator(asking.select_related("case").order_by(Coalesce("ends_on", "review_on"), "pk"), PER_PAGE)
    paginator.count = counts[query.KINDS[kind][0]] if kind else counts["total"]
    page = paginator.get_page(request.GET.get("page"))
    groups = Case.objects.known_to(request.user).open().side_group_counts()
    audit.record("exemptions_read")
    context = {
        "kind": kind,
        "kinds": [(key, label, counts[name]) for key, (name, label) in query.KINDS.items()],
        "page": page,
        "lines": [asking_line(status, today, terms) for status in page.object_list],
        "count": paginator.count,
        "total": counts["total"],
        "query": request.GET,
        "in_conversation": ContactAttempt.objects.visible_to(request.user).parents_in_conversation().count(),
        "side_groups": [(label, groups[key]) for key, label in Case.SideGroup.choices if key in groups],
    }
    return render(request, "cases/exemptions.html", context)
