"""Overzicht: know this jongere in half a minute; and the one place where a name is shown."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.dutch_dates import date_text
from cases.actions import overview as actions
from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from cases.consent_view import turning_text
from cases.forms.overview import OverviewForm
from cases.identity import identities
from cases.models import Case, CaseMember, ConsentTerms, Journey, LogEntry
from cases.page import ENDING, case_page, may_see_name
from cases.views.log import entry_line
from cases.views.members import manages
from regions.models import CASE_ROLES, Membership, grants_of

NOTICE = "We houden bij wie een naam bekijkt."
LAST_ENTRIES = 3


def case_for(request, pk):
    """A SWV-contact reads the Reis that the SWV accounts for, and not the casework around it: 404 here."""
    cases = Case.objects.editable_by(request.user).annotate(grace_days=ConsentTerms.grace_on(timezone.localdate()))
    return get_object_or_404(cases.select_related("gemeente", "swv"), pk=pk)


@require_GET
def case_detail(request, pk):
    case = case_for(request, pk)
    return render(request, "cases/case_detail.html", _overview(request, case, reads="case_read"))


@require_POST
def case_name(request, pk):
    """Show the name in the bar, on this page and this once; the database logs it before it answers."""
    case = case_for(request, pk)
    if not may_see_name(request.user, case):
        raise Http404
    person = identities([case.pk], "naam tonen").get(case.pk)
    if person is None:
        raise Http404
    shown = {"shown_name": str(person), "name_notice": _notice_of_today(request)}
    if request.htmx:
        return render(request, "cases/identity_bar.html", case_page(request, case, "overview", reads=None, **shown))
    return render(request, "cases/case_detail.html", {**_overview(request, case, reads=None), **shown})


def _notice_of_today(request):
    today = timezone.localdate().isoformat()
    if request.session.get("name_notice") == today:
        return ""
    request.session["name_notice"] = today
    return NOTICE


def _overview(request, case, *, reads):
    user, today = request.user, timezone.localdate()
    members = list(
        CaseMember.objects.visible_to(user)
        .filter(Q(ends_on=None) | Q(ends_on__gte=today), case=case, starts_on__lte=today)
        .exclude(role=CaseMember.Role.OWNER, ends_on__isnull=False)  # its last day counts for the next one
        .annotate(works_here=works_here(today))
        .select_related("user")
        .order_by("role", "user__name")
    )
    context = case_page(request, case, "overview", reads=reads, members=members)
    context["journey"] = Journey.objects.visible_to(user).filter(case=case).select_related("wensdroom_by").first()
    if case.shared_until <= today + ENDING:  # as long as the badge says so
        context["ask_again"] = turning_text(case, today)
    owner = next((member for member in members if member.role == CaseMember.Role.OWNER), None)
    context["members"] = members
    if case.swv_id in grants_of(user).swvs("work_on_cases") and case.is_shared(today) and not case.closed_on:
        context["table_url"] = reverse("meetings:plan_case", args=[case.pk])
    context["is_owner"] = bool(owner and owner.user_id == user.pk)
    context["owner_gap"] = owner_gap(owner, today)
    context["manages_members"] = manages(user, case)
    entries = LogEntry.objects.visible_to(user).filter(case=case).select_related("author")
    context["entries"] = [entry_line(entry, user) for entry in entries[:LAST_ENTRIES]]
    context["facts"] = _facts(case)
    return context


def works_here(today):
    """Whether the person of a row works today in the SWV or gemeente of its case, in a role that may be near one."""
    here = Q(swv=OuterRef("swv")) | Q(gemeente=OuterRef("gemeente"))
    works = Membership.objects.in_force(today).filter(here, user=OuterRef("user"), role__in=CASE_ROLES)
    return Exists(works.filter(user__is_active=True).order_by())


def owner_gap(owner, today):
    """What everybody near should know: who keeps contact is gone, or goes. `owner` comes with `works_here`."""
    if owner is None:
        return "Deze jeugdige heeft geen eigenaar. Wie houdt nu contact?"
    if not owner.works_here:
        return f"{owner.user.name} werkt hier niet meer. Er is een nieuwe eigenaar nodig."
    if owner.leaves_on:
        return f"{owner.user.name} stopt als eigenaar. De laatste dag: {date_text(owner.leaves_on, today)}."
    return ""


def _facts(case):
    facts = [("Situatie", case.get_situation_display())]
    if case.situation == Case.Situation.EXEMPT:
        facts.append(("Duur vrijstelling", case.get_exemption_kind_display()))
    if case.side_group:
        facts.append(("Nevengroep", case.get_side_group_display()))
    since = format_date(case.since, "F Y") if case.since else ""
    return [*facts, ("Sinds", since), ("SWV", str(case.swv))]


@require_http_methods(["GET", "POST"])
def case_edit(request, pk):
    case = case_for(request, pk)
    status, conflict = 200, None
    form = OverviewForm(request.POST or None, instance=case)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            saved = actions.save_overview(
                case=case,
                version=form.cleaned_data["version"],
                by=request.user,
                **form.values,
            )
            if saved:
                messages.success(request, "Bewaard.")
                return redirect(case)
            theirs, mine = case_for(request, pk), form.values
            form = OverviewForm({**request.POST.dict(), "version": theirs.version}, instance=case_for(request, pk))
            status, conflict = CONFLICT, beside(form, theirs, mine, user=request.user)
    # Checking the form wrote what was typed in its row; the bar shows what is stored.
    context = case_page(request, case_for(request, pk), "overview", form=form, conflict=conflict, log_url="")
    return render(request, "cases/case_edit.html", context, status=status)
