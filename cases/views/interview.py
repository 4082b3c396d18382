"""Het waarderend interview: the list, one interview question by question, and an answer."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cases import drafts
from cases.actions import interview as actions
from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from cases.forms.interview import AnswerForm, InterviewForm
from cases.models import Answer, Case, Interview, Perspective, Question, Quote, scope_of
from cases.page import case_page, is_leerplicht_for
from cases.reasons import may_see_reasons
from cases.views.writing import as_draft, finish

PEOPLE = {
    Perspective.YOUTH: "de jeugdige",
    Perspective.PARENT: "een ouder",
    Perspective.PROFESSIONAL: "een professional",
}


def case_for(request, pk):
    return get_object_or_404(Case.objects.editable_by(request.user).select_related("gemeente", "swv"), pk=pk)


def interview_for(request, case, interview_pk, *, to_edit=False):
    found = Interview.objects.editable_by(request.user) if to_edit else Interview.objects.visible_to(request.user)
    rows = found.filter(case=case).select_related("case", "question_list", "interviewer", "changed_by")
    return get_object_or_404(rows, pk=interview_pk)


def consent_for(request, case, today):
    """What may be written today; no page to write on without a yes."""
    consent = actions.consent_of(case, request.user)
    if not consent.allows_interview(today):
        raise Http404
    return consent


def needs_consent(view):
    """For who was writing at the moment that the yes was taken back: nothing is kept, and the list says why."""

    @wraps(view)
    def checked(request, pk, *args, **kwargs):
        try:
            return view(request, pk, *args, **kwargs)
        except actions.NoConsent:
            messages.warning(request, "De toestemming voor het interview geldt niet meer. Er is niets bewaard.")
            return redirect("cases:interviews", pk)

    return checked


def with_words(interview):
    """ "de jeugdige en een ouder" """
    people = [PEOPLE[perspective] for perspective in interview.present]
    return " en ".join(", ".join(people).rsplit(", ", 1))


@require_GET
def interviews(request, pk):
    case, today = case_for(request, pk), timezone.localdate()
    consent = actions.consent_of(case, request.user)
    found = Interview.objects.visible_to(request.user).filter(case=case)
    answers = Answer.objects.visible_to(request.user).filter(interview__in=found.values("pk"))
    answered = {}
    for interview_pk, question_pk in answers.values_list("interview", "question").distinct().order_by():
        answered.setdefault(interview_pk, set()).add(question_pk)
    rows = found.select_related("interviewer", "question_list").prefetch_related("question_list__questions")
    lines = [
        {
            "interview": row,
            "with": with_words(row),
            "answered": len(answered.get(row.pk, ())),
            "asked": len(asked_in(row, answered.get(row.pk, ()))),
        }
        for row in rows
    ]
    context = case_page(
        request,
        case,
        "interviews",
        reads="interviews_read",
        lines=lines,
        may_write=consent.allows_interview(today),
        until=consent.interview_until,
        has_reasons=may_see_reasons(request.user, case),
        reasons_allowed=consent.allows_reasons(today),
        records_consent=is_leerplicht_for(request.user, case),
        log_url="",
    )
    return render(request, "cases/interviews.html", context)


def asked_in(interview, answered):
    """The questions for who took part, and those that were answered nevertheless."""
    return [
        question
        for question in interview.question_list.questions.all()
        if not question.asked_of or question.asked_of in interview.present or question.pk in answered
    ]


@require_http_methods(["GET", "POST"])
@needs_consent
def interview_add(request, pk):
    case, today = case_for(request, pk), timezone.localdate()
    consent = consent_for(request, case, today)
    options = {"case": case, "user": request.user, "since": consent.interview_since}
    form = InterviewForm(**options)
    if request.method == "POST":
        form = InterviewForm(request.POST, **options)
        if form.is_valid():
            interview = actions.hold_interview(case=case, values=form.values, by=request.user, today=today)
            messages.success(request, "Interview toegevoegd. Schrijf nu de antwoorden op.")
            return redirect("cases:interview", case.pk, interview.pk)
    context = case_page(request, case, "interviews", form=form, log_url="")
    return render(request, "cases/interview_form.html", context, status=422 if form.errors else 200)


@require_GET
def interview(request, pk, interview_pk):
    case, today = case_for(request, pk), timezone.localdate()
    row = interview_for(request, case, interview_pk)
    answers = list(
        Answer.objects.visible_to(request.user).filter(interview=row).select_related("written_by", "changed_by")
    )
    quotes = Quote.objects.visible_to(request.user).filter(answer__in=[answer.pk for answer in answers])
    quote_of = dict(quotes.values_list("answer", "text"))
    said = {}
    for answer in answers:
        said.setdefault(answer.question_id, []).append({"answer": answer, "quote": quote_of.get(answer.pk, "")})
    context = case_page(
        request,
        case,
        "interviews",
        reads="interview_read",
        interview=row,
        with_words=with_words(row),
        questions=[(question, said.get(question.pk, [])) for question in asked_in(row, said)],
        may_write=row.interview_until >= today,
        log_url="",
    )
    return render(request, "cases/interview.html", context)


@require_http_methods(["GET", "POST"])
def interview_edit(request, pk, interview_pk):
    case, today = case_for(request, pk), timezone.localdate()
    consent_for(request, case, today)
    row = interview_for(request, case, interview_pk, to_edit=True)
    options = {"case": case, "user": request.user, "since": row.consented_on}
    answer, conflict, form = 200, None, InterviewForm(instance=row, **options)
    if request.method == "POST":
        answer, form = 422, InterviewForm(request.POST, instance=row, **options)
        if form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.change_interview(interview=row, values=values, version=version, by=request.user):
                messages.success(request, "Bewaard.")
                return redirect("cases:interview", case.pk, row.pk)
            theirs = interview_for(request, case, interview_pk, to_edit=True)
            mine = interview_for(request, case, interview_pk, to_edit=True)
            form = InterviewForm({**request.POST.dict(), "version": theirs.version}, instance=mine, **options)
            conflict = beside(form, theirs, values, user=request.user, by=theirs.changed_by, at=theirs.changed_at)
            answer = CONFLICT
    context = case_page(
        request, case, "interviews", reads="interview_read", form=form, interview=row, conflict=conflict, log_url=""
    )
    return render(request, "cases/interview_form.html", context, status=answer)


@require_http_methods(["GET", "POST"])
@needs_consent
def answer_add(request, pk, interview_pk, question_pk):
    case, today = case_for(request, pk), timezone.localdate()
    consent = consent_for(request, case, today)
    row = interview_for(request, case, interview_pk, to_edit=True)
    question = get_object_or_404(Question, pk=question_pk, question_list=row.question_list)
    options = {"interview": row, "may_quote": consent.allows_quotes(today)}
    desk = drafts.desk(request, case, f"vraag-{row.pk}-{question.pk}", AnswerForm)
    form = AnswerForm(instance=new_answer(case, row, question), initial=desk.initial, **options)
    if request.method == "POST":
        form = AnswerForm(request.POST, instance=new_answer(case, row, question), **options)
        if drafts.SAVE in request.POST:
            if kept := as_draft(request, case, desk, form):
                return kept
        elif form.is_valid():
            actions.add_answer(
                interview=row, question=question, values=form.values, quote=form.quoted, by=request.user, today=today
            )
            finish(case, desk, request.user)
            return _after(request, case, row, question)
    context = case_page(
        request, case, "interviews", form=form, interview=row, question=question, draft=desk, log_url=""
    )
    return render(request, "cases/answer_form.html", context, status=422 if form.errors else 200)


def new_answer(case, interview, question):
    return Answer(**scope_of(case), interview=interview, question=question)


def _after(request, case, interview, question):
    """Back to the interview, or on to the next question that has no answer yet."""
    if "volgende" in request.POST:
        answers = Answer.objects.visible_to(request.user).filter(interview=interview)
        answered = set(answers.values_list("question", flat=True))
        for other in asked_in(interview, ()):
            if other.position > question.position and other.pk not in answered:
                messages.success(request, "Antwoord bewaard.")
                return redirect("cases:answer_add", case.pk, interview.pk, other.pk)
    messages.success(request, "Antwoord bewaard.")
    return redirect(f"{reverse('cases:interview', args=[case.pk, interview.pk])}#vraag-{question.pk}")


@require_http_methods(["GET", "POST"])
@needs_consent
def answer_edit(request, pk, interview_pk, answer_pk):
    case, today = case_for(request, pk), timezone.localdate()
    consent = consent_for(request, case, today)
    row = interview_for(request, case, interview_pk, to_edit=True)
    may_quote = consent.allows_quotes(today)

    def stored():
        found = Answer.objects.editable_by(request.user).filter(interview=row)
        return get_object_or_404(found.select_related("question", "changed_by", "case"), pk=answer_pk)

    def quoted():
        return Quote.objects.visible_to(request.user).filter(answer=answer_pk).values_list("text", flat=True).first()

    def make_form(data=None, initial=None):
        quote = (quoted() or "") if may_quote else ""
        return AnswerForm(data, instance=stored(), initial=initial, interview=row, may_quote=may_quote, quote=quote)

    desk = drafts.desk(request, case, f"antwoord-{stored().pk}", AnswerForm)
    status, conflict, form = 200, None, make_form(initial=desk.initial)
    if request.method == "POST":
        status, form = 422, make_form(request.POST)
        if drafts.SAVE in request.POST:
            if kept := as_draft(request, case, desk, form):
                return kept
        elif form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.change_answer(
                answer=form.instance, values=values, quote=form.quoted, version=version, by=request.user, today=today
            ):
                finish(case, desk, request.user)
                return _after(request, case, row, form.instance.question)
            theirs, mine = stored(), form.quoted
            form = make_form({**request.POST.dict(), "version": theirs.version})
            conflict = beside(form, theirs, values, user=request.user, by=theirs.changed_by, at=theirs.changed_at)
            if may_quote and mine != (quoted() or ""):
                conflict["fields"].append({"label": "Citaat", "theirs": quoted() or "", "mine": mine})
            status = CONFLICT
    context = case_page(
        request,
        case,
        "interviews",
        reads="interview_read",
        form=form,
        interview=row,
        question=form.instance.question,
        answer=form.instance,
        conflict=conflict,
        draft=desk,
        log_url="",
    )
    return render(request, "cases/answer_form.html", context, status=status)
