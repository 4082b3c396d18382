"""Inzet of one samenwerkingsverband: all lines that it pays, what waits first, on the page and in a file."""

from django.db.models import Case, Count, F, IntegerField, Q, Sum, Value, When

from cases.models import CostLine
from cases.models.inzet import ACCOUNT, ENTER
from cases.views.inzet import lines_of, shown_lines
from regions.models import Samenwerkingsverband, grants_of

HEADER = (
    "Jeugdige", "Activiteit", "Omschrijving", "Direct of indirect", "Stand", "Datum", "Schooljaar", "Kalenderjaar",
    "Bedrag in euro", "Eigen bijdrage", "Subsidie", "Bon of factuur", "Nummer", "Overeenkomst", "Ingevoerd door",
    "Akkoord", "Besloten door", "Besloten op", "Reden",
)  # fmt: skip


def inzet_swvs(user):
    """The SWVs whose inzet this user accounts for, or enters; project staff have none."""
    grants = grants_of(user)
    return Samenwerkingsverband.objects.filter(pk__in=grants.swvs(ACCOUNT) | grants.swvs(ENTER))


def lines_paid_by(swv, user):
    waits = When(decision="", stage__in=CostLine.DUE, then=Value(0))
    lines = lines_of(CostLine.objects.visible_to(user).filter(payer=swv)).select_related("subsidy")
    return lines.annotate(rank=Case(waits, default=Value(1), output_field=IntegerField())).order_by(
        "rank", "-spent_on", "-pk"
    )


def count_and_sum(lines):
    found = lines.aggregate(count=Count("pk"), total=Sum("amount"))
    return found["count"], found["total"] or 0


def hours_of(hours):
    """Sums of hours in sight: of a regular task, of an extra one, and how much of both was for jeugdigen."""
    total = F("hours") * F("persons")
    kinds = {"regular": Q(is_extra=False), "extra": Q(is_extra=True), "of_cases": ~Q(case=None, moved_case=None)}
    found = hours.aggregate(**{name: Sum(total, filter=which) for name, which in kinds.items()})
    return {name: hours or 0 for name, hours in found.items()}


def may_decide(user, line):
    """The answer of `decidable_by` for a line already fetched."""
    return (
        line.payer_id in grants_of(user).swvs(ACCOUNT)
        and user.pk not in (line.entered_by_id, line.changed_by_id)
        and line.stage in CostLine.DUE
    )


def file_rows(lines, sums, user):
    """Per line what the header says; last, as one amount, what was paid for who is no longer shared."""
    for row in shown_lines(lines, user):
        line = row["line"]
        yield (
            line.place,
            line.get_kind_display(),
            line.description,
            "direct" if line.is_direct else "indirect",
            line.stage_word,
            f"{line.spent_on:%d-%m-%Y}",
            line.school_year,
            line.calendar_year,
            euros(line.amount),
            yes_no(line.is_own_contribution),
            line.subsidy.reference or str(line.subsidy),
            yes_no(line.has_receipt),
            line.reference,
            line.agreement or "",
            line.entered_by.name,
            row["state"],
            line.decided_by.name if line.decided_by else "",
            f"{line.decided_at:%d-%m-%Y}" if line.decided_at else "",
            line.decision_reason,
        )
    for one in sums:
        if one.hidden:
            words = "Akkoord voor jeugdigen zonder geldige toestemming"
            yield ("", words, *[""] * 6, euros(one.hidden), *[""] * (len(HEADER) - 9))


def euros(amount):
    """1250,50: a number for a Dutch spreadsheet, that it need not guess."""
    return f"{amount:.2f}".replace(".", ",")


def yes_no(value):
    return "ja" if value else "nee"
