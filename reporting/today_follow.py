"""On Vandaag what has a day: nazorg, a story for a second reader, and what leerplicht decides about keeping."""

from datetime import timedelta

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse

from access.dutch_dates import date_text
from cases.models import Case, Closing, FollowUp, IdentityGrant, RemovalDecision, Story
from cases.models.case import known_by

SOON = timedelta(days=7)
MOST = 60  # rows; the page shows twelve, and all of these when asked

ASKS = {
    "nazorg": ("Vraag hoe het gaat met {}", "Een kort bericht is al genoeg.", "Vraag hoe het gaat"),
    "overdracht": ("Draag {} warm over", "Vraag opnieuw toestemming, en bel de nieuwe collega.", "Leg vast"),
    "herstart": ("Kijk samen wat {} nu nodig heeft", "Weer thuis hoort erbij. Wat is de kleinste stap?", "Leg vast"),
}


def follow_steps(user, today):
    """(kind, id of the row, id of the case, day), soonest first, in one query."""
    let_in = IdentityGrant.objects.narrowed().filter(
        case=OuterRef("case"), user=user, revoked_at=None, until__gte=today
    )
    to_read = Story.objects.visible_to(user).filter(Q(is_ready=True, approved_version=None) & ~Q(author=user))
    to_read = to_read.filter(known_by(user) | Exists(let_in))
    over = Closing.objects.editable_by(user).filter(known_by(user)).due_for_removal(today)
    moments = FollowUp.objects.editable_by(user).open().filter(due_on__lte=today + SOON)
    taken_back = RemovalDecision.objects.visible_to(user).open()
    rows = (
        taken_back.annotate(what=Value("besluit"), day=F("decide_by")),
        moments.annotate(what=F("kind"), day=F("due_on")),
        to_read.annotate(what=Value("verhaal"), day=Cast("updated_at", DateField())),
        over.annotate(what=Value("bewaren"), day=F("remove_on")),
    )
    first, *others = (
        each.order_by().annotate(step=Cast("what", CharField())).values_list("step", "pk", "case_id", "day")
        for each in rows
    )
    return list(first.union(*others, all=True).order_by("day", "pk")[:MOST])


def follow_row(make, step, today):
    what, pk, case_id, day = step
    code = Case(pk=case_id).code
    if what == "verhaal":
        return make(
            when="Te lezen",
            when_note=f"sinds {date_text(day, today)}",
            title=f"Lees het verhaal bij {code} na",
            note="Staat er niemand in? Dan kunnen anderen ervan leren.",
            url=reverse("cases:story_read", args=[case_id, pk]),
            action="Lees na",
        )
    if what == "besluit":
        return make(
            when=date_text(day, today),
            when_note="toestemming ingetrokken",
            title=f"Besluit wat er blijft van {code}",
            note="Bewaren of wissen wat is opgeschreven. Leerplicht beslist.",
            url=reverse("cases:removal", args=[case_id]),
            action="Neem een besluit",
        )
    if what == "bewaren":
        return make(
            when=date_text(day, today),
            when_note="bewaartermijn voorbij",
            title=f"Beslis over het bewaren van {code}",
            note="Er wordt niets vanzelf gewist.",
            url=reverse("cases:follow", args=[case_id]),
            action="Bekijk",
        )
    title, note, action = ASKS[what]
    days = (today - day).days
    return make(
        when=f"{days} {'dag' if days == 1 else 'dagen'} over tijd" if days > 0 else date_text(day, today),
        when_note="nazorg" if what == "nazorg" else "volgen",
        title=title.format(code),
        note=note,
        url=reverse("cases:moment_finish", args=[case_id, pk]),
        action=action,
    )
