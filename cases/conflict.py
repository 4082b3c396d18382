"""Two people in one text: what can go together does, and of the rest nothing is lost before somebody chose.

A form carries a fingerprint per field of the row as it was opened. With that, and without keeping the row as it was,
each field tells who changed it: nobody, one of the two, or both. One mechanism for the logboek and De Reis.
"""

import hashlib
from dataclasses import dataclass

from django import forms
from django.db import models

# What the page of a conflict sends beside the ordinary fields of the form.
CHOICE, MINE, THEIRS, BOTH = "keuze-{}", "mijn-{}", "hun-{}", "allebei-{}"
STATUS = 409


def _digest(value):
    value = "" if value is None or value is False else str(value)
    return hashlib.sha256(value.encode()).hexdigest()[:12]


def fingerprint(row, fields):
    """A few characters per field: enough to see that it changed, too little to read it back."""
    return ".".join(_digest(getattr(row, name)) for name in fields)


@dataclass(frozen=True)
class Merge:
    """What comes of two versions: `values` to save, unless there are `overlapping` fields to choose first."""

    row: models.Model  # as it is now
    values: dict
    overlapping: tuple
    taken_over: tuple  # changed by the other, left alone by this one

    @property
    def is_settled(self):
        return not self.overlapping


def merge(row, mine, seen, together=()):
    """`mine` against `row` as it is now; `seen` is the fingerprint of the fields of `mine` when the form was opened.

    `together` are groups of fields that only make sense as a whole: a change by both in one group is an overlap.
    """
    names = list(mine)
    parts = seen.split(".") if seen else []
    before = dict(zip(names, parts, strict=True)) if len(parts) == len(names) else {}
    differing = [name for name in names if _digest(getattr(row, name)) != _digest(mine[name])]
    by_them = {name for name in names if before.get(name) != _digest(getattr(row, name))}
    by_me = {name for name in differing if before.get(name) != _digest(mine[name])}
    overlapping = {name for name in differing if name in by_them and name in by_me}
    for group in together:
        if by_them.intersection(group) and by_me.intersection(group):
            overlapping |= set(differing).intersection(group)
    taken_over = tuple(name for name in differing if name in by_them and name not in by_me and name not in overlapping)
    return Merge(
        row=row,
        values={name: getattr(row, name) if name in taken_over else mine[name] for name in names},
        overlapping=tuple(name for name in names if name in overlapping),
        taken_over=taken_over,
    )


def resolved(data):
    """The answers of a form; where the page of a conflict asked, those that were chosen there."""
    chosen = {key.removeprefix(CHOICE.format("")): data[key] for key in data if key.startswith(CHOICE.format(""))}
    if not chosen:
        return data
    data = data.copy()
    for name, choice in chosen.items():
        source = {"mijn": MINE, "hun": THEIRS, "allebei": BOTH}.get(choice, MINE).format(name)
        data[name] = data.get(source, data.get(name, ""))
    for key in list(data):
        if key.startswith(tuple(part.format("") for part in (CHOICE, MINE, THEIRS, BOTH))):
            del data[key]
    return data


def _raw(form, name, value):
    """The value as the form sends it."""
    if isinstance(value, bool):
        return "on" if value else ""
    value = form.fields[name].prepare_value(value)
    return "" if value is None else str(value)


def _shown(row, name, value):
    """The value as a person reads it."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    field = next((field for field in row._meta.fields if field.name == name), None)
    if field and field.choices:  # an answer to a question of a vragenlijst is no column
        return dict(field.flatchoices).get(value, "")
    return "" if value is None else value


def page(form, merged, mine, *, user, by=None, at=None):
    """What templates/cases/conflict.html shows; `form` is the form that was sent, and valid."""
    row = merged.row
    fields = []
    for name in merged.overlapping:
        field, theirs = form.fields[name], getattr(row, name)
        is_long = isinstance(field.widget, forms.Textarea)
        texts = [text for text in (str(theirs or ""), str(mine[name] or "")) if text] if is_long else []
        fields.append(
            {
                "name": name,
                "label": field.label,
                "is_text": isinstance(field.widget, forms.TextInput | forms.Textarea),
                "is_long": is_long,
                "theirs": _shown(row, name, theirs),
                "mine": _shown(row, name, mine[name]),
                "theirs_raw": _raw(form, name, theirs),
                "mine_raw": _raw(form, name, mine[name]),
                "both": "\n\n".join(texts),
                "rows": min(16, 4 + sum(len(text) // 60 for text in texts)),
            }
        )
    settled = {name: _raw(form, name, value) for name, value in merged.values.items() if name not in merged.overlapping}
    settled["seen"] = fingerprint(row, list(mine))
    return {
        "by": by.short_name if by else "",
        "is_own": by is not None and by == user,
        "at": at,
        "fields": fields,
        "taken_over": [form.fields[name].label for name in merged.taken_over],
        "hidden": [(name, value) for name, value in settled.items() if value],
    }


def beside(form, row, mine, *, user, by=None, at=None):
    """What templates/cases/conflict_beside.html shows above a short form: what stands there now, and what one wrote.

    For a row that is saved as a whole: a period, an amount, what the Overzicht says. `form` already goes on from `row`.
    """
    return {
        "by": by.short_name if by else "",
        "is_own": by is not None and by == user,
        "at": at,
        "fields": [
            {
                "label": form.fields[name].label,
                "theirs": _shown(row, name, getattr(row, name)),
                "mine": _shown(row, name, value),
            }
            for name, value in mine.items()
            if getattr(row, name) != value
        ],
    }


def told(form, merged, by, user):
    """One sentence on what was put together without asking, or nothing."""
    if not merged.taken_over:
        return ""
    labels = " en ".join(f"‘{form.fields[name].label}’" for name in merged.taken_over)
    who = "In een ander venster paste je" if by == user else f"{by.short_name if by else 'Iemand anders'} paste"
    return f" {who} ook iets aan. Dat bleef staan: {labels}."
