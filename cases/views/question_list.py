"""De vragenlijst van het waarderend interview, below /beheer/: its versions, and the one that is being written."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import question_list as actions
from cases.conflict import STATUS as CONFLICT
from cases.forms.question_list import QuestionListForm
from cases.models import Perspective, QuestionList
from regions.views.beheer import page
from regions.views.swvs import manages_reference_data

SECTION = "question_lists:list"
FOR_WHOM = [("", "Voor iedereen"), *((value, f"Alleen voor: {label.lower()}") for value, label in Perspective.choices)]


@manages_reference_data
@require_safe
def question_lists(request):
    rows = list(
        QuestionList.objects.select_related("published_by")
        .annotate(question_count=Count("questions"))
        .order_by("-number")
    )
    used = next((row for row in rows if not row.is_draft), None)
    draft = next((row for row in rows if row.is_draft), None)
    return render(request, "cases/question_lists.html", page(request, SECTION, rows=rows, used=used, draft=draft))


@manages_reference_data
@require_http_methods(["GET", "HEAD", "POST"])
def question_list(request, number):
    row = get_object_or_404(QuestionList.objects.select_related("published_by"), number=number)
    if not row.is_draft:
        if request.method == "POST":
            messages.warning(request, f"Versie {row.number} is in gebruik en verandert niet meer.")
            return redirect("question_lists:detail", row.number)
        questions = list(row.questions.all())
        groups = [(label, [one for one in questions if one.asked_of == value]) for value, label in FOR_WHOM]
        context = page(request, SECTION, row=row, groups=[group for group in groups if group[1]])
        return render(request, "cases/question_list.html", context)
    status, is_stale, form = 200, False, QuestionListForm(instance=row, questions=row.questions.all())
    if request.method == "POST":
        status, form = 422, QuestionListForm(request.POST, instance=row)
        if form.is_valid():
            values = {"title": form.cleaned_data["title"], "questions": form.questions}
            if actions.save_list(question_list=row, version=form.cleaned_data["version"], **values):
                messages.success(request, "Bewaard.")
                return redirect(f"question_lists:{'publish' if 'verder' in request.POST else 'detail'}", row.number)
            row = QuestionList.objects.get(pk=row.pk)
            if not row.is_draft:
                messages.warning(request, f"Versie {row.number} is net in gebruik genomen en verandert niet meer.")
                return redirect("question_lists:detail", row.number)
            form = QuestionListForm({**request.POST.dict(), "version": row.version}, instance=row)
            status, is_stale = CONFLICT, True
    stored = QuestionList.objects.get(pk=row.pk)  # checking the form wrote what was typed in its row
    theirs = list(stored.questions.all()) if is_stale else []
    context = page(request, SECTION, row=stored, form=form, is_stale=is_stale, theirs=theirs)
    return render(request, "cases/question_list_form.html", context, status=status)


@manages_reference_data
@require_POST
def question_list_copy(request, number):
    draft = actions.copy_list(original=get_object_or_404(QuestionList, number=number), by=request.user)
    return redirect("question_lists:detail", draft.number)


@manages_reference_data
@require_http_methods(["GET", "HEAD", "POST"])
def question_list_publish(request, number):
    """Asks first: it cannot be taken back."""
    row = get_object_or_404(QuestionList, number=number)
    if not row.is_draft:
        return redirect("question_lists:detail", row.number)
    if request.method == "POST":
        version = request.POST.get("version", "")
        is_number = version.isdecimal() and version.isascii()
        if is_number and actions.publish_list(question_list=row, version=int(version[:9]), by=request.user):
            messages.success(request, f"Versie {row.number} is nu in gebruik.")
        else:
            messages.warning(request, "Deze vragenlijst is net aangepast. Kijk eerst wat er nu staat.")
        return redirect("question_lists:detail", row.number)
    return render(
        request, "cases/question_list_publish.html", page(request, SECTION, row=row, questions=row.questions.all())
    )
