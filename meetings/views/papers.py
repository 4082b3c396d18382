"""The papers before a table: mailed to the inbrenger, or to print and write on."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from access.pdf import PdfError, take_turn
from cases.views.overview import case_for
from cases.views.papers import pdf_file
from meetings import papers
from meetings.forms.papers import PapersForm
from meetings.papers_mail import inbrengers_of, mail_papers
from meetings.views.prepare import form_page

LEAD = "Drie lege papieren: de casusinbreng, de stem van de jongere en wat een WEL-tafel is. Er staat geen naam in."


@require_http_methods(["GET", "POST"])
def papers_mail(request, pk):
    """After the talk of inbrenger and coördinator (R6.2)."""
    case = case_for(request, pk)
    form = PapersForm(request.POST if request.method == "POST" else None, people=inbrengers_of(case, request.user))
    if form.is_bound and form.is_valid():
        if mail_papers(case=case, user=form.user, address=form.address, by=request.user):
            messages.success(request, "De formulieren gaan per mail.")
            return redirect("prepare:intake", case.pk)
        form.add_error(None, "Je mailde net al veel formulieren. Over een uur kan het weer.")
    return form_page(
        request, case, form, title="Mail de formulieren", lead=LEAD, back="prepare:intake", action="Verstuur"
    )


@require_GET
def voice_blank(request):
    return _paper(request, papers.blank_voice, papers.VOICE_NAME)


@require_GET
def about_table(request):
    return _paper(request, papers.about_table, papers.ABOUT_NAME)


def _paper(request, make, name):
    """The same for everybody, and about nobody."""
    try:
        take_turn()
        return pdf_file(make(), name)
    except PdfError as error:
        messages.warning(request, str(error))
        return redirect("reporting:today")
