"""The live table: a board that two laptops write on at once, and that works as plain forms too (ux 5.4)."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access import audit
from access.idle import allow_a_long_talk, keeps_idle_limit
from cases.models import Case, CaseMember
from cases.models.case import WORK, reach
from meetings import board
from meetings.actions import live as actions
from meetings.actions.close import try_to_close
from meetings.actions.live import TableClosed
from meetings.forms.live import ActionForm, CloseForm, LineForm
from meetings.models import Action, AgendaItem, Participant, TableNote
from meetings.models.agenda import table_item_ids
from regions.models import grants_of

AT_TABLE = timedelta(hours=6)  # before and after it begins
CLOSED = "Deze tafel is gesloten. Wat je typte, staat er nog."


@keeps_idle_limit
@require_http_methods(["GET", "POST"])
def live(request, pk):
    """The board; a line that is posted is shown as saved, by script in place and else after a redirect."""
    item = item_at(request, pk)
    if item.is_planned and abs(timezone.now() - item.starts_at) < AT_TABLE:
        allow_a_long_talk(request)
    step = board.step_of(request.GET.get("stap") or request.POST.get("stap"))
    people = board.people_at(item, request.user)
    form = LineForm(request.POST if request.method == "POST" else None, people=people, is_note=bool(step.note))
    if form.is_valid():
        try:
            line = _add(item, step, form.cleaned_data, request.user)
        except TableClosed:
            form.add_error("line", CLOSED)
        else:
            if "X-Live" in request.headers:
                return _lines(request, item, step, new=line)
            return redirect(f"{reverse('meetings:live', args=[pk])}?stap={step.key}&nieuw={line.pk}#regel-{line.pk}")
    if "X-Live" in request.headers:
        errors = [error for found in form.errors.values() for error in found]
        return render(request, "meetings/live_errors.html", {"errors": errors}, status=422)
    if request.method == "GET":
        audit.record("table_live", case_id=item.case_id)
    return _board(request, item, step, people, form)


@keeps_idle_limit
@require_safe
def lines(request, pk):
    """What everybody wrote so far in this step: asked again by each laptop every five seconds."""
    return _lines(request, item_at(request, pk), board.step_of(request.GET.get("stap")))


@keeps_idle_limit
@require_POST
def undo(request, pk, kind, line_pk):
    """Takes back one line."""
    item = item_at(request, pk)
    model = {"actie": Action, "regel": TableNote}[kind]
    line = get_object_or_404(_mine_or_works(model, request.user), pk=line_pk, item=item)
    step = board.step_of(request.POST.get("stap"))
    try:
        actions.take_back(line=line, by=request.user)
    except TableClosed:
        messages.info(request, "Deze tafel is gesloten.")
    if "X-Live" in request.headers:
        return _lines(request, item, step)
    return redirect(f"{reverse('meetings:live', args=[pk])}?stap={step.key}")


@keeps_idle_limit
@require_http_methods(["GET", "POST"])
def change(request, pk, line_pk):
    """One promise: other words, another person, another moment."""
    item = item_at(request, pk)
    action = get_object_or_404(
        _mine_or_works(Action, request.user).select_related("item", "updated_by"),
        pk=line_pk,
        item=item,
        deleted_at=None,
    )
    people = Participant.objects.visible_to(request.user).at_table().filter(item=item).select_related("user")
    form = ActionForm(request.POST if request.method == "POST" else None, instance=action, people=people)
    back = f"{reverse('meetings:live', args=[pk])}?stap=wie#regel-{line_pk}"
    if form.is_valid():
        version = form.cleaned_data["version"]
        values = {name: form.cleaned_data[name] for name in ("text", "horizon", "participant")}
        try:
            if actions.change_action(action=action, by=request.user, version=version, **values):
                return redirect(back)
        except TableClosed:
            messages.info(request, "Deze tafel is gesloten.")
            return redirect(item)
        theirs = Action.objects.visible_to(request.user).select_related("item", "updated_by").get(pk=line_pk)
        said = f"{theirs.updated_by.short_name} paste dit net ook aan: ‘{theirs.text}’. Kijk wat blijft."
        form = ActionForm({**request.POST.dict(), "version": theirs.version}, instance=theirs, people=people)
        form.add_error(None, said)
    context = {"form": form, "item": item, "title": "Actie aanpassen", "action": "Bewaar", "back_url": back}
    return render(request, "meetings/live_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def close(request, pk):
    """Three questions on one page; the coördinator closes, and then promises count."""
    item = item_at(request, pk)
    if item.team_swv_id not in grants_of(request.user).swvs("work_on_cases"):
        raise Http404
    if not item.is_planned:
        messages.info(request, "Deze tafel is al gesloten.")
        return redirect(item)
    case = get_object_or_404(Case.objects.editable_by(request.user).select_related("gemeente", "swv"), pk=item.case_id)
    people = board.people_at(item, request.user)
    owner = CaseMember.objects.visible_to(request.user).filter(case=case, role=CaseMember.Role.OWNER, ends_on=None)
    owner = owner.select_related("user").first()
    form = CloseForm(
        request.POST if request.method == "POST" else None,
        item=item,
        people=people,
        reader=request.user,
        case=case,
        owner=owner.user if owner else None,
    )
    if form.is_valid() and item.starts_at > timezone.now():
        form.add_error(None, "Deze tafel moet nog beginnen.")
    elif form.is_valid():
        if try_to_close(item=item, by=request.user, values=form.cleaned_data):
            messages.success(request, "De tafel is gesloten. Dank voor het meedenken.")
            return redirect(item)
        form.add_error(None, "Er is nog geen actie. Wat is de kleinste stap?")
    context = {
        "form": form,
        "item": item,
        "owner": owner,
        "owner_url": reverse("cases:owner", args=[case.pk]),
        "has_action": Action.objects.visible_to(request.user).standing().filter(item=item).exists(),
        "back_url": reverse("meetings:live", args=[pk]),
    }
    return render(request, "meetings/live_close.html", context, status=422 if form.errors else 200)


def item_at(request, pk):
    """A place at a table whose board this user may open: who works on the jeugdige, and who promised care."""
    found = AgendaItem.objects.visible_to(request.user).filter(
        reach(request.user, right=WORK) | Q(pk__in=table_item_ids(request.user))
    )
    found = found.exclude(status=AgendaItem.Status.LAPSED).select_related("meeting__team")
    return get_object_or_404(found, pk=pk)


def _works(item, user):
    return AgendaItem.objects.prepared_by(user).filter(pk=item.pk).exists()


def _mine_or_works(model, user):
    """Lines that this user may change: the policy says the same."""
    own = Q(created_by=user) | Q(participant__user=user)
    return model.objects.visible_to(user).filter(reach(user, right=WORK) | own)


def _add(item, step, values, user):
    shared = {"item": item, "by": user, "key": values["key"], "text": values["text"]}
    if step.note:
        return actions.add_note(**shared, step=step.note, participant=values["participant"])
    return actions.add_action(**shared, horizon=values["horizon"], participant=values["participant"])


def _written(request, item, step):
    if step.note:
        return {"notes": board.notes_of(item, request.user, step.note)}
    return {"lanes": board.lanes_of(item, request.user)} if step.key == "wie" else {}


def _lines(request, item, step, new=None):
    context = {"item": item, "step": step, "new": new, "is_open": item.is_planned, **_written(request, item, step)}
    return render(request, "meetings/live_lines.html", context)


def _board(request, item, step, people, form):
    works = _works(item, request.user)
    wensdroom, said_on = board.wensdroom_of(item, request.user, works)
    new = request.GET.get("nieuw", "")
    context = {
        "item": item,
        "step": step,
        "steps": board.STEPS,
        "people": people,
        "form": form,
        "wensdroom": wensdroom,
        "said_on": said_on,
        "stem": board.stem_of(item, request.user),
        "left": board.time_left(item, timezone.now()),
        "is_open": item.is_planned,
        "may_close": item.is_planned and item.team_swv_id in grants_of(request.user).swvs("work_on_cases"),
        "called": [{"id": person.pk, "name": str(person), "words": board.called(person)} for person in people],
        "new": {"pk": int(new)} if new.isdecimal() else None,
        **_written(request, item, step),
    }
    return render(request, "meetings/live.html", context, status=422 if form.errors else 200)
