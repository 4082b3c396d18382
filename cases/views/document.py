"""Documenten: a list, one form, and a file that only comes out through here."""

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from access import audit
from cases.actions import document as actions
from cases.forms.document import DocumentForm, PageForm
from cases.models import Case, Document
from cases.models.document import document_storage
from cases.page import case_page
from cases.rules.documents import restore_until, wiped_on
from cases.uploads import KINDS

GONE = 410
PER_PAGE = 25
KIND_ICONS = {
    "brief": "envelope",
    "verslag": "journal-text",
    "plan": "signpost-2",
    "toestemming": "shield-check",
    "foto": "file-earmark-text",
    "overig": "file-earmark-text",
}
READER_ICONS = {"ik": "lock", "team": "people", "tafel": "chat-dots"}
# A file never runs as a page of ours, whatever is in it.
SANDBOX = {"default-src": [NONE], "frame-ancestors": [NONE], "sandbox": True}


def case_for(request, pk):
    return get_object_or_404(Case.objects.editable_by(request.user).select_related("gemeente", "swv"), pk=pk)


def document_for(request, pk, document_pk, found):
    case = case_for(request, pk)
    document = get_object_or_404(found.filter(case=case), pk=document_pk)
    document.case = case
    return case, document


@require_GET
def documents(request, pk):
    case = case_for(request, pk)
    found = Document.objects.visible_to(request.user).filter(case=case).select_related("author", "removed_by")
    query = PageForm(request.GET)
    query.is_valid()
    page = query.cleaned_data.get("pagina") or 1
    start = (page - 1) * PER_PAGE
    shown = list(found.present()[start : start + PER_PAGE + 1])
    removed = found.removed().order_by("-removed_at", "-id")[:PER_PAGE]
    context = case_page(
        request,
        case,
        "documents",
        reads="documents_read",
        lines=[document_line(document, case) for document in shown[:PER_PAGE]],
        removed=[document_line(document, case) for document in removed],
        older=page + 1 if len(shown) > PER_PAGE else None,
        newer=page - 1 if page > 1 else None,
        years=settings.DOCUMENT_YEARS,
        log_url="",
    )
    return render(request, "cases/documents.html", context)


def document_line(document, case):
    removed_on = document.removed_at and timezone.localdate(document.removed_at)
    return {
        "document": document,
        "icon": KIND_ICONS[document.kind],
        "readers_icon": READER_ICONS[document.readers],
        "wiped_on": document.wiped_on or wiped_on(case.closed_on, settings.DOCUMENT_YEARS),
        "type": document.file_type,
        "size": filesizeformat(document.size),
        "removed_on": removed_on,
        "restore_until": removed_on and restore_until(removed_on),
    }


@require_http_methods(["GET", "POST"])
def document_add(request, pk):
    case = case_for(request, pk)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("kind", "readers", "file_type", "content")}
        actions.add_document(case=case, by=request.user, **values)
        messages.success(request, "Toegevoegd. Het bestand is gecontroleerd en bewaard.")
        return redirect("cases:documents", case.pk)
    context = case_page(request, case, "documents", form=form, most_bytes=settings.UPLOAD_MAX_BYTES, log_url="")
    return render(request, "cases/document_form.html", context, status=422 if form.errors else 200)


@require_safe
def document_download(request, pk, document_pk):
    case, document = document_for(request, pk, document_pk, Document.objects.visible_to(request.user).present())
    try:
        with document_storage().open(document.path) as file:
            content = file.read()
    except FileNotFoundError:
        audit.record("document_missing", case_id=case.pk, detail={"document": document.pk})
        context = case_page(request, case, "documents", reads=None, log_url="")
        return render(request, "cases/document_gone.html", context, status=GONE)
    audit.record("document_downloaded", case_id=case.pk, detail={"document": document.pk})
    return file_response(document, content)


@csp(SANDBOX)
def file_response(document, content):
    response = HttpResponse(content, content_type=KINDS[document.file_type])
    response["Content-Disposition"] = f'attachment; filename="{document.name}"'
    response["Content-Length"] = len(content)
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_POST
def document_remove(request, pk, document_pk):
    case, document = document_for(request, pk, document_pk, Document.objects.editable_by(request.user).present())
    if actions.remove_document(document=document, by=request.user):
        messages.success(request, "Document verwijderd. Je kunt het dertig dagen lang terugzetten, onder de lijst.")
    return redirect("cases:documents", case.pk)


@require_POST
def document_restore(request, pk, document_pk):
    case, document = document_for(request, pk, document_pk, Document.objects.editable_by(request.user).removed())
    if actions.restore_document(document=document, by=request.user):
        messages.success(request, "Document teruggezet.")
    return redirect("cases:documents", case.pk)
