"""De casusinbreng: written with a klad, made ready, opened again, and on paper."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import audit
from access.pdf import PdfError, take_turn
from cases import conflict, drafts
from cases.page import case_page
from cases.views.draft import keep, throw_away
from cases.views.overview import case_for
from cases.views.papers import pdf_file
from cases.views.writing import as_draft, conflict_page, finish
from meetings.actions import bringing as actions
from meetings.forms.bringing import form_for
from meetings.models import questions_of
from meetings.papers import bringing_paper, pdf_of
from meetings.views.prepare import SECTION

PLACE = "inbreng"


@require_http_methods(["GET", "POST"])
def bringing(request, pk):
    """A form as long as it is open; ready, it is read."""
    case = case_for(request, pk)
    row = actions.bringing_of(case, request.user)
    questions = questions_of(row.question_list)
    if row.is_ready:
        return _read(request, case, row, questions)
    form_class, status = form_for(questions), 200
    desk = drafts.desk(request, case, PLACE, form_class, url=reverse("prepare:bringing_draft", args=[case.pk]))
    if request.method == "POST":
        form, status = form_class(conflict.resolved(request.POST), bringing=row), 422
        if drafts.SAVE in request.POST:
            if answer := as_draft(request, case, desk, form):
                return answer
        elif form.is_valid() and ("klaar" not in request.POST or form.may_be_ready()):
            return _save(request, case, row, desk, form)
    else:
        form = form_class(bringing=row, initial=desk.initial)
    context = case_page(request, case, SECTION, reads="bringing_read", form=form, draft=desk, bringing=row, log_url="")
    return render(request, "meetings/prepare_bringing_form.html", context, status=status)


def _save(request, case, row, desk, form):
    mine, seen, is_ready = form.values, form.cleaned_data["seen"], "klaar" in request.POST
    try:
        merged = actions.save_bringing(
            case=case, question_list=row.question_list, values=mine, seen=seen, by=request.user,
            today=timezone.localdate(), ready=is_ready,
        )  # fmt: skip
    except actions.NotOpen:
        as_draft(request, case, desk, form)
        messages.warning(request, "Een collega meldde de casusinbreng net klaar. Heropen hem om verder te schrijven.")
        return redirect("prepare:bringing", case.pk)
    if merged.is_settled:
        finish(case, desk, request.user)
        told = conflict.told(form, merged, merged.row.updated_by, request.user)
        messages.success(request, f"{'De casusinbreng is klaar.' if is_ready else 'Bewaard.'}{told}")
        return redirect("prepare:table" if is_ready else "prepare:bringing", case.pk)
    return conflict_page(
        request, case, SECTION, desk=desk, form=form, merged=merged, mine=mine, by=merged.row.updated_by,
        at=merged.row.updated_at, title="Casusinbreng", back=reverse("prepare:bringing", args=[case.pk]),
    )  # fmt: skip


def _read(request, case, row, questions):
    if request.method == "POST":  # ready since that window was opened
        return _ready_meanwhile(request, case, row, questions)
    answers = [{"question": question, "text": row.answer_to(question)} for question in questions]
    context = case_page(request, case, SECTION, reads="bringing_read", bringing=row, answers=answers, log_url="")
    return render(request, "meetings/prepare_bringing.html", context)


def _ready_meanwhile(request, case, row, questions):
    form_class = form_for(questions)
    desk = drafts.desk(request, case, PLACE, form_class, url=reverse("prepare:bringing_draft", args=[case.pk]))
    as_draft(request, case, desk, form_class(request.POST, bringing=row))
    messages.warning(request, "De casusinbreng is intussen klaar gemeld. Heropen hem om verder te schrijven.")
    return redirect("prepare:bringing", case.pk)


@require_POST
def bringing_reopen(request, pk):
    case = case_for(request, pk)
    if actions.reopen_bringing(case=case, by=request.user):
        messages.success(request, "Je kunt weer verder schrijven.")
    return redirect("prepare:bringing", case.pk)


def _form_class(request, case):
    return form_for(questions_of(actions.bringing_of(case, request.user).question_list))


@require_POST
def bringing_draft(request, pk):
    """Asked by static/js/draft.js; the answer is for that script."""
    case = case_for(request, pk)
    return keep(request, case, PLACE, _form_class(request, case))


@require_POST
def bringing_draft_throw_away(request, pk):
    case = case_for(request, pk)
    return throw_away(request, case, PLACE, reverse("prepare:bringing", args=[case.pk]))


@require_GET
def bringing_pdf(request, pk):
    return _paper(request, pk, blank=False)


@require_GET
def bringing_blank(request, pk):
    return _paper(request, pk, blank=True)


def _paper(request, pk, *, blank):
    case = case_for(request, pk)
    row = actions.bringing_of(case, request.user)
    try:
        take_turn()
        paper = bringing_paper(row, blank=blank)
        content = pdf_of(paper)
    except PdfError as error:
        messages.warning(request, str(error))
        return redirect("prepare:table" if blank else "prepare:bringing", case.pk)
    audit.record("bringing_paper_made", case_id=case.pk, detail={"paper": "leeg formulier" if blank else "ingevuld"})
    return pdf_file(content, paper.file_name)
