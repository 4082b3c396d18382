"""Toestemming: what each person said about each purpose, until when, and who may know the name because of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from access.dutch_dates import date_text
from cases.actions import consent as actions
from cases.conflict import STATUS as CONFLICT
from cases.forms.consent import AuthorityForm, ConsentForm
from cases.forms.members import LET_IN_ROLES, colleagues
from cases.identity import identities
from cases.models import Case, Consent, IdentityGrant, last_answers
from cases.page import case_page, is_leerplicht_for
from cases.rules.ages import age_from_month, age_on, birthday
from cases.rules.consent import State, deciders_text, needed_at_age_text

GROUND = "toestemming"
# What becomes of what is there already, when this is taken back.
AFTERWARDS = {
    Consent.Purpose.INTERVIEW: "Het WEL-team kan de interviews daarna niet meer lezen.",
    Consent.Purpose.STORY: "Citaten uit het interview wissen we meteen.",
    Consent.Purpose.REASONS: "De redenen die er staan, wissen we meteen.",
}
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
    row = get_object_or_404(rows, pk=statement)
    back_url = reverse("cases:consent", args=[case.pk])
    if row.answer != Consent.Answer.GIVEN or last_answers(rows)[row.purpose, row.person] != row:
        messages.info(request, "Deze toestemming geldt al niet meer.")
        return redirect(back_url)
    born_on, today = _born_on(case), timezone.localdate()
    if request.method == "POST":
        actions.withdraw_consent(statement=row, by=request.user, born_on=born_on, today=today)
        messages.success(request, "De toestemming is ingetrokken.")
        return redirect(back_url)
    text = _what_withdrawing_does(request.user, case, row, born_on, today)
    context = case_page(
        request,
        case,
        "consent",
        reads="consent_read",
        log_url="",
        title="Toestemming intrekken?",
        lead=f"{row.get_person_display()}: {row.get_purpose_display().lower()}. {text}",
        action="Trek in",
        back_url=back_url,
    )
    return render(request, "cases/case_form.html", context)


def _what_withdrawing_does(user, case, statement, born_on, today):
    """Said before it is done, by the same rules that decide afterwards: not everybody's answer decides at every age."""
    after = actions.state_without(statement, born_on, today, by=user)
    deciders = deciders_text(age_on(born_on, today), bool(case.cannot_judge_reason))
    if statement.purpose != Consent.Purpose.SHARE:
        if after.is_valid:
            return f"Wie nu beslist: {deciders}. Daarom mag het daarna nog steeds."
        rest = AFTERWARDS.get(statement.purpose, "Wat al gedaan is, blijft in het logboek staan.")
        return f"Hiervoor mag het daarna niet meer. {rest}"
    if after.is_valid:
        until = date_text(after.valid_until, today)
        text = f"Wie nu beslist: {deciders}. Het WEL-team kan deze jeugdige daarom openen tot en met {until}."
    elif case.is_shared(today):
        text = "Het WEL-team kan deze jeugdige daarna niet meer openen."
    else:
        text = "Het WEL-team kan deze jeugdige nu ook niet openen."
    return f"{text} Wie de naam mocht weten, mag dat daarna niet meer."


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
        reads="consent_read",
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
    newest = last_answers(statements)
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
        ends_early=form is None and _ends_before_the_answers(case, newest, today),
        deciders=deciders_text(age, bool(case.cannot_judge_reason)),
        purposes=_purposes(case, statements, newest, born_on, today),
        history=statements,
        grants=[{"grant": grant, "is_open": _is_open(grant, case, here, today)} for grant in grants],
        may_record=form is not None,
    )
    if form is not None:  # one primary button on a screen, and here that is "Leg vast"
        context["log_url"] = ""
    return render(request, "cases/consent_page.html", context, status=status)


def _is_open(grant, case, here, today):
    """The answer of `access.let_in()` for somebody else: who does not work here any more knows no name."""
    return grant.revoked_at is None and grant.until >= today and case.is_shared(today) and grant.user_id in here


def _purposes(case, statements, newest, born_on, today):
    """One block per purpose that was spoken about: the state by the rules, and the last word of each person."""
    purposes = []
    for purpose in Consent.Purpose:
        rows = []
        for person in Consent.Person:
            said = next((row for row in statements if (row.purpose, row.person) == (purpose, person)), None)
            if said:  # the newest of all; when that only asks, an earlier answer still stands
                rows.append((newest.get((purpose, person), said), said))
        if not rows:
            continue
        block = {
            "label": purpose.label,
            "rows": [
                {
                    "row": row,
                    "is_over": bool(row.expires_on and row.expires_on < today),
                    "is_given": row.answer == Consent.Answer.GIVEN,
                    "asked_again_on": said.answered_on if said != row else None,
                }
                for row, said in rows
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
                "turning": _turning(case, consent, born_on, today),
            }
        purposes.append(block)
    return purposes


def _turning(case, consent, born_on, today):
    """Why sharing ends before the answers do. It gives the birthday away, so only who looked at it reads it."""
    age = consent.ends_at_age
    if age is None:
        return None
    day = birthday(born_on, age)
    return {
        "age": age,
        "day": day,
        "was": day <= today,
        "needed": needed_at_age_text(age, bool(case.cannot_judge_reason)),
        "at_last": consent.valid_until if consent.valid_until and consent.valid_until >= day else None,
    }


def _ends_before_the_answers(case, newest, today):
    """Whether sharing ends on a day that the answers do not tell; for who reads along and may not know the birthday."""
    ends = [
        row.expires_on
        for (purpose, _), row in newest.items()
        if purpose == Consent.Purpose.SHARE and row.answer == Consent.Answer.GIVEN
    ]
    until = case.shared_until
    return case.is_shared(today) and until not in ends and any(end is None or end > until for end in ends)


def _person(name):
    return f"de {Consent.Person(name).label.lower() if name in Consent.Person.values else name}"
