"""Tafel voorbereiden: the task list of one jeugdige, the checklist, the visit at home, and why there is no stem."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from cases.page import case_page
from cases.route_map import number_text
from cases.views.overview import case_for
from meetings import preparation
from meetings.actions import prepare as actions
from meetings.forms.prepare import ChecklistForm, HomeVisitForm, NoVoiceForm
from meetings.models import Checklist, HomeVisit, NoVoice, TableReport
from meetings.rules.checklist import ITEMS
from meetings.rules.intake import STEPS

SECTION = "table"


@require_GET
def table(request, pk):
    case = case_for(request, pk)
    members = preparation.owners_of(case, request.user)
    facts = preparation.read_facts(case, request.user, members=members)
    tasks = preparation.tasks_of(facts)
    closed = [task for task in tasks if task.blocks]
    holds = "Eén ding houdt" if len(closed) == 1 else f"{number_text(len(closed)).capitalize()} dingen houden"
    context = case_page(request, case, SECTION, reads="table_tasks_read", members=members, log_url="")
    context |= {
        "tasks": tasks,
        "closed_by": closed,
        "closed_text": f"{holds} de tafel dicht",
        "intake": facts.intake,
        "steps": [
            {"title": step.title, "is_done": bool(facts.intake and facts.intake.is_done(key))}
            for key, step in STEPS.items()
        ],
        "visit": facts.visit,
        "ticked_count": len(facts.checklist.ticked) if facts.checklist else 0,
        "item_count": len(ITEMS),
        "reports": list(
            TableReport.objects.visible_to(request.user)
            .filter(case=case)
            .select_related("item")
            .order_by("-item__starts_at")
        ),
    }
    return render(request, "meetings/prepare_table.html", context)


def form_page(
    request, case, form, *, title, lead, back="prepare:table", conflict=None, action="Bewaar", template="", **extra
):
    """The one form of a page; `conflict` when somebody else was first."""
    context = case_page(
        request, case, SECTION, reads="table_tasks_read", log_url="", form=form, title=title, lead=lead,
        conflict=conflict, action="Bewaar zo" if conflict else action, back_url=reverse(back, args=[case.pk]), **extra,
    )  # fmt: skip
    status = CONFLICT if conflict else 422 if form.errors else 200
    return render(request, template or "meetings/prepare_form.html", context, status=status)


def differences(form, row, values, user):
    """What components of a conflict show: `row` as it is now beside what was filled in."""
    at = timezone.localtime(row.updated_at) if row.pk else None
    return beside(form, row, values, user=user, by=row.updated_by if row.pk else None, at=at)


def _part(request, pk, model, form_class, told="Bewaard.", to="prepare:table", **words):
    case = case_for(request, pk)

    def stored():
        return actions.part_of(model, case, request.user)

    form, conflict = form_class(request.POST if request.method == "POST" else None, instance=stored()), None
    if form.is_bound and form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        if actions.save_part(model=model, case=case, values=values, version=version, by=request.user):
            messages.success(request, told)
            return redirect(to(case, values) if callable(to) else reverse(to, args=[case.pk]))
        theirs = stored()
        again = request.POST.copy()
        again["version"] = theirs.version
        form = form_class(again, instance=stored())
        compared = form.comparable(theirs, values) if hasattr(form, "comparable") else values
        conflict = differences(
            form, theirs, {name: compared[name] for name in compared if name != "holds"}, request.user
        )
    return form_page(request, case, form, conflict=conflict, **words)


@require_http_methods(["GET", "POST"])
def checklist(request, pk):
    return _part(
        request,
        pk,
        Checklist,
        ChecklistForm,
        title="Checklist",
        lead="Wat maakt dat een tafel lukt? Vink aan wat er is. Niets is verplicht.",
    )


@require_http_methods(["GET", "POST"])
def home_visit(request, pk):
    return _part(
        request,
        pk,
        HomeVisit,
        HomeVisitForm,
        title="Huisbezoek",
        lead="Komt de jongere zelf? Ga dan eerst langs. De jongere kiest de plek.",
    )


@require_http_methods(["GET", "POST"])
def no_voice(request, pk):
    """The way out of the fourth task. Where contact broke, on to the page that lets a verbinder begin."""

    def onward(case, values):
        is_broken = values["why"] == NoVoice.Why.BROKEN and not case.connection_lost
        return reverse("cases:connection" if is_broken else "prepare:table", args=[case.pk])

    case = case_for(request, pk)
    row = actions.part_of(NoVoice, case, request.user)
    return _part(
        request,
        pk,
        NoVoice,
        NoVoiceForm,
        told="Vastgelegd.",
        to=onward,
        title="Waarom lukt dit niet?",
        lead="De tafel begint met de stem van de jongere. Lukt dat nu niet? Schrijf dan op waarom.",
        action="Leg vast",
        template="meetings/prepare_no_voice.html",
        holds=row if row.pk and row.holds else None,
    )


@require_POST
def no_voice_lift(request, pk):
    case = case_for(request, pk)
    version = version_of(request)
    if version is not None and actions.lift_no_voice(case=case, version=version, by=request.user):
        messages.success(request, "Goed dat je het opnieuw probeert. De tafel wacht weer op de stem van de jongere.")
    else:
        messages.warning(request, "Dit is net veranderd. Kijk eerst wat er nu staat.")
    return redirect("prepare:table", case.pk)


def version_of(request):
    """The version that a page with a button was made of, or None."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else None
