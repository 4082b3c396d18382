"""Mail: plain text and HTML, a link, and no personal data but the name in the greeting."""

from dataclasses import dataclass
from email.utils import parseaddr

from allauth.core import context
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def absolute_url(path):
    """A full link; WEL_URL decides, else the host of this request, which ALLOWED_HOSTS has checked."""
    if settings.SITE_URL:
        return settings.SITE_URL.rstrip("/") + path
    request = context.request
    return request.build_absolute_uri(path) if request else f"http://localhost:8000{path}"


@dataclass(frozen=True)
class Message:
    """One mail to one address: templates/access/mail/<template>.txt and .html, with what they show.

    `attachments` are (name, content, type), as Django takes them; `when_sent` is called once it left.
    """

    template: str
    subject: str
    to: str
    context: dict
    attachments: tuple = ()
    when_sent: object = None

    def render(self, message_id, connection):
        """For Django's mail; a mailbox that gets the same id twice shows it once."""
        name = f"access/mail/{self.template}"
        mail = EmailMultiAlternatives(
            self.subject,
            render_to_string(f"{name}.txt", self.context),
            to=[self.to],
            headers={"Message-ID": f"<{message_id}@{_domain()}>"},
            attachments=self.attachments,
            connection=connection,
        )
        mail.attach_alternative(render_to_string(f"{name}.html", self.context), "text/html")
        return mail


def _domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
