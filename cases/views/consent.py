"""Toestemming: what each person said about each purpose, until when, and who may know the name because of it."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions import consent as actions
from cases.consent_view import ends_before_the_answers, is_open, purposes_of, turning_text
from cases.forms.consent import ConsentForm
from cases.forms.members import LET_IN_ROLES, colleagues
from cases.identity import identities
from cases.models import (
    Authority,
    Case,
    Consent,
    ConsentTerms,
    IdentityGrant,
    RemovalDecision,
    last_answers,
)
from cases.page import ENDING, case_page, is_leerplicht_for
from cases.rules.ages import age_from_month, age_on
from cases.rules.consent import deciders_text

GROUND = "toestemming"


@require_http_methods(["GET", "POST"])
def case_consent(request, pk):
    """Leerplicht records; who works on the case reads along."""
    case = case_for(request, pk, _with_what_leerplicht_knows(request.user))
    if not is_leerplicht_for(request.user, case):
        if request.method == "POST":
            raise Http404
        return _page(request, case, born_on=None, form=None)
    born_on = born_on_of(case)
    if born_on is None:  # a signaal: nobody is known to have been asked
        if request.method == "POST":
            raise Http404
        return _page(request, case, born_on=None, form=None)
    form = ConsentForm(request.POST or None, case=case, born_on=born_on)
    if form.is_valid():
        case = actions.record_consent(
            case=case, by=request.user, born_on=born_on, today=timezone.localdate(), **form.cleaned_data
        )
        messages.success(request, _recorded(case, form.cleaned_data["purpose"]))
        return redirect("cases:consent", case.pk)
    return _page(request, case, born_on=born_on, form=form, status=422 if request.method == "POST" else 200)


def _with_what_leerplicht_knows(user):
    """For one who is no leerplicht of the case these are empty, by the same two walls."""
    here = {"case": OuterRef("pk")}
    why = Authority.objects.visible_to(user).filter(**here)
    due = RemovalDecision.objects.visible_to(user).open().filter(**here)
    return Case.objects.editable_by(user).annotate(
        cannot_judge_reason=Subquery(why.values("cannot_judge_reason")[:1]),
        cannot_judge_by=Subquery(why.values("cannot_judge_by")[:1]),
        removal_due=Subquery(due.values("decide_by")[:1]),
        grace_days=ConsentTerms.grace_on(timezone.localdate()),
    )


def _recorded(case, purpose):
    if purpose != Consent.Purpose.SHARE:
        return f"Vastgelegd bij ‘{Consent.Purpose(purpose).label}’."
    if case.is_shared(timezone.localdate()):
        return f"Vastgelegd. Het WEL-team kan {case.code} nu openen."
    return f"Vastgelegd. {case.code} is niet gedeeld met het WEL-team."


def case_for(request, pk, cases):
    return get_object_or_404(cases.select_related("gemeente", "swv"), pk=pk)


def born_on_of(case):
    """The exact day, which decides who decides; part of the identity, so this look is on record."""
    person = identities([case.pk], GROUND).get(case.pk)
    return person.born_on if person else None


def _page(request, case, *, born_on, form, status=200):
    user, today = request.user, timezone.localdate()
    statements = list(Consent.objects.visible_to(user).filter(case=case))
    newest = last_answers(statements)
    terms = ConsentTerms.on(today) if born_on else None
    age = age_on(born_on, today) if born_on else age_from_month(case.birth_year, case.birth_month, today).years
    grants = list(IdentityGrant.objects.visible_to(user).filter(case=case).select_related("user", "granted_by"))
    here = set(colleagues(case, user, LET_IN_ROLES).values_list("pk", flat=True)) if grants else set()
    context = case_page(
        request,
        case,
        "consent",
        reads="consent_read",
        form=form,
        form_has_errors=bool(form and form.errors),
        is_shared=case.is_shared(today),
        ask_again=turning_text(case, today) if case.shared_until <= today + ENDING else "",
        ends_early=form is None and ends_before_the_answers(case, newest, today),
        deciders=deciders_text(age, case.cannot_judge),
        purposes=purposes_of(case, statements, newest, born_on, today, terms),
        answers=len(statements),
        grants=[{"grant": grant, "is_open": is_open(grant, case, here, today)} for grant in grants],
        may_record=form is not None,
    )
    if form is not None:  # one primary button on a screen, and here that is "Leg vast"
        context["log_url"] = ""
    return render(request, "cases/consent_page.html", context, status=status)


@require_safe
def case_consent_history(request, pk):
    """Everything that was recorded. Who decided and what was decided after a withdrawal is for leerplicht."""
    case = case_for(request, pk, Case.objects.editable_by(request.user))

    def rows(model, person):
        return list(model.objects.visible_to(request.user).filter(case=case).select_related(person))

    context = case_page(
        request,
        case,
        "consent",
        reads="consent_read",
        history=rows(Consent, "recorded_by"),
        authorities=rows(Authority, "recorded_by"),
        removals=rows(RemovalDecision, "decided_by"),
    )
    return render(request, "cases/consent_history.html", context)
