"""What asks attention today, per role, from what exists; each row names a next step and never blames."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils import timezone

from access.dutch_dates import date_text
from access.models import User, short_name
from access.money import amount_text
from access.school_year import school_year
from cases.doubles import open_doubles
from cases.models import Case, CostLine, LogEntry
from cases.models.case import member_case_ids
from cases.models.legal_status import count_asking
from regions.models import Role, Subsidy, grants_of
from reporting.accounts import complete_counts
from reporting.documents import progress_text
from reporting.models import AccountabilityReport
from reporting.today_cases import ASKS, FIRST, survey_cases
from reporting.today_follow import follow_row, follow_steps
from reporting.today_people import people_rows
from reporting.today_row import Row

MOST_ROWS = 12
SPARK_DAYS = 7


@dataclass(frozen=True)
class Tile:
    number: int
    noun: str
    period: str
    url: str = ""


@dataclass(frozen=True)
class Spark:
    """A lichtje: what was said, by whom it was heard, and with which jeugdige."""

    text: str
    heard_by: str
    case: Case


@dataclass(frozen=True)
class Today:
    rows: list[Row]
    total: int
    tiles: list[Tile]
    sparks: list[Spark]
    may_register: bool
    may_write: bool


def quote_in(text):
    """The words between quotation marks when there are any, else the whole text."""
    start, end = text.find("‘"), text.rfind("’")
    return text[start + 1 : end] if 0 <= start < end - 1 else text


def read_today(*, user, today, all_rows=False):
    grants = grants_of(user)
    rows, tiles, sparks, folded = [], [], [], 0
    if grants.may("work_on_cases"):
        rows += _doubles(today)
    works = grants.may("register_cases") or grants.may("work_on_cases") or bool(member_case_ids(user))
    if works:
        survey, steps = survey_cases(user, today, len(ASKS) * FIRST if all_rows else MOST_ROWS)
        exemptions = _exemptions(user, today, survey["exemption_terms"]) if grants.may("register_cases") else None
        if exemptions and exemptions.is_dated:
            rows.append(exemptions.row)
        follow, unseen = _follow(user, today, all_rows)
        rows += follow + people_rows(today)
        shown = [(make_row, case) for make_row, case in steps if case]
        rows += [make_row(case, today) for make_row, case in shown]
        folded = unseen + len(steps) - len(shown)
        if exemptions and not exemptions.is_dated:
            rows.append(exemptions.row)
        tiles = _tiles(survey, today)
        entries = LogEntry.objects.visible_to(user).values_list("text", "author__name", "case_id")
        week = today - timedelta(days=SPARK_DAYS)
        sparks = [
            Spark(quote_in(text), short_name(author), Case(pk=case_id))
            for text, author, case_id in entries.filter(is_spark=True, happened_on__gt=week)[:2]
        ]
    else:  # who only sits at a table, or works on something else
        rows, folded = _follow(user, today, all_rows)
    if grants.may("account_for_subsidies"):
        rows += _to_agree(user, today)
        rows += _accounting(grants.swvs("account_for_subsidies"), user, today)
    if Role.PROJECT in grants.roles:
        rows += _national(user, today)
    if Role.BEHEER in grants.roles:
        rows += _people()
    if Role.FG in grants.roles:
        rows.append(
            Row("Deze week", "Bekijk wie namen inzag", "Het logboek inzage is er om regelmatig te lezen.",
                reverse("regions:audit"), "Lees het logboek")
        )  # fmt: skip
    return Today(
        rows=rows if all_rows else rows[:MOST_ROWS],
        total=len(rows) + folded,
        tiles=tiles,
        sparks=sparks,
        may_register=grants.may("register_cases"),
        may_write=works,
    )


def _follow(user, today, all_rows):
    """The rows that can be on the page, and how many more there are: making one costs more than asking for it."""
    steps = follow_steps(user, today)
    shown = steps if all_rows else steps[:MOST_ROWS]
    return [follow_row(step, today) for step in shown], len(steps) - len(shown)


def _doubles(today):
    """For a coördinator: the same youth perhaps known in two places; who it is stands nowhere here."""
    return [
        Row(
            when="Misschien dubbel",
            when_note=f"opgemerkt {date_text(double.found_on, today)}",
            title=(
                f"Een jeugdige van {double.own.swv.short} is misschien twee keer aangemeld"
                if double.own.swv == double.other.swv
                else f"Een jeugdige van {double.own.swv.short} is misschien ook bekend bij {double.other.swv.short}"
            ),
            note="Bel elkaar. Een naam heb je niet nodig.",
            url=reverse("cases:possible_double", args=[double.id]),
            action="Bekijk",
        )
        for double in open_doubles()
    ]


@dataclass(frozen=True)
class Exemptions:
    """One row for all. With a date in it, it comes before the casework; a plan that is not there yet can wait."""

    row: Row
    is_dated: bool


def _exemptions(user, today, terms):
    """For leerplicht: exemptions that end, need a notice or a new look, or have no plan."""
    counts = count_asking(user, today, terms)
    total = counts["total"]
    if not total:
        return None
    words = (
        (counts["ends_soon"], "loopt binnenkort af", "lopen binnenkort af"),
        (counts["needs_notice"], "kennisgeving te vragen", "kennisgevingen te vragen"),
        (counts["needs_review"], "keer opnieuw kijken", "keer opnieuw kijken"),
        (counts["lacks_plan"], "zonder plan", "zonder plan"),
    )
    return Exemptions(
        Row(
            when="Vrijstelling",
            when_note="in verbinding",
            title="1 vrijstelling vraagt aandacht" if total == 1 else f"{total} vrijstellingen vragen aandacht",
            note=", ".join(f"{number} {one if number == 1 else more}" for number, one, more in words if number) + ".",
            url=reverse("cases:exemptions"),
            action="Bekijk vrijstellingen",
        ),
        is_dated=bool(counts["ends_soon"] + counts["needs_notice"] + counts["needs_review"]),
    )


def _tiles(survey, today):
    """Counts over the cases this person may see; never shown as a row of zeros."""
    if not survey["seen"]:
        return []
    here = reverse("cases:list")
    return [
        Tile(survey["seen"], "jeugdigen", "nu te openen", here),
        Tile(survey["underway"], "jeugdigen op reis", "nu", f"{here}?status=op_reis"),
        Tile(survey["shared"], "met toestemming", "nu", f"{here}?toestemming=geldig"),
        Tile(survey["new"], "nieuw aangemeld", f"schooljaar {school_year(today)}"),
    ]


def _accounting(swv_ids, user, today):
    """The SWV's own accounts: how many Reizen are complete, and the way to what is missing."""
    rows = []
    subsidies = {
        row.swv_id: row for row in Subsidy.objects.visible_to(user).filter(swv_id__in=swv_ids).select_related("swv")
    }
    last = {}
    reports = AccountabilityReport.objects.visible_to(user).filter(swv_id__in=swv_ids).defer("file")
    for report in reports.select_related("swv").order_by("requested_at"):
        last[report.swv_id] = report
    if not subsidies:
        rows.append(
            Row("Nieuw", "Vul de subsidie in", "Het bedrag en het kenmerk staan in de beschikking.",
                reverse("reporting:accounts"), "Vul in")
        )  # fmt: skip
    complete = complete_counts(user=user, subsidies=subsidies.values(), today=today)
    for swv_id, subsidy in subsidies.items():
        report = last.get(swv_id)
        ready = report and report.status == AccountabilityReport.Status.DONE
        rows.append(
            Row(
                when=f"tot {date_text(subsidy.ends_on, today)}",
                when_note=f"subsidie ronde {subsidy.round}",
                title=f"{progress_text(complete[subsidy.pk])} bij {subsidy.swv.short}",
                note=f"Laatste pdf: versie {report.version}." if ready else "Bekijk wat nog mist en maak de pdf.",
                url=reverse("reporting:accounts_detail", args=[subsidy.swv.key]),
                action="Bekijk de reizen",
            )
        )
    return rows


