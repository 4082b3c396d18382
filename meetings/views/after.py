"""After a table: promises that are kept or went otherwise, and the terugkoppeling to the youth (R9.1)."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access import audit
from access.dutch_dates import date_text
from cases.models import Journey
from cases.models.case import WORK, reach
from meetings.actions import after as telling
from meetings.actions import live as actions
from meetings.forms.after import FeedbackForm, OutcomeForm
from meetings.models import Action, Feedback, TableReport
from meetings.rules.draft import feedback_draft

RECENT = timedelta(days=30)


@require_safe
def mine(request):
    """What the reader promised at any table: over time first, then by day; and what was done lately."""
    now = timezone.now()
    promised = Action.objects.visible_to(request.user).of(request.user).standing().select_related("item")
    ended = promised.exclude(status=Action.Status.OPEN).filter(ended_at__gte=now - RECENT)
    to_tell = Feedback.objects.editable_by(request.user).waiting().filter(teller=request.user).select_related("item")
    context = {
        "to_tell": to_tell.order_by("due_on", "id"),
        "today": timezone.localdate(now),
        "open": promised.filter(status=Action.Status.OPEN).order_by("due_at", "id"),
        "ended": ended.order_by("-ended_at", "-id")[:25],
        "now": now,
        # Of which table there is a verslag that the reader may open.
        "reported": set(TableReport.objects.visible_to(request.user).of_promises(request.user)),
    }
    return render(request, "meetings/action_list.html", context)


@require_safe
def detail(request, pk):
    """Where the mail leads to: one promise with its buttons. Opening changes nothing (mail scanners open links too)."""
    action = own_action(request, pk)
    is_mine = action.participant is not None and action.participant.user_id == request.user.pk
    context = {
        "action": action,
        "is_mine": is_mine,
        "with_time": action.horizon == Action.Horizon.HOURS,
        "now": timezone.now(),
    }
    return render(request, "meetings/action_detail.html", context)


@require_POST
def done(request, pk):
    """One click, and one to undo it."""
    action = own_action(request, pk)
    if actions.end_action(action=action, by=request.user, status=Action.Status.DONE):
        messages.success(request, "Gedaan. Mooi.")
    return redirect(_back(request))


@require_POST
def reopen(request, pk):
    action = own_action(request, pk)
    if actions.end_action(action=action, by=request.user, status=Action.Status.OPEN):
        messages.success(request, "De actie staat weer open.")
    return redirect(_back(request))


@require_http_methods(["GET", "POST"])
def otherwise(request, pk):
    action = own_action(request, pk)
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial={"outcome": action.outcome})
    if form.is_valid():
        actions.end_action(
            action=action, by=request.user, status=Action.Status.OTHERWISE, outcome=form.cleaned_data["outcome"]
        )
        messages.success(request, "Opgeschreven. Kijk samen wat nu kan.")
        return redirect("actions:list")
    context = {
        "form": form,
        "item": action.item,
        "title": "Het liep anders",
        "lead": action.text,
        "action": "Bewaar",
        "back_url": reverse("actions:list"),
        "back_words": "Naar Acties",
    }
    return render(request, "meetings/live_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def feedback(request, pk):
    """What was told to the youth, with a draft made of the promises; whoever works on the jeugdige writes it down."""
    found = Feedback.objects.editable_by(request.user).select_related("item", "teller")
    row = get_object_or_404(found, item_id=pk)
    form = FeedbackForm(
        request.POST if request.method == "POST" else None, instance=row, draft=_draft(row, request.user)
    )
    status = 200
    if form.is_valid():
        version = form.cleaned_data["version"]
        values = {name: form.cleaned_data[name] for name in form._meta.fields}
        if telling.tell(feedback=row, by=request.user, values=values, version=version):
            messages.success(request, "Opgeschreven.")
            return redirect(row.item)
        status = 409
        theirs = found.get(pk=row.pk)
        form = FeedbackForm({**request.POST.dict(), "version": theirs.version}, instance=theirs)
        form.add_error(None, f"Een collega schreef dit net ook op: ‘{theirs.told[:200]}’. Kijk wat blijft.")
    if request.method == "GET":
        audit.record("feedback_read", case_id=row.case_id)
    context = {
        "form": form,
        "item": row.item,
        "title": "Vertel wat er is bedacht",
        "lead": f"Uiterlijk {date_text(row.due_on, timezone.localdate())}. {row.teller.short_name} vertelt het.",
        "action": "Leg vast",
        "back_url": row.item.get_absolute_url(),
        "back_words": "Naar de tafel",
    }
    return render(request, "meetings/live_form.html", context, status=422 if form.errors and status == 200 else status)


def own_action(request, pk):
    """One that the reader promised, or of a jeugdige that the reader works on."""
    found = Action.objects.visible_to(request.user).standing().select_related("item", "participant__user")
    return get_object_or_404(found.filter(Q(participant__user=request.user) | reach(request.user, right=WORK)), pk=pk)


def _draft(row, user):
    today = timezone.localdate()
    journey = Journey.objects.visible_to(user).filter(case=row.case_id).only("wensdroom").first()
    report = TableReport.objects.visible_to(user).filter(item=row.item_id).only("agreed").first()
    promised = Action.objects.visible_to(user).standing().filter(item=row.item_id)
    return feedback_draft(
        wensdroom=journey.wensdroom if journey else "",
        agreed=report.agreed if report else "",
        promises=[(action.text, date_text(timezone.localdate(action.due_at), today)) for action in promised],
    )


def _back(request):
    """To the page with the button: Acties, or the table."""
    url = request.POST.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else reverse("actions:list")
