"""What templates need to draw the interface: icons, Dutch dates, the errors of a form."""

import re
from functools import cache

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from access.dutch_dates import date_text

register = template.Library()

SPRITE = "vendor/bootstrap-icons@1.13.2/sprite.svg"


@register.simple_tag
@cache
def icon(name):
    """A picture beside a word; screen readers hear only the word. Drawn once per process: a page has dozens."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', static(SPRITE), name
    )


@register.filter
def whole_codes(text):
    """A sentence in which the code of a jeugdige stays on one line, though it has a hyphen."""
    parts = re.split(r"(WEL-\d+)", str(text))  # the codes are at the odd places
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="text-nowrap">{}</span>', part) if place % 2 else part,)
            for place, part in enumerate(parts)
        ),
    )


def local_day(moment):
    return timezone.localdate(moment) if hasattr(moment, "tzinfo") else moment


@register.filter
def date_short(moment):
    return date_text(local_day(moment), timezone.localdate()) if moment else ""


@register.filter
def time_short(moment):
    """'15.20 uur', in local time."""
    if not moment:
        return ""
    if hasattr(moment, "date") and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment:%H.%M} uur"


BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "een iPhone"), ("iPad", "een iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS", "een Mac"), ("CrOS", "een Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


@register.filter
def browser_words(user_agent):
    """'Firefox op Windows', from what a browser says of itself; the first that fits, as later ones say they are all."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "Een onbekende browser")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "een onbekend apparaat")
    return f"{browser} op {system}"


def first_control(field):
    """The id a link to this field must go to: a group of choices has an id on its first choice only."""
    if field.is_hidden:
        return ""
    return field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")


@register.simple_tag
def form_errors(*forms):
    """The errors of one or more forms in reading order, each with the id of its field ('' when it has none)."""
    errors = []
    for form in forms:
        if form and form.errors:
            errors += [{"text": text, "target": ""} for text in form.non_field_errors()]
            errors += [{"text": text, "target": first_control(field)} for field in form for text in field.errors]
    return errors
