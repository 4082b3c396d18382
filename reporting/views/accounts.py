"""Verantwoording: which SWVs account, the five-youth meter with what is missing, the subsidy, and the pdf."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access import audit
from access.school_year import school_year
from regions.models import Role, Subsidy, grants_of
from reporting import actions
from reporting.accounts import accountable_swvs, read_accounts
from reporting.forms import SubsidyForm
from reporting.models import AccountabilityReport

PER_PAGE = 25


def _own_swv(request, key):
    return get_object_or_404(accountable_swvs(request.user), key=key)


@require_safe
def accounts_list(request):
    """The SWVs that this user accounts for; with one of them, straight to it."""
    swvs = accountable_swvs(request.user)
    if not grants_of(request.user).swvs("account_for_subsidies") and Role.PROJECT not in grants_of(request.user).roles:
        return get_object_or_404(swvs.none())
    query = request.GET.get("q", "")[:80].replace("\x00", "").strip()
    if query:
        swvs = swvs.filter(Q(name__icontains=query) | Q(label__icontains=query) | Q(code__icontains=query))
    elif len(own := list(swvs[:2])) == 1:
        return redirect("reporting:accounts_detail", own[0].key)
    with_subsidy = request.GET.get("subsidie") == "ja"
    if with_subsidy:
        swvs = swvs.filter(subsidies__isnull=False)
    page = Paginator(swvs, PER_PAGE).get_page(request.GET.get("page"))
    ids = [swv.pk for swv in page]
    subsidies = {row.swv_id: row for row in Subsidy.objects.visible_to(request.user).filter(swv_id__in=ids)}
    reports = {}
    for report in (
        AccountabilityReport.objects.visible_to(request.user)
        .filter(swv_id__in=ids, status=AccountabilityReport.Status.DONE)
        .order_by("requested_at")
        .defer("file")
    ):
        reports[report.swv_id] = report
    rows = [{"swv": swv, "subsidy": subsidies.get(swv.pk), "report": reports.get(swv.pk)} for swv in page]
    return render(
        request,
        "reporting/accounts_list.html",
        {"rows": rows, "page": page, "query": query, "with_subsidy": with_subsidy},
    )


@require_safe
def accounts_detail(request, key):
    swv = _own_swv(request, key)
    accounts = read_accounts(user=request.user, swv=swv, today=timezone.localdate(), with_journeys=False)
    reports = AccountabilityReport.objects.visible_to(request.user).filter(swv=swv).select_related("made_by")
    return render(
        request,
        "reporting/accounts_detail.html",
        {
            "swv": swv,
            "document": accounts.document,
            "progress": accounts.progress,
            "reports": reports.order_by("-requested_at").defer("file")[:20],
            "school_year": school_year(timezone.localdate()),
            "may_edit": swv.pk in grants_of(request.user).swvs("account_for_subsidies"),
        },
    )


@require_http_methods(["GET", "POST"])
def subsidy_edit(request, key):
    """The one subsidy of this SWV under the regeling; only the SWV itself writes it."""
    own = grants_of(request.user).swvs("account_for_subsidies")
    swv = get_object_or_404(accountable_swvs(request.user).filter(pk__in=own), key=key)
    subsidy = Subsidy.objects.editable_by(request.user).filter(swv=swv).first() or Subsidy(swv=swv)
    theirs = None
    if request.method == "POST":
        form = SubsidyForm(request.POST, instance=subsidy)
        if form.is_valid():
            form.instance.version = form.cleaned_data["version"]
            if actions.save_subsidy(subsidy=form.instance, fields=_changed(form), by=request.user):
                messages.success(request, "Subsidie bewaard.")
                return redirect("reporting:accounts_detail", swv.key)
            theirs = Subsidy.objects.editable_by(request.user).get(swv=swv)
            form.data = {**form.data.dict(), "version": theirs.version}
            form.add_error(None, "Iemand anders paste deze subsidie intussen aan. Jouw tekst staat er nog.")
    else:
        form = SubsidyForm(instance=subsidy)
    status = 422 if form.errors else 200
    context = {"swv": swv, "form": form, "theirs": theirs}
    return render(request, "reporting/subsidy_edit.html", context, status=status)


def _changed(form):
    return [name for name in form.Meta.fields if name in form.changed_data]


@require_POST
def report_make(request, key):
    actions.ask_report(swv=_own_swv(request, key), by=request.user)
    messages.success(request, "We maken je pdf. Dat duurt meestal een minuut. Je kunt gewoon verder werken.")
    return redirect("reporting:accounts_detail", key)


def _own_report(request, key, pk):
    reports = AccountabilityReport.objects.visible_to(request.user)
    return get_object_or_404(reports.select_related("made_by"), pk=pk, swv=_own_swv(request, key))


@require_safe
def report_status(request, key, pk):
    """One row of the list, asked again by the page while the pdf is being made."""
    report = _own_report(request, key, pk)
    return render(request, "reporting/report_row.html", {"report": report, "key": key})


@require_safe
def report_download(request, key, pk):
    report = _own_report(request, key, pk)
    if report.status != AccountabilityReport.Status.DONE:
        return redirect("reporting:accounts_detail", key)
    audit.record("report_downloaded", ground="verantwoording", detail={"report": report.pk, "swv": report.swv_id})
    response = HttpResponse(bytes(report.file), content_type="application/pdf")
    name = f"verantwoording-{key.lower()}-{report.school_year}-v{report.version}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Length"] = report.size
    return response
