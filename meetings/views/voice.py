"""Stem, for the people around a jeugdige: inviting, withdrawing, and reading what the youth gave."""

import base64
import io
from urllib.parse import quote

import qrcode
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathImage

from access import audit
from access.mail import absolute_url
from cases.models import Case, CaseMember
from cases.models.document import document_storage
from cases.page import case_page
from cases.views.document import file_response
from meetings.actions import voice as actions
from meetings.forms.voice import InviteForm
from meetings.models import VoiceAnswer, VoiceDrawing
from meetings.models.voice import owned_case_ids
from meetings.rules.voice import QUESTIONS, expires_on
from meetings.voice import first_name, has_begun, voice_state
from regions.models import grants_of

GONE = 410


def case_for(request, pk):
    return get_object_or_404(Case.objects.editable_by(request.user).select_related("gemeente", "swv"), pk=pk)


def may_invite(user, case):
    """The eigenaar and, while it is shared, the coördinator; the same in SQL: INVITES in migrations/_0003_sql.py."""
    leads = case.swv_id in grants_of(user).swvs("work_on_cases") and case.is_shared(timezone.localdate())
    return case.closed_on is None and (leads or case.pk in owned_case_ids(user))


def case_to_invite(request, pk):
    case = case_for(request, pk)
    if not may_invite(request.user, case):
        raise Http404
    return case


def voice_page(request, case, *, form=None, invitation=None, status=200):
    user = request.user
    is_owner = case.pk in owned_case_ids(user)
    state = voice_state(case, user)
    now = timezone.now()
    is_open = state.link is not None and state.link.is_open(now)
    context = case_page(
        request,
        case,
        "voice",
        reads="voice_read",
        state=state,
        is_open=is_open,
        is_owner=is_owner,
        may_invite=may_invite(user, case),
        lines=answer_lines(case, user),
        drawing=drawing_of(case, user),
        form=form or InviteForm(case=case, user=user),
        invitation=invitation,
        log_url="",
    )
    if is_owner and state.is_received:
        actions.mark_read(case=case)
    return render(request, "meetings/voice.html", context, status=status)


def answer_lines(case, user):
    """What this reader may read of the newest that came in, in the order of the questions."""
    given = list(VoiceAnswer.objects.visible_to(user).filter(case=case))
    newest = max((answer.link_id for answer in given), default=None)
    found = {answer.question: answer for answer in given if answer.link_id == newest}
    return [
        {"question": one, "answer": found[one.key], "choice": one.choice_word(found[one.key].choice)}
        for one in QUESTIONS
        if one.key in found
    ]


def drawing_of(case, user):
    return VoiceDrawing.objects.visible_to(user).filter(case=case).order_by("-link_id").first()


@require_safe
def voice(request, pk):
    return voice_page(request, case_for(request, pk))


@sensitive_post_parameters()
@require_POST
def invite(request, pk):
    """The answer to this press shows the link, once: it is kept nowhere."""
    case = case_to_invite(request, pk)
    token, form = make_link(request, case)
    if token is None:
        return voice_page(request, case, form=form, status=422)
    return voice_page(request, case, invitation=invitation_of(request, case, token))


@sensitive_post_parameters()
@require_POST
def together(request, pk):
    """Fill it in beside each other: the same form, on this device."""
    case = case_to_invite(request, pk)
    token, form = make_link(request, case, ground="samen invullen")
    if token is None:
        return voice_page(request, case, form=form, status=422)
    return redirect("voice:start", token)


def make_link(request, case, *, ground=""):
    """(token, form); no token when the page was too old for it."""
    form = InviteForm(request.POST, case=case, user=request.user)
    if form.is_valid():
        token = form.cleaned_data["link"]
        if actions.invite(case=case, token=token, today=timezone.localdate(), ground=ground):
            return token, form
        form.add_error("link", "Deze link is al ingetrokken. Druk nog een keer op de knop.")
    fresh = InviteForm(case=case, user=request.user)
    fresh.problem = form.errors["link"][0]
    return None, fresh


def invitation_of(request, case, token):
    """The link, and words to send along; nothing in them says what it is about or who it is."""
    url = absolute_url(reverse("voice:start", args=[token]))
    found = CaseMember.objects.visible_to(request.user).filter(case=case, role=CaseMember.Role.OWNER, ends_on=None)
    member = found.select_related("user").first()
    sender = member.user if member else request.user
    talk = f"Bel of app {sender.phone}." if sender.phone else "Laat het weten."
    text = (
        f"Hoi, {first_name(sender.name)} wil graag weten wat jij wilt. 8 korte vragen, je mag alles overslaan:\n"
        f"{url}\nLiever praten? {talk}"
    )
    return {
        "url": url,
        "text": text,
        "until": expires_on(timezone.localdate()),
        "sms_url": f"sms:?&body={quote(text)}",
        "mail_url": f"mailto:?subject={quote('Wat wil jij?')}&body={quote(text)}",
        "qr": qr_image(url),
    }


def qr_image(url):
    """The link as a picture in the page itself, so that it is asked of no server."""
    drawn = io.BytesIO()
    qrcode.make(url, image_factory=SvgPathImage, border=2).save(drawn)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"


@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    case = case_to_invite(request, pk)
    if request.method == "POST":
        if actions.withdraw(case=case):
            messages.success(request, "Ingetrokken. De link werkt niet meer.")
        return redirect("voice:voice", pk)
    state = voice_state(case, request.user)
    if state.link is None or not state.link.is_open(timezone.now()):
        return redirect("voice:voice", pk)
    context = case_page(request, case, "voice", state=state, begun=has_begun(case), log_url="")
    return render(request, "meetings/voice_withdraw.html", context)


@require_safe
def drawing(request, pk):
    case = case_for(request, pk)
    found = drawing_of(case, request.user)
    if found is None:
        raise Http404
    found.case = case
    try:
        with document_storage().open(found.path) as file:
            content = file.read()
    except FileNotFoundError:
        audit.record("document_missing", case_id=case.pk)
        context = case_page(request, case, "voice", reads=None, log_url="")
        return render(request, "cases/document_gone.html", context, status=GONE)
    audit.record("voice_drawing_downloaded", case_id=case.pk)
    return file_response(found, content)
