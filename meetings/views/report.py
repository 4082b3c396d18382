"""The verslag of a table: read, put right, shared with one reader at a time, seen as that reader, and on paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access import audit
from access.context import looking_as
from access.dutch_dates import date_text
from access.models import User
from access.pdf import PdfError, take_turn
from cases.conflict import beside
from cases.views.papers import pdf_file
from meetings.actions import report as actions
from meetings.forms.report import PreviewForm, ReportForm, ShareForm
from meetings.minutes import hurdle_for, last_day, left_out, minutes_of, people_of, within
from meetings.models import AgendaItem, Participant, ReportReader, TableReport
from meetings.papers import MINUTES_FILE, pdf_of_minutes
from meetings.rules.reading import SHORT, Hurdle
from meetings.views.agenda import visible_item
from meetings.views.team import form_page

NOT_SHARED = "Er is nu geen toestemming om te delen. Leg die eerst vast, met de jongere."


@require_safe
def report(request, pk):
    """For who works on the jeugdige, and for whom it was shared with."""
    minutes = minutes_of(pk, request.user)
    if minutes is None:
        return _first_promise(request, pk)
    item = visible_item(request, pk)
    audit.record("report_read", case_id=item.case_id)
    people = people_of(item, request.user) if minutes.works else []
    context = {
        "minutes": minutes,
        "may_share": minutes.works and minutes.is_shared,
        "to_ask": minutes.works and len(_to_ask(people, minutes, item, request.user)),
        "preview": PreviewForm(people=people) if people else None,
    }
    return render(request, "meetings/report.html", context)


def _first_promise(request, pk):
    """Shared with who asks, who did not promise care yet: that happens on the page of the table."""
    own = ReportReader.objects.visible_to(request.user).reading().filter(item_id=pk, participant__user=request.user)
    if not own.exists() or not AgendaItem.objects.visible_to(request.user).filter(pk=pk).exists():
        raise Http404
    messages.info(request, "Het verslag is met je gedeeld. Beloof eerst dat je er zorgvuldig mee omgaat.")
    return redirect("meetings:item", pk)


def own_report(request, pk):
    """The row, for who works on the jeugdige."""
    found = TableReport.objects.editable_by(request.user).filter(item_id=pk)
    return get_object_or_404(found.select_related("item", "updated_by", "closed_by"))


@require_http_methods(["GET", "POST"])
def report_edit(request, pk):
    row = own_report(request, pk)
    item, conflict = row.item, None
    form = ReportForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        if actions.change_report(report=row, values=values, version=version, by=request.user):
            messages.success(request, "Bewaard.")
            return redirect("meetings:report", pk)
        theirs = own_report(request, pk)
        again = request.POST.copy()
        again["version"] = theirs.version
        form = ReportForm(again, instance=own_report(request, pk))
        conflict = _differences(form, theirs, values, request.user)
    elif request.method == "GET":
        audit.record("report_read", case_id=row.case_id)
    return form_page(
        request, form, "Verslag aanpassen", lead=item.code, conflict=conflict,
        back_url=reverse("meetings:report", args=[pk]),
    )  # fmt: skip


def _differences(form, theirs, mine, user):
    by = theirs.updated_by or theirs.closed_by
    conflict = beside(form, theirs, mine, user=user, by=by, at=timezone.localtime(theirs.updated_at))
    names = [name for name, value in mine.items() if getattr(theirs, name) != value]
    for name, line in zip(names, conflict["fields"], strict=True):
        line |= {"theirs": form.shown(name, getattr(theirs, name)), "mine": form.shown(name, mine[name])}
    return conflict


@require_http_methods(["GET", "POST"])
def report_share(request, pk):
    """A question first: a mail is not to be taken back."""
    row = own_report(request, pk)
    minutes, item = minutes_of(pk, request.user), visible_item(request, pk)
    if not minutes.is_shared:
        messages.info(request, NOT_SHARED)
        return redirect("meetings:report", pk)
    people = people_of(item, request.user)
    asked = _to_ask(people, minutes, item, request.user)
    until = date_text(last_day(item), timezone.localdate())
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        choices=[(str(person.pk), _choice(person, until)) for person in asked],
        present=[str(p.pk) for p in asked if p.attendance == Participant.Attendance.PRESENT],
    )
    if form.is_valid():
        chosen = [person for person in asked if str(person.pk) in form.cleaned_data["people"]]
        number = actions.share_report(report=row, item=item, people=chosen, by=request.user)
        messages.success(request, f"Gedeeld met {people_text(number)}.")
        return redirect("meetings:report", pk)
    ticked = form["people"].value() or []
    context = {
        "item": item,
        "form": form,
        "asked": asked,
        "title": f"Verslag delen met {people_text(len(ticked))}?" if ticked else "Verslag delen",
        "readers": minutes.readers,
        "others": [
            (person, SHORT[hurdle])
            for person in people
            if (hurdle := hurdle_for(person, item, is_shared=True)) and hurdle != Hurdle.NO_PROMISE
        ],
    }
    return render(request, "meetings/report_share.html", context, status=422 if form.errors else 200)


def people_text(number):
    return "1 mens" if number == 1 else f"{number} mensen"


def _to_ask(people, minutes, item, user):
    """With whom it can be shared and is not yet: never oneself, and nobody who could not read it anyhow."""
    if timezone.localdate() > last_day(item):
        return []
    reading = {reader.participant_id for reader in minutes.readers}
    return [p for p in actions.may_be_asked(people) if p.pk not in reading and p.user_id != user.pk]


def _choice(person, until):
    words = f"{person}, {person.get_role_display().lower()}. Leest tot en met {until}"
    return words if person.confidential_at else f"{words}, en belooft eerst zorgvuldigheid"


@require_POST
def take_back(request, pk, reader_pk):
    found = ReportReader.objects.editable_by(request.user).filter(item_id=pk)
    reader = get_object_or_404(found.select_related("participant__user"), pk=reader_pk)
    if actions.take_back(reader=reader, by=request.user):
        messages.success(request, "Teruggehaald. Wie met de jongere werkt, leest het verslag nog wel.")
    return redirect("meetings:report", pk)


@require_safe
def report_preview(request, pk):
    """The page as somebody else gets it: asked as that person, behind both walls, and nothing is written as them."""
    mine = minutes_of(pk, request.user)
    if mine is None or not mine.works:
        raise Http404
    item = visible_item(request, pk)
    people = people_of(item, request.user)
    form = PreviewForm(request.GET, people=people)
    if not form.is_valid():
        return redirect("meetings:report", pk)
    person, seen = form.cleaned_data["lezer"], None
    if person.user_id:
        audit.record("report_previewed", case_id=item.case_id, detail={"user": person.user_id})
        reader = User.objects.get(pk=person.user_id)  # of their own: what was found for who asks stays with who asks
        if reader.is_active:
            with looking_as(reader, request.request_id):
                seen = minutes_of(pk, reader)
    context = {"item": item, "person": person, "preview": form, "minutes": None}
    if seen:
        context |= {"minutes": within(seen, mine), "left_out": left_out(seen, mine)}
    else:
        shared = person.pk in {reader.participant_id for reader in mine.readers}
        context["hurdle"] = hurdle_for(person, item, is_shared=shared) or Hurdle.NO_ACCESS
    return render(request, "meetings/report_preview.html", context)


@require_safe
def report_pdf(request, pk):
    """For who works on the jeugdige: a file that left cannot be taken back."""
    minutes = minutes_of(pk, request.user)
    if minutes is None or not minutes.works:
        raise Http404
    item = visible_item(request, pk)
    try:
        take_turn()
        content = pdf_of_minutes(minutes)
    except PdfError as error:
        messages.warning(request, str(error))
        return redirect("meetings:report", pk)
    audit.record("report_exported", case_id=item.case_id)
    return pdf_file(content, MINUTES_FILE)
