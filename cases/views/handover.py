"""Overdracht: the old side asks, records consent and offers; the new side accepts or refuses."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from access.models import User
from cases import handovers
from cases.conflict import STATUS as CONFLICT
from cases.forms.handover import AcceptForm, AskForm, HandoverConsentForm, RefuseForm, WithdrawForm
from cases.handovers import NotAllowed
from cases.identity import identities
from cases.models import Case, Consent, Handover
from cases.page import case_page, is_leerplicht_for
from cases.rules.ages import age_on
from cases.rules.consent import deciders_text
from cases.views.members import manages
from cases.views.overview import case_for

GROUND = "toestemming"
TOO_LATE = "Er is intussen iets veranderd. Bekijk hoe het nu staat."
REFUSED = {
    "gewijzigd": TOO_LATE,
    "toestemming": "Nog niet iedereen die beslist, zei ja. Leg eerst de toestemming vast.",
    "inzet": "Er wacht nog inzet op akkoord. Vraag het SWV-contact om eerst te beslissen. Daarna kan het.",
}


def _case(request, pk):
    """For who appoints the eigenaar: leerplicht, and the team while it is shared."""
    case = case_for(request, pk)
    if not manages(request.user, case):
        raise Http404
    return case


def _open_of(case):
    found = handovers.handovers(case=case)
    return next((one for one in found if one.is_open and one.manages), None), found


def _open_or_404(case):
    handover, _ = _open_of(case)
    if handover is None:
        raise Http404
    return handover


@require_http_methods(["GET", "POST"])
def case_handover(request, pk):
    """How it stands; without an open one the form that asks."""
    case = _case(request, pk)
    current, found = _open_of(case)
    form, status = None, 200
    if not current and not case.is_signal and not case.closed_on:
        form = AskForm(request.POST or None, case=case)
    if request.method == "POST":
        status = 422
        if form is None:
            messages.warning(request, TOO_LATE)
            return redirect("cases:handover", case.pk)
        if form.is_valid():
            try:
                made = handovers.ask(case=case, **form.cleaned_data)
            except NotAllowed as gone:
                raise Http404 from gone
            if made:
                messages.success(request, "Vastgelegd. Nu is er toestemming nodig.")
            else:
                messages.warning(request, TOO_LATE)
            return redirect("cases:handover", case.pk)
    context = case_page(request, case, "overview", log_url="")
    context |= {
        "current": current,
        "earlier": [one for one in found if not one.is_open],
        "form": form,
        "is_leerplicht": is_leerplicht_for(request.user, case),
        "asked_by": User.objects.filter(pk=current.asked_by_id).first() if current else None,
    }
    return render(request, "cases/handover.html", context, status=status)


@require_http_methods(["GET", "POST"])
def handover_consent(request, pk):
    """Leerplicht records what the youth and the parents said about this handover."""
    case = _case(request, pk)
    if not is_leerplicht_for(request.user, case):
        raise Http404
    handover = _open_or_404(case)
    person = identities([case.pk], GROUND).get(case.pk)
    if person is None:
        raise Http404
    today, born_on = timezone.localdate(), person.born_on
    persons, deciding = handovers.persons_to_ask(case, born_on, today)
    form = HandoverConsentForm(request.POST or None, persons=persons, born_on=born_on, initial={"persons": deciding})
    if form.is_valid():
        try:
            handovers.record_answer(
                handover=handover, case=case, by=request.user, born_on=born_on, today=today, **form.cleaned_data
            )
        except Case.DoesNotExist as gone:
            raise Http404 from gone
        given = form.cleaned_data["answer"] == Consent.Answer.GIVEN
        messages.success(request, "Vastgelegd." if given else "Vastgelegd. De overdracht gaat niet door.")
        is_next = given and handover.status == Handover.Status.ASKED
        return redirect("cases:handover_offer" if is_next else "cases:handover", case.pk)
    decides = deciders_text(age_on(born_on, today), case.cannot_judge)
    context = case_page(
        request,
        case,
        "consent",
        reads="consent_read",
        log_url="",
        form=form,
        title="Toestemming voor de overdracht",
        lead=f"Naar {handover.to_place}. Wie beslist: {decides}.",
        action="Leg vast",
        back_url=reverse("cases:handover", args=[case.pk]),
    )
    return render(request, "cases/case_form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def handover_offer(request, pk):
    """What the other side will read, and whose yes there is; then it is offered."""
    case = _case(request, pk)
    if not is_leerplicht_for(request.user, case):
        raise Http404
    handover = _open_or_404(case)
    person = identities([case.pk], GROUND).get(case.pk)
    if person is None:
        raise Http404
    statements = list(Consent.objects.visible_to(request.user).filter(case=case, purpose=Consent.Purpose.HANDOVER))
    consent = handovers.consent_of(handover, case, statements, person.born_on, timezone.localdate())
    note = ""
    if request.method == "POST":
        try:
            answer = handovers.offer(handover) if consent.is_valid else "toestemming"
        except NotAllowed as gone:
            raise Http404 from gone
        if answer == handovers.SAVED:
            messages.success(request, f"Aangeboden aan {handover.to_place}.")
            return redirect("cases:handover", case.pk)
        note = REFUSED[answer]
    context = case_page(request, case, "overview", log_url="")
    context |= {
        "handover": handover,
        "consented": consent.is_valid,
        "missing": [
            f"de {Consent.Person(one).label.lower()}" for one in consent.missing if one in Consent.Person.values
        ],
        "note": note,
    }
    return render(request, "cases/handover_offer.html", context, status=CONFLICT if note else 200)


@require_http_methods(["GET", "POST"])
def handover_withdraw(request, pk):
    case = _case(request, pk)
    handover = _open_or_404(case)
    form = WithdrawForm(request.POST or None, initial={"version": handover.version})
    if form.is_valid():
        try:
            answer = handovers.withdraw(handover, **form.cleaned_data)
        except NotAllowed as gone:
            raise Http404 from gone
        if answer == handovers.SAVED:
            messages.success(request, "De overdracht is ingetrokken.")
        else:
            messages.warning(request, REFUSED[answer])
        return redirect("cases:handover", case.pk)
    context = case_page(
        request,
        case,
        "overview",
        log_url="",
        form=form,
        title="De overdracht intrekken?",
        lead=f"{case.code} blijft dan hier. {handover.to_place} kan niets meer lezen.",
        action="Trek in",
        back_url=reverse("cases:handover", args=[case.pk]),
    )
    return render(request, "cases/case_form.html", context, status=422 if request.method == "POST" else 200)


# The new side


def _handover(pk, *, answering=False):
    handover = handovers.handover_of(pk)
    if handover is None or (answering and not handover.of_new):
        raise Http404
    return handover


@require_http_methods(["GET", "POST"])
def handover_answer(request, pk):
    """For the new side: what it may know, and accept or refuse. For the old side: what came of it."""
    handover = _handover(pk, answering=request.method == "POST")
    form, status, note = None, 200, ""
    may_answer = handover.of_new and handover.status == Handover.Status.OFFERED
    if may_answer or request.method == "POST":
        form = AcceptForm(request.POST or None, handover=handover, reader=request.user)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            answer = _accept(pk, form.cleaned_data)
            if answer == handovers.SAVED:
                return _accepted(request, handover)
            handover = _handover(pk)
            may_answer = handover.of_new and handover.status == Handover.Status.OFFERED
            form = AcceptForm(
                {**request.POST.dict(), "version": handover.version}, handover=handover, reader=request.user
            )
            if answer == "eigenaar":
                form.add_error("owner", "Deze collega werkt hier niet meer. Kies een ander.")
            else:
                note, status = TOO_LATE, CONFLICT
    people = User.objects.in_bulk({handover.asked_by_id, handover.answered_by_id} - {None})
    context = {
        "handover": handover,
        "form": form if may_answer else None,
        "may_answer": may_answer,
        "note": note,
        "asked_by": people[handover.asked_by_id],
        "answered_by": people.get(handover.answered_by_id),
        "years": timezone.localdate().year - handover.birth_year if handover.birth_year else None,
    }
    return render(request, "cases/handover_answer.html", context, status=status)


def _accept(pk, chosen):
    try:
        return handovers.accept(pk, version=chosen["version"], owner=chosen["owner"])
    except NotAllowed as refused:
        raise Http404 from refused


def _accepted(request, handover):
    """Who can open it now goes there: a coördinator of another SWV only once consent to share is there."""
    messages.success(request, f"Aangenomen. {handover.code} hoort nu bij {handover.to_place}.")
    if Case.objects.editable_by(request.user).filter(pk=handover.case_id).exists():
        return redirect("cases:detail", handover.case_id)
    return redirect("cases:handover_answer", handover.id)


@require_http_methods(["GET", "POST"])
def handover_refuse(request, pk):
    handover = _handover(pk, answering=True)
    if handover.status != Handover.Status.OFFERED:
        messages.warning(request, TOO_LATE)
        return redirect("cases:handover_answer", pk)
    form = RefuseForm(request.POST or None, handover=handover)
    if form.is_valid():
        try:
            answer = handovers.refuse(pk, **form.cleaned_data)
        except NotAllowed as refused:
            raise Http404 from refused
        if answer == handovers.SAVED:
            messages.success(request, "Vastgelegd. De ander leest waarom.")
        else:
            messages.warning(request, TOO_LATE)
        return redirect("cases:handover_answer", pk)
    context = {"handover": handover, "form": form}
    return render(request, "cases/handover_refuse.html", context, status=422 if request.method == "POST" else 200)