def _to_agree(user, today):
    """Inzet that waits for this person: what he entered himself waits for another."""
    waiting = (
        CostLine.objects.decidable_by(user)
        .waiting()
        .values("payer__key", "payer__code")
        .annotate(lines=Count("pk"), amount=Sum("amount"), oldest=Min("entered_at"))
        .order_by("oldest")
    )
    return [
        Row(
            when="Te beslissen",
            when_note=f"sinds {date_text(timezone.localdate(one['oldest']), today)}",
            title=f"Inzet van {one['payer__code'] or one['payer__key']} wacht op akkoord",
            note=f"{_count(one['lines'])}, samen € {amount_text(one['amount'])}.",
            url=reverse("reporting:inzet", args=[one["payer__key"]]) + "?akkoord=wacht",
            action="Beslis",
        )
        for one in waiting
    ]


def _count(lines):
    return "Eén regel" if lines == 1 else f"{lines} regels"


def _national(user, today):
    """For project staff: how many SWVs take part, and the pdfs that are ready."""
    taking_part = Subsidy.objects.visible_to(user).count()
    rows = [
        Row(
            when="1 SWV" if taking_part == 1 else f"{taking_part} SWV’s",
            when_note="met een subsidie",
            title="Maak een verantwoording",
            note="Kies een samenwerkingsverband. Je ziet codes, geen namen.",
            url=reverse("reporting:accounts") + "?subsidie=ja",
            action="Kies een SWV",
        )
    ]
    ready = (
        AccountabilityReport.objects.visible_to(user)
        .filter(made_by=user, status=AccountabilityReport.Status.DONE, finished_at__date__gt=today - timedelta(days=7))
        .select_related("swv")
        .order_by("-finished_at")
        .defer("file")
    )
    rows += [
        Row(
            when=date_text(report.finished_at.date(), today),
            when_note="pdf klaar",
            title=f"De verantwoording van {report.swv.short} staat klaar",
            note=f"Schooljaar {report.school_year}, versie {report.version}.",
            url=reverse("reporting:accounts_detail", args=[report.swv.key]),
            action="Open",
        )
        for report in ready[:5]
    ]
    return rows


def _people():
    waiting = User.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX).count()
    if not waiting:
        return []
    return [
        Row(
            when=f"{waiting} open",
            title="Uitnodigingen die nog niet zijn gebruikt",
            note="Een link werkt 7 dagen. Daarna kun je een nieuwe sturen.",
            url=reverse("regions:people") + "?account=uitgenodigd",
            action="Bekijk mensen",
        )
    ]
