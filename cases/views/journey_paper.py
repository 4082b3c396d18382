"""De Reis to take along: a pdf or a drawing, made while somebody waits and kept nowhere."""

from csp.decorators import csp
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from access import audit
from access.pdf import PdfError
from cases import journey_paper as papers
from cases.forms.journey_paper import JourneyPaperForm
from cases.identity import identities
from cases.journey_paper import Kind
from cases.models import Case
from cases.page import case_page, may_see_name, works_on
from cases.views.document import SANDBOX

UNAVAILABLE = 503


@require_http_methods(["GET", "POST"])
def journey_paper(request, pk):
    """Whoever reads the Reis takes it along as he reads it: a SWV-contact without names."""
    user = request.user
    case = get_object_or_404(Case.objects.visible_to(user).select_related("gemeente", "swv"), pk=pk)
    works, may_name = works_on(user, case), may_see_name(user, case)
    kinds = [Kind.WHOLE] if works else []
    kinds += [Kind.NAMELESS] if may_name or not works else []
    kinds += [Kind.TALK, Kind.MAP]
    form = JourneyPaperForm(request.POST if request.method == "POST" else None, kinds=kinds, may_name=may_name)
    status, failed = 200, ""
    if form.is_bound and form.is_valid():
        try:
            return _file(user, case, works, **form.cleaned_data)
        except PdfError as error:
            status, failed = UNAVAILABLE, str(error)
    elif form.is_bound:
        status = 422
    context = case_page(
        request, case, "journey", reads="journey_read", form=form, failed=failed,
        lacks_nameless=Kind.NAMELESS not in kinds, log_url="",
    )  # fmt: skip
    return render(request, "cases/journey_paper.html", context, status=status)


def _file(user, case, works, *, kind, size, with_name=False):
    today = timezone.localdate()
    without_names = kind == Kind.NAMELESS or not works
    if kind == Kind.MAP:
        content = papers.map_svg(user=user, case=case, today=today, size=size, without_names=without_names)
    else:
        # The database looks once more whether this reader may know the name, and writes that he asked it.
        person = identities([case.pk], "reis afdrukken met voornaam").get(case.pk) if with_name else None
        paper = papers.read_paper(
            user=user,
            case=case,
            today=today,
            first_name=person.first_name if person else "",
            without_names=without_names,
        )
        content = papers.talk_pdf(paper, size) if kind == Kind.TALK else papers.whole_pdf(paper)
    audit.record(
        "journey_exported", case_id=case.pk, detail={"form": kind, **({"with_name": True} if with_name else {})}
    )
    suffix = f"-{size}" if kind in papers.WITH_SIZE else ""
    return _attachment(content, f"{case.code}-{kind}{suffix}.{'svg' if kind == Kind.MAP else 'pdf'}")


@csp(SANDBOX)
def _attachment(content, name):
    response = HttpResponse(content, content_type="image/svg+xml" if name.endswith(".svg") else "application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Length"] = len(content)
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
