"""Het klad: saved while somebody types, and thrown away or put back by whoever typed it."""

import uuid

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseForbidden, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases import drafts
from cases.actions import draft as actions
from cases.actions.interview import consent_of
from cases.forms.companion import CompanionForm
from cases.forms.interview import AnswerForm
from cases.forms.journey import CHAPTERS, StopForm
from cases.forms.log import LogEntryForm
from cases.forms.reflection import ReflectionForm
from cases.models import Answer, Case, Companion, Draft, Interview, LogEntry, Question, Reflection, Stop

GONE, INVALID = 409, 422
# Where something new is written, and where something is changed: the form and its page.
NEW = {
    "logboek": (LogEntryForm, "cases:write"),
    "halte": (StopForm, "cases:stop_add"),
    "reisgenoot": (CompanionForm, "cases:companion_add"),
    "reflectie": (ReflectionForm, "cases:reflection_add"),
}
EXISTING = {
    "logboek": (LogEntry, LogEntryForm, "cases:log_edit"),
    "halte": (Stop, StopForm, "cases:stop_edit"),
    "reisgenoot": (Companion, CompanionForm, "cases:companion_edit"),
    "reflectie": (Reflection, ReflectionForm, "cases:reflection_edit"),
}


# Places of an interview: open only as long as there is a yes to it (migration 0034).
INTERVIEW = ("vraag", "antwoord")


def answer_page(user, case, kind, rest):
    numbers = rest.split("-")
    if not all(number.isdecimal() and len(number) < 16 for number in numbers):
        raise Http404
    if not consent_of(case, user).allows_interview(timezone.localdate()):
        raise Http404
    if kind == "vraag" and len(numbers) == 2:
        interview = get_object_or_404(Interview.objects.editable_by(user).filter(case=case), pk=numbers[0])
        get_object_or_404(Question, pk=numbers[1], question_list=interview.question_list_id)
        return reverse("cases:answer_add", args=[case.pk, *numbers])
    if kind == "antwoord" and len(numbers) == 1:
        answer = get_object_or_404(Answer.objects.editable_by(user).filter(case=case), pk=numbers[0])
        return reverse("cases:answer_edit", args=[case.pk, answer.interview_id, answer.pk])
    raise Http404


def spot_for(user, case, place):
    """The form that is written in at `place`, and the page it is on; only where this person may write."""
    kind, _, rest = place.partition("-")
    if place in NEW:
        form, page = NEW[place]
        return form, reverse(page, args=[case.pk])
    if kind == "reis" and rest in CHAPTERS:
        return CHAPTERS[rest].form, reverse("cases:journey_chapter", args=[case.pk, rest])
    if kind in INTERVIEW:
        return AnswerForm, answer_page(user, case, kind, rest)
    if kind in EXISTING and rest.isdecimal() and len(rest) < 16:
        model, form, page = EXISTING[kind]
        get_object_or_404(model.objects.editable_by(user).filter(case=case), pk=rest)
        return form, reverse(page, args=[case.pk, int(rest)])
    raise Http404


def case_for(request, pk):
    return get_object_or_404(Case.objects.editable_by(request.user), pk=pk)


@require_POST
def draft(request, pk, place):
    """Asked by static/js/draft.js; the answer is for that script."""
    case = case_for(request, pk)
    form_class, _ = spot_for(request.user, case, place)
    return keep(request, case, place, form_class)


def keep(request, case, place, form_class):
    """Also for a place of another app."""
    token = drafts.token_of(request.POST.get("klad"))
    if token is None:
        raise Http404
    if request.POST.get("klad_wie") != str(request.user.pk):
        return HttpResponseForbidden()  # a window of somebody else, who logged out since: it waits for him
    try:
        answers = drafts.answers_of(request.POST, form_class.base_fields)
    except ValidationError as error:
        return JsonResponse({"waarom": error.messages[0]}, status=INVALID)
    kept = actions.keep_draft(
        case=case,
        place=place,
        token=token,
        source=drafts.token_of(request.POST.get("klad_van")),
        step=drafts.step_of(request.POST.get("klad_stand")),
        answers=answers,
        by=request.user,
    )
    if kept is None:
        return JsonResponse({"klad": uuid.uuid4()}, status=GONE)
    return JsonResponse({"om": drafts.clock(kept.saved_at)})


@require_POST
def draft_throw_away(request, pk, place):
    """And back again, with `terug`; a klad that was saved as something else has nothing left to bring back."""
    case = case_for(request, pk)
    _, page = spot_for(request.user, case, place)
    return throw_away(request, case, place, page)


def throw_away(request, case, place, page):
    """Also for a place of another app; `page` is where it was written."""
    mine = Draft.objects.editable_by(request.user).filter(case=case, place=place)
    found = get_object_or_404(mine, token=drafts.token_of(request.POST.get("klad")))
    if "terug" in request.POST:
        if found.answers:
            actions.take_back(draft=found)
        return redirect(page)
    actions.throw_away(draft=found)
    return redirect(f"{page}?weg={found.token}")
