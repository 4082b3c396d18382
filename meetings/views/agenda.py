"""A place at a table: planned from a jeugdige or from a meeting, prepared, and taken off the agenda."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from access import audit
from cases.conflict import STATUS as CONFLICT
from cases.models import Case, Journey, LogEntry
from cases.rules.status import CLOSING
from meetings.actions import agenda as actions
from meetings.board import stem_of
from meetings.forms.agenda import AgendaAddForm, PlanCaseForm, PrepareForm, moment_text
from meetings.forms.participant import PromiseForm
from meetings.looking_back import look_back
from meetings.models import Action, AgendaItem, Feedback, Meeting, Participant, TableReport, WelTeam
from meetings.models.agenda import table_item_ids
from meetings.planning import blocks, tasks
from meetings.rules.agenda import too_many
from meetings.views.meeting import own_meeting
from meetings.views.team import differences, form_page
from regions.models import grants_of

PLANNED = "Op de agenda gezet. Wie zit erbij? Daarna verstuur je de uitnodiging."
NEAR = timedelta(hours=2)  # before it begins, opening the table is what comes next
MOST_ENTRIES = 20


@require_http_methods(["GET", "POST"])
def plan_case(request, case_pk):
    """From one jeugdige: the free places of the team of its SWV, the first one chosen."""
    case = shared_case(request, case_pk)
    held = blocks(case, user=request.user)
    free = [] if held else actions.free_places_for(case, user=request.user)
    previous = actions.last_held(case, request.user)
    form = PlanCaseForm(request.POST if request.method == "POST" else None, free=free, previous=previous)
    if free and form.is_valid():
        meeting, begin = form.chosen
        if not (held := blocks(case, user=request.user, day=timezone.localdate(begin))):
            as_before = form.cleaned_data.get("as_before", False)
            item = actions.plan_item(
                case=case, meeting=meeting, begin=begin, values={}, by=request.user, as_before=as_before
            )
            if item:
                messages.success(request, PLANNED)
                return redirect(item)
            return _plan_page(request, case, _again(request, case, previous), [], previous, CONFLICT)
    return _plan_page(
        request, case, form, held, previous, status=422 if form.errors or (held and form.is_bound) else 200
    )


def _again(request, case, previous):
    """With what is free by now, and the words that the place was taken."""
    free = actions.free_places_for(case, user=request.user)
    form = PlanCaseForm(request.POST, free=free, previous=previous)
    if form.is_valid():  # free again, or never seen as taken: the choice is once more up to who asks
        form.add_error("place", "Deze plek was net bezet. Kies nog een keer.")
    return form


def _plan_page(request, case, form, held, previous, status):
    coming = AgendaItem.objects.visible_to(request.user).filter(
        case=case, status=AgendaItem.Status.PLANNED, ends_at__gte=timezone.now()
    )
    context = {
        "case": case,
        "form": form,
        "blocks": held,
        "coming": list(coming),
        "previous": previous,
        "title": f"Plan een {look_back(previous).next_word} tafel" if previous else "Plan een tafel",
        "teams": WelTeam.objects.editable_by(request.user).filter(swv_id=case.swv_id).active_on(timezone.localdate()),
    }
    return render(request, "meetings/plan_case.html", context, status=status)


def shared_case(request, pk):
    """One that this coördinator may bring to the table of its SWV."""
    swvs = grants_of(request.user).swvs("work_on_cases")
    found = Case.objects.editable_by(request.user).filter(swv_id__in=swvs, shared_until__gte=timezone.localdate())
    return get_object_or_404(found.exclude(status__in=CLOSING), pk=pk)


@require_http_methods(["GET", "POST"])
def agenda_add(request, pk):
    """From one meeting: which jeugdige. A full one says where there is room instead (R7.3)."""
    meeting, gone = own_meeting(request, pk)
    if gone:
        return gone
    if not meeting.holds_cases:
        raise Http404
    begin = actions.free_place(meeting, actions.taken_places([meeting])[meeting.pk])
    day = timezone.localdate(meeting.starts_at)
    form = AgendaAddForm(request.POST if request.method == "POST" else None, cases=_candidates(request, meeting, day))
    held, chosen = [], None
    if begin and form.is_valid():
        chosen = form.cleaned_data["case"]
        held = blocks(chosen, user=request.user, day=day)
        if not held:
            item = actions.plan_item(case=chosen, meeting=meeting, begin=begin, values={}, by=request.user)
            if item:
                messages.success(request, PLANNED)
                return redirect(item)
            begin = None
    free = [] if begin else actions.free_places(user=request.user, swv_id=meeting.swv_id, most=1)
    context = {
        "meeting": meeting,
        "form": form,
        "blocks": held,
        "chosen": chosen,
        "begin": begin,
        "full": "" if begin else full_text(free[0] if free else None),
        "next": free[0][0] if free else None,
    }
    is_late = request.method == "POST" and not begin
    status = CONFLICT if is_late else 422 if form.errors or held else 200
    return render(request, "meetings/agenda_add.html", context, status=status)


def _candidates(request, meeting, day):
    here = AgendaItem.objects.visible_to(request.user).standing().filter(meeting=meeting)
    found = Case.objects.editable_by(request.user).filter(swv_id=meeting.swv_id, shared_until__gte=day)
    return found.exclude(status__in=CLOSING).exclude(pk__in=here.values("case"))


def full_text(place):
    """What a third jeugdige reads (ux 5.3)."""
    if place is None:
        return "Deze tafel zit vol. Er is nog geen andere vrije plek."
    return f"Deze tafel zit vol. Eerste vrije plek: {moment_text(place[1])}."


def visible_item(request, pk):
    return get_object_or_404(AgendaItem.objects.visible_to(request.user), pk=pk)


def own_item(request, pk):
    """One whose coördinator asks, with its jeugdige; what is over changes no more."""
    found = AgendaItem.objects.editable_by(request.user).filter(status=AgendaItem.Status.PLANNED)
    return get_object_or_404(found.select_related("case", "updated_by"), pk=pk)


def meeting_of(request, item):
    """Of a place that somebody may see; None when it was in a SWV that they do not know, because the jeugdige moved."""
    return Meeting.objects.narrowed(Q(pk=item.meeting_id)).select_related("team").first()


def people_at(request, item):
    found = Participant.objects.visible_to(request.user).filter(item=item).at_table()
    order = [role.value for role in Participant.Role]
    return sorted(found.select_related("user"), key=lambda person: (order.index(person.role), person.pk))


@require_safe
def item_detail(request, pk):
    """For who works on the jeugdige, and for who was invited: before the promise only when, where and as what."""
    item = visible_item(request, pk)
    return item_page(request, item)


def item_page(request, item, promise=None, status=200):
    user, now = request.user, timezone.now()
    case = Case.objects.editable_by(user).filter(pk=item.case_id).first()
    works = case is not None
    may_read = works or item.pk in table_item_ids(user)
    may_plan = item.is_planned and item.may_be_planned_by(user)
    meeting, people = meeting_of(request, item), people_at(request, item)
    me = next((person for person in people if person.user_id == user.pk and person.invited_at), None)
    waiting = [person for person in people if person.is_mailed and not person.invited_at]
    is_near = item.is_planned and now >= item.starts_at - NEAR
    comes = me is not None and me.answer != Participant.Answer.NO
    # When it is over, who works on the jeugdige reads along anyway.
    owes_promise = comes and not me.confidential_at and (item.is_planned or not works)
    audit.record("table_read", case_id=item.case_id)
    context = {
        "item": item,
        "meeting": meeting,
        "place": item.place or (meeting.place if meeting else ""),
        "works": works,
        "may_read": may_read,
        "may_plan": may_plan,
        "may_prepare": works and item.is_planned,
        "me": me,
        "may_answer": comes and item.is_planned and item.starts_at > now,
        "promise": (promise or PromiseForm()) if owes_promise else None,
        "form_has_errors": promise is not None and bool(promise.errors),
        "people": people if may_read else [],
        "tasks": tasks(item, people, may_plan=may_plan) if works and item.is_planned else [],
        "waiting": waiting,
        "may_open": is_near and not waiting and not (me and not me.confidential_at),
        "has_report": item.status == AgendaItem.Status.DISCUSSED
        and TableReport.objects.visible_to(user).filter(item=item).exists(),
        "has_chair": any(person.role == Participant.Role.CHAIR for person in people),
    }
    if may_read:
        context["stem"] = [] if works else stem_of(item, user)  # who works on it has the page of the stem
        context |= _read_at_table(request, item, case) | _promised(request, item, works)
    if works and (item.previous_id or not item.is_planned):  # else there is nothing to look back on
        context |= _looking_back(item, case, people, user)
    if may_plan and meeting:
        context["crowd"] = too_many(_number(people), enough=meeting.team.soft_maximum).removesuffix(" Toch doen?")
    return render(request, "meetings/item_detail.html", context, status=status)


def _looking_back(item, case, people, user):
    """Other tables of the same jeugdige; of one that was held what came of it, and whether the next can be planned."""
    found = look_back(item)
    context = {"tables": [(label, table) for label, table in found.tables if table.pk != item.pk]}
    if item.status != AgendaItem.Status.DISCUSSED:
        return context
    calls, may_plan = found.calls(people), item.may_be_planned_by(user)
    context |= {"looks": found.looks, "calls": calls, "may_call": may_plan, "reader": user}
    waiting = (person for person, reflection in calls if reflection is None)
    context["waits_for_call"] = any(person.user_id != user.pk for person in waiting)  # nobody phones oneself
    if not found.has_later(item) and case.status not in CLOSING:
        context |= {"next_word": found.next_word, "may_plan_next": may_plan, "asks_next": found.asks_table}
    return context


def _number(people):
    """At the table beside the youth and the parents."""
    return sum(person.is_mailed for person in people)


def _promised(request, item, works):
    """Of a table that was held, for who works on the jeugdige: who does what, and when the youth hears it."""
    if not works or item.status != AgendaItem.Status.DISCUSSED:
        return {}
    user = request.user
    actions = Action.objects.visible_to(user).standing().filter(item=item)
    told = Feedback.objects.visible_to(user).filter(item=item).select_related("teller").first()
    return {
        "actions": list(actions.select_related("item", "participant__user")),
        "feedback": told,
        "now": timezone.now(),
    }


def _read_at_table(request, item, case):
    """The wensdroom, what goes well, and what was written for everybody at the table: never more than that."""
    entries = LogEntry.objects.narrowed().filter(case_id=item.case_id, readers=LogEntry.Readers.TABLE, deleted_at=None)
    entries = list(entries.select_related("author")[:MOST_ENTRIES])
    if case is None:
        return {"page": actions.table_page(item), "entries": entries}
    journey = Journey.objects.visible_to(request.user).filter(case=case).first()
    page = (
        {"wensdroom": journey.wensdroom, "wensdroom_on": journey.wensdroom_on, "luggage": journey.luggage}
        if journey
        else {}
    )
    return {"page": page | {"strengths": case.strengths}, "entries": entries, "case": case}


@require_http_methods(["GET", "POST"])
def item_prepare(request, pk):
    """By whoever works on the jeugdige: how the youth takes part, the place and the treat."""
    item = _prepared(request, pk)
    form = PrepareForm(request.POST if request.method == "POST" else None, instance=item)
    conflict = None
    if form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        if actions.prepare_item(item=item, values=values, version=version, by=request.user):
            messages.success(request, "Bewaard.")
            return redirect("meetings:item", pk)
        theirs = _prepared(request, pk)
        form = PrepareForm({**request.POST.dict(), "version": theirs.version}, instance=_prepared(request, pk))
        conflict = differences(form, theirs, values, request.user)
    back = reverse("meetings:item", args=[pk])
    return form_page(request, form, "Voorbereiden met de jongere", lead=item.code, conflict=conflict, back_url=back)


def _prepared(request, pk):
    found = AgendaItem.objects.prepared_by(request.user).filter(status=AgendaItem.Status.PLANNED)
    return get_object_or_404(found.select_related("updated_by"), pk=pk)


def seen_version(request):
    """Which version a button was pressed on; None for none, and then nothing fits it."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else None


@require_http_methods(["GET", "POST"])
def item_lapse(request, pk):
    """A question first: the invited get a mail, and that is not to be taken back."""
    item = own_item(request, pk)
    if request.method == "POST":
        if actions.lapse_item(item=item, version=seen_version(request), by=request.user):
            messages.success(request, "Van de agenda gehaald. Wie was uitgenodigd, krijgt bericht.")
        else:
            messages.info(request, "Een collega paste deze plek net aan. Kijk of dit nog klopt.")
        return redirect("meetings:item", pk)
    number = sum(1 for person in people_at(request, item) if person.invited_at)
    return render(request, "meetings/item_lapse.html", {"item": item, "number": number})
