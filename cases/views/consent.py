"""Toestemming: what each person said about each purpose, until when, and who may know the name because of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from access import audit
from cases.actions import consent as actions
from cases.conflict import STATUS as CONFLICT
from cases.forms.consent import AuthorityForm, ConsentForm
from cases.identity import identities
from cases.models import Case, Consent, IdentityGrant
from cases.page import case_page, is_leerplicht_for
from cases.rules.ages import age_from_month, age_on
from cases.rules.consent import State, deciders_text

GROUND = "toestemming"
STATE_WORDS = {
    State.GIVEN: "Gegeven",
    State.ASKED: "Nog niet van iedereen",
    State.REFUSED: "Geweigerd",
    State.WITHDRAWN: "Ingetrokken",
    State.EXPIRED: "Verlopen",
    State.NOT_ASKED: "Nog niet gevraagd",
}


@require_http_methods(["GET", "POST"])
def case_consent(request, pk):
    """Leerplicht records; who works on the case reads along."""
    case = _case(request, pk, Case.objects.editable_by(request.user))
    if not is_leerplicht_for(request.user, case):
        if request.method == "POST":
            raise Http404
        return _page(request, case, born_on=None, form=None)
    born_on = _born_on(case)
    if born_on is None:  # a signaal: nobody is known to have been asked
        if request.method == "POST":
            raise Http404
        return _page(request, case, born_on=None, form=None)
    form = ConsentForm(request.POST or None, case=case, born_on=born_on)
    if form.is_valid():
        case = actions.record_consent(
            case=case, by=request.user, born_on=born_on, today=timezone.localdate(), **form.cleaned_data
        )
        messages.success(request, _recorded(case))
        return redirect("cases:consent", case.pk)
    return _page(request, case, born_on=born_on, form=form, status=422 if request.method == "POST" else 200)


def _recorded(case):
    if case.is_shared(timezone.localdate()):
        return f"Vastgelegd. Het WEL-team kan {case.code} nu openen."
    return f"Vastgelegd. {case.code} is niet gedeeld met het WEL-team."


@require_http_methods(["GET", "POST"])
def case_consent_withdraw(request, pk, statement):
    case = _case(request, pk, Case.objects.known_to(request.user))
    rows = Consent.objects.visible_to(request.user).filter(case=case).select_related("case")
    newest = {(row.purpose, row.person): row for row in reversed(rows)}
    row = get_object_or_404(rows, pk=statement)
    back_url = reverse("cases:consent", args=[case.pk])
    if newest[row.purpose, row.person] != row or row.answer != Consent.Answer.GIVEN:
        messages.info(request, "Deze toestemming geldt al niet meer.")
        return redirect(back_url)
    if request.method == "POST":
        born_on = _born_on(case)
        actions.withdraw_consent(statement=row, by=request.user, born_on=born_on, today=timezone.localdate())
        messages.success(request, "De toestemming is ingetrokken.")
        return redirect(back_url)
    text = (
        "Het WEL-team kan deze jeugdige daarna niet meer openen. Wie de naam mocht weten, mag dat ook niet meer."
        if row.purpose == Consent.Purpose.SHARE
        else "Hiervoor mag het daarna niet meer. Wat al gedaan is, blijft in het logboek staan."
    )
    context = case_page(
        request,
        case,
        "consent",
        log_url="",
        title="Toestemming intrekken?",
        lead=f"{row.get_person_display()}: {row.get_purpose_display().lower()}. {text}",
        action="Trek in",
        back_url=back_url,
    )
    return render(request, "cases/case_form.html", context)


@require_http_methods(["GET", "POST"])
def case_authority(request, pk):
    """Who decides for this youth; sharing follows at once."""
    case = _case(request, pk, Case.objects.known_to(request.user))
    born_on = _born_on(case)
    if born_on is None:
        raise Http404
    back_url = reverse("cases:consent", args=[case.pk])
    status, note = 200, ""
    if request.method == "POST":
        form, status = AuthorityForm(request.POST, instance=case), 422
        if form.is_valid():
            fields = {name: form.cleaned_data[name] for name in form._meta.fields}
            version = form.cleaned_data["version"]
            today = timezone.localdate()
            if actions.save_authority(
                case=case, version=version, by=request.user, born_on=born_on, today=today, **fields
            ):
                messages.success(request, "Vastgelegd.")
                return redirect(back_url)
            note, status = _both(_case(request, pk, Case.objects.known_to(request.user))), CONFLICT
    else:
        form = AuthorityForm(instance=case)
    case = _case(request, pk, Case.objects.known_to(request.user))
    if note:
        data = request.POST.copy()
        data["version"] = case.version
        form = AuthorityForm(data, instance=case)
    context = case_page(
        request,
        case,
        "consent",
        log_url="",
        form=form,
        note=note,
        title="Wie beslist?",
        lead="Hieruit volgt wie toestemming moet geven.",
        action="Leg vast",
        back_url=back_url,
    )
    return render(request, "cases/case_form.html", context, status=status)


def _both(case):
    reason = case.cannot_judge_reason or "leeg"
    return (
        "Een collega paste dit ook aan. Nu staat er: "
        f"{case.parents_with_authority} met gezag, kan belangen niet overzien: {reason}. "
        "Hieronder staat jouw keuze. Klopt die, leg die dan vast."
    )


def _case(request, pk, cases):
    return get_object_or_404(cases.select_related("gemeente", "swv"), pk=pk)


def _born_on(case):
    """The exact day, which decides who decides; part of the identity, so this look is on record."""
    person = identities([case.pk], GROUND).get(case.pk)
    return person.born_on if person else None


def _page(request, case, *, born_on, form, status=200):
    user, today = request.user, timezone.localdate()
    statements = list(Consent.objects.visible_to(user).filter(case=case).select_related("recorded_by"))
    audit.record("consent_read", case_id=case.pk)
    newest = {}
    for row in statements:
        newest.setdefault((row.purpose, row.person), row)
    age = age_on(born_on, today) if born_on else age_from_month(case.birth_year, case.birth_month, today).years
    grants = IdentityGrant.objects.visible_to(user).filter(case=case).select_related("user", "granted_by")
    context = case_page(
        request,
        case,
        "consent",
        form=form,
        form_has_errors=bool(form and form.errors),
        is_shared=case.is_shared(today),
        deciders=deciders_text(age, bool(case.cannot_judge_reason)),
        purposes=_purposes(case, statements, newest, born_on, today),
        history=statements,
        grants=[{"grant": grant, "is_open": _is_open(grant, case, today)} for grant in grants],
        may_record=form is not None,
    )
    if form is not None:  # one primary button on a screen, and here that is "Leg vast"
        context["log_url"] = ""
    return render(request, "cases/consent_page.html", context, status=status)


def _is_open(grant, case, today):
    return grant.revoked_at is None and grant.until >= today and case.is_shared(today)


def _purposes(case, statements, newest, born_on, today):
    """One block per purpose that was spoken about: the state by the rules, and the last word of each person."""
    purposes = []
    for purpose in Consent.Purpose:
        rows = [newest[purpose, person] for person in Consent.Person if (purpose, person) in newest]
        if not rows:
            continue
        block = {
            "label": purpose.label,
            "rows": [
                {
                    "row": row,
                    "is_over": bool(row.expires_on and row.expires_on < today),
                    "is_given": row.answer == Consent.Answer.GIVEN,
                }
                for row in rows
            ],
        }
        if born_on:
            consent = actions.state_of(case, statements, purpose, born_on, today)
            block |= {
                "state": STATE_WORDS[consent.state],
                "is_valid": consent.is_valid,
                "is_withdrawn": consent.state in (State.REFUSED, State.WITHDRAWN),
                "until": consent.valid_until,
                "missing": [_person(name) for name in consent.missing],
            }
        purposes.append(block)
    return purposes


def _person(name):
    return f"de {Consent.Person(name).label.lower() if name in Consent.Person.values else name}"
