"""Brief en formulieren: a letter or a consent form as a pdf, with no more of the youth on it than was asked for."""

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from access import audit
from access.pdf import PdfError, take_turn
from cases.forms.papers import PaperForm
from cases.identity import identities
from cases.models import Case
from cases.page import case_page
from cases.papers import FORM_VERSION, kind_for, paper_of, pdf_of
from cases.rules.ages import age_from_month
from cases.views.consent import case_for

GROUND = "naam op een formulier"
# A file never runs as a page of ours.
SANDBOX = {"default-src": [NONE], "frame-ancestors": [NONE], "sandbox": True}


@require_http_methods(["GET", "POST"])
def case_papers(request, pk):
    case = case_for(request, pk, Case.objects.known_to(request.user))
    if case.is_signal:  # nobody is known who could sign
        raise Http404
    age = age_from_month(case.birth_year, case.birth_month, timezone.localdate()).years
    kind = kind_for(age, case.cannot_judge)
    form, status = PaperForm(request.POST or None, case=case, user=request.user, kind=kind), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _download(case, form.cleaned_data)
            except PdfError as error:
                form.add_error(None, str(error))
                status = 503
    context = case_page(request, case, "consent", log_url="", form=form, form_version=FORM_VERSION)
    return render(request, "cases/papers_form.html", context, status=status)


@csp(SANDBOX)
def pdf_file(content, name):
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Length"] = len(content)
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _download(case, chosen):
    """Read all of it, then lay out; the name through the function that logs the look."""
    take_turn()
    name = ""
    if chosen["with_name"]:
        person = identities([case.pk], GROUND).get(case.pk)
        name = str(person or "")
    paper = paper_of(
        case,
        kind=chosen["kind"],
        purposes=chosen["purposes"],
        parties=chosen["parties"],
        until=chosen["until"],
        contact=chosen["contact"],
        code=case.code if chosen["with_code"] else "",
        name=name,
        years=settings.DOCUMENT_YEARS,
    )
    content = pdf_of(paper)
    detail = {"paper": paper.kind, "form_version": paper.version, "with_name": bool(name)}
    audit.record("consent_paper_made", case_id=case.pk, detail=detail)
    return pdf_file(content, paper.file_name)
