"""The mail to the inbrenger with the three papers of R6.2: empty forms, so nothing in it is about anybody."""

from django.urls import reverse

from access import audit
from access.context import acting_as
from access.encryption import open_address, seal_address
from access.mail import Message, absolute_url
from access.mail_queue import mail_kind
from access.models import User
from access.throttle import Limit
from cases.models import Case, CaseMember
from meetings.actions.bringing import bringing_of
from meetings.papers import ABOUT_NAME, VOICE_NAME, about_table, blank_voice, bringing_paper, pdf_of

PDF = "application/pdf"
# To an address outside, in an hour: enough for a day of meetings, too little to bother strangers with.
MOST = Limit("papers", 10, 3600)


def inbrengers_of(case, reader):
    """Who brings it in and who is eigenaar, each once and not the reader; the inbrenger first."""
    roles = (CaseMember.Role.BRINGER, CaseMember.Role.OWNER)
    found = CaseMember.objects.visible_to(reader).filter(case=case, role__in=roles, ends_on=None, user__is_active=True)
    members = sorted(found.exclude(user=reader).select_related("user"), key=lambda member: roles.index(member.role))
    return list({member.user_id: member.user for member in members}.values())


def mail_papers(*, case, user, address, by):
    """To a colleague, or to a typed address. False when it was too often."""
    if not MOST.spend(str(by.pk)):
        return False
    to = {"user_id": user.pk} if user else {"address": seal_address(address)}
    table_papers.queue(case_id=case.pk, by_id=by.pk, **to)
    audit.record("papers_mailed", case_id=case.pk, detail={"to": "een collega" if user else "een getypt adres"})
    return True


@mail_kind
def table_papers(case_id, by_id, user_id=None, address=""):
    """Nothing when who sent it works on this jeugdige no more."""
    by = User.objects.filter(pk=by_id, is_active=True).first()
    to = User.objects.filter(pk=user_id, is_active=True).first() if user_id else None
    if by is None or not (to or address):
        return None
    with acting_as(by):
        case = Case.objects.editable_by(by).filter(pk=case_id).first()
        if case is None:
            return None
        paper = bringing_paper(bringing_of(case, by), blank=True)
    context = {
        "name": to.name if to else "",
        "code": case.code,
        "url": absolute_url(reverse("prepare:bringing", args=[case.pk])) if to else "",
        "asked": ", ".join(part for part in (by.name, by.phone) if part),
    }
    attachments = (
        (paper.file_name, pdf_of(paper), PDF),
        (VOICE_NAME, blank_voice(), PDF),
        (ABOUT_NAME, about_table(), PDF),
    )
    subject = f"Formulieren voor de WEL-tafel, {case.code}"
    return Message("papers", subject, to.email if to else open_address(address), context, attachments)
