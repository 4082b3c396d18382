"""Turns the kept texts of De Reis into what its history page shows, and into a form that goes on from one of them."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, OuterRef, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from access.dutch_dates import date_text
from cases.forms.companion import CompanionForm
from cases.forms.journey import CHAPTERS, StopForm
from cases.forms.own_words import OwnWordsMixin
from cases.forms.reflection import ReflectionForm
from cases.models import JourneyVersion

FORMS = {"halte": StopForm, "reisgenoot": CompanionForm, "reflectie": ReflectionForm}


@dataclass(frozen=True)
class Earlier:
    version: JourneyVersion
    parts: tuple  # of (label, text as a person reads it)
    may_take_over: bool


def form_of(part):
    return FORMS[part] if part in FORMS else CHAPTERS[part].form


def lines(versions, part, today):
    """The newest first; the first of them is what it says now."""
    form = form_of(part)
    return [
        Earlier(one, tuple(_parts(one.texts, form, today)), may_take_over=bool(_restorable(one.texts, form)))
        for one in versions
    ]


def _parts(texts, form, today):
    for name, field in form.base_fields.items():
        value = texts.get(name)
        if value in (None, "", False):
            continue
        yield field.label or str(form._meta.model._meta.get_field(name).verbose_name), _shown(form, name, value, today)


def _shown(form, name, value, today):
    column = form._meta.model._meta.get_field(name)
    if value is True:
        return "ja"
    if column.choices:
        return dict(column.flatchoices).get(value, value)
    if isinstance(column, models.DateField):
        return date_text(date.fromisoformat(value), today)
    return value


def _restorable(texts, form):
    """What a form may begin with: all of it but the own words of a youth, which are only ever added to."""
    own = {form.words, form.said_on} if issubclass(form, OwnWordsMixin) else set()
    return {
        name: form._meta.model._meta.get_field(name).to_python(value)
        for name, value in texts.items()
        if name in form.base_fields and name not in own and (value not in (None, "") or _is_text(form, name))
    }


def _is_text(form, name):
    return isinstance(form.base_fields[name], forms.CharField)


def taken_over(request, case, part, row=None):
    """The earlier text that this form begins with, asked for by `?eerder=`, and what of it goes in the form."""
    pk = request.GET.get("eerder", "")
    if not (pk.isdecimal() and len(pk) < 16):
        return None, {}
    found = JourneyVersion.objects.visible_to(request.user).filter(case=case).of(part, row).filter(pk=pk).first()
    return (found, _restorable(found.texts, form_of(part))) if found else (None, {})


def with_marks(cases, user):
    """Cases that also tell which parts of their Reis said something else before, in the same question to the database.

    `changed` holds "plan" for a chapter and "halte:12" for one of the rest; read it with `is_changed`.
    """
    row = Coalesce("stop_id", "companion_id", "reflection_id")
    name = Concat(
        "part", Case(When(row_id=None, then=Value("")), default=Concat(Value(":"), Cast("row_id", models.CharField())))
    )
    versions = JourneyVersion.objects.visible_to(user).filter(case=OuterRef("pk")).order_by()
    marks = versions.annotate(row_id=row).annotate(name=name).values("name").annotate(texts=Count("pk"))
    return cases.annotate(changed=ArraySubquery(marks.filter(texts__gt=1).values("name")))


def is_changed(case, part, row=None):
    return (f"{part}:{row.pk}" if row else part) in (case.changed or ())
