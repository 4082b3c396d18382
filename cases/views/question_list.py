"""Vragenlijsten below /beheer/, each kind at an address of its own: its versions, and the one that is being written."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import question_list as actions
from cases.conflict import STATUS as CONFLICT
from cases.forms.question_list import QuestionListForm
from cases.models import Perspective, QuestionList
from regions.views.beheer import page
from regions.views.swvs import manages_reference_data

Kind = QuestionList.Kind
SECTIONS = {Kind.INTERVIEW: "question_lists:list", Kind.BRINGING: "bringing_lists:list"}
WORDS = {
    Kind.INTERVIEW: {
        "title": "Vragenlijst",
        "lead": "De vragen van het waarderend interview. Een nieuw gesprek begint met de nieuwste versie die in "
        "gebruik is.",
        "kept": "gesprekken houden de vragen waarmee ze zijn gevoerd",
        "begins": "Nieuwe gesprekken beginnen er dan mee.",
        "origin": "De eerste versie komt uit de rapportages van WEL. De lijst van het project zelf kennen we nog niet: "
        "vervang hem als die er is.",
    },
    Kind.BRINGING: {
        "title": "Vragen van de casusinbreng",
        "lead": "De vragen waarmee iemand een jeugdige inbrengt aan de WEL-tafel. Een nieuwe casusinbreng begint met "
        "de nieuwste versie die in gebruik is.",
        "kept": "een casusinbreng houdt de vragen waarmee hij begon",
        "begins": "Een nieuwe casusinbreng begint er dan mee.",
        "origin": "De eerste versie komt uit de handreiking. Heeft jullie regio een eigen formulier? Maak dan een "
        "nieuwe versie.",
    },
}
FOR_WHOM = [("", "Voor iedereen"), *((value, f"Alleen voor: {label.lower()}") for value, label in Perspective.choices)]


def list_page(request, kind, **extra):
    return page(request, SECTIONS[kind], words=WORDS[kind], **extra)


def to(request, name, number):
    """A page of the same kind: the templates too find it by the namespace of this request."""
    here = request.resolver_match.namespace
    return redirect(reverse(f"question_lists:{name}", args=[number], current_app=here))


@manages_reference_data
@require_safe
def question_lists(request, kind=Kind.INTERVIEW):
    rows = list(
        QuestionList.objects.of(kind)
        .select_related("published_by")
        .annotate(question_count=Count("questions"))
        .order_by("-number")
    )
    used = next((row for row in rows if not row.is_draft), None)
    draft = next((row for row in rows if row.is_draft), None)
    return render(request, "cases/question_lists.html", list_page(request, kind, rows=rows, used=used, draft=draft))


@manages_reference_data
@require_http_methods(["GET", "HEAD", "POST"])
def question_list(request, number, kind=Kind.INTERVIEW):
    row = get_object_or_404(QuestionList.objects.of(kind).select_related("published_by"), number=number)
    if not row.is_draft:
        if request.method == "POST":
            messages.warning(request, f"Versie {row.number} is in gebruik en verandert niet meer.")
            return to(request, "detail", row.number)
        questions = list(row.questions.all())
        groups = [(label, [one for one in questions if one.asked_of == value]) for value, label in FOR_WHOM]
        context = list_page(request, kind, row=row, groups=[group for group in groups if group[1]])
        return render(request, "cases/question_list.html", context)
    status, is_stale, form = 200, False, QuestionListForm(instance=row, questions=row.questions.all())
    if request.method == "POST":
        status, form = 422, QuestionListForm(request.POST, instance=row)
        if form.is_valid():
            values = {"title": form.cleaned_data["title"], "questions": form.questions}
            if actions.save_list(question_list=row, version=form.cleaned_data["version"], **values):
                messages.success(request, "Bewaard.")
                return to(request, "publish" if "verder" in request.POST else "detail", row.number)
            row = QuestionList.objects.get(pk=row.pk)
            if not row.is_draft:
                messages.warning(request, f"Versie {row.number} is net in gebruik genomen en verandert niet meer.")
                return to(request, "detail", row.number)
            form = QuestionListForm({**request.POST.dict(), "version": row.version}, instance=row)
            status, is_stale = CONFLICT, True
    stored = QuestionList.objects.get(pk=row.pk)  # checking the form wrote what was typed in its row
    theirs = list(stored.questions.all()) if is_stale else []
    context = list_page(request, kind, row=stored, form=form, is_stale=is_stale, theirs=theirs)
    return render(request, "cases/question_list_form.html", context, status=status)


@manages_reference_data
@require_POST
def question_list_copy(request, number, kind=Kind.INTERVIEW):
    original = get_object_or_404(QuestionList.objects.of(kind), number=number)
    draft = actions.copy_list(original=original, by=request.user)
    return to(request, "detail", draft.number)


@manages_reference_data
@require_http_methods(["GET", "HEAD", "POST"])
def question_list_publish(request, number, kind=Kind.INTERVIEW):
    """Asks first: it cannot be taken back."""
    row = get_object_or_404(QuestionList.objects.of(kind), number=number)
    if not row.is_draft:
        return to(request, "detail", row.number)
    if request.method == "POST":
        version = request.POST.get("version", "")
        is_number = version.isdecimal() and version.isascii()
        if is_number and actions.publish_list(question_list=row, version=int(version[:9]), by=request.user):
            messages.success(request, f"Versie {row.number} is nu in gebruik.")
        else:
            messages.warning(request, "Deze vragenlijst is net aangepast. Kijk eerst wat er nu staat.")
        return to(request, "detail", row.number)
    return render(
        request, "cases/question_list_publish.html", list_page(request, kind, row=row, questions=row.questions.all())
    )
