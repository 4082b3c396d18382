"""Mail about an account: plain text and HTML, a link, and no personal data but the name in the greeting."""

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


def send_mail(template, *, subject, to, context):
    """Send templates/access/mail/<template>.txt and .html to one address."""
    mail = EmailMultiAlternatives(subject, render_to_string(f"access/mail/{template}.txt", context), to=[to])
    mail.attach_alternative(render_to_string(f"access/mail/{template}.html", context), "text/html")
    mail.send()
