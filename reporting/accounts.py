"""Reads what a samenwerkingsverband accounts for: one document for page and pdf, so that they always agree."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse

from access.school_year import school_year
from cases import journey_view, route_map
from cases.identity import take_out_names
from cases.models import CaseMember, CostLine, Inclusion, Journey, Stop
from cases.models.inzet import ACCOUNT
from cases.rules import journey as rules
from cases.views.inzet import lines_of, shown_lines
from regions.actions import open_accounts
from regions.models import Role, Samenwerkingsverband, Subsidy, grants_of
from reporting.documents import (
    AccountabilityDocument,
    CaseLine,
    Distance,
    JourneySpread,
    Quote,
    Sign,
    StopRow,
    Theme,
    UsedMeans,
    content_checksum,
)
from reporting.documents import Subsidy as SubsidyLines

SEEN = {Journey.Seen.YES: True, Journey.Seen.NOT_YET: False}
SCALE = tuple(Journey.Distance.labels)
EMPTY_JOURNEY = Journey()


def accountable_swvs(user):
    """The SWVs whose accounts this user opens: the own ones, or for project staff all of them."""
    grants = grants_of(user)
    if Role.PROJECT in grants.roles:
        return Samenwerkingsverband.objects.all()
    return Samenwerkingsverband.objects.filter(pk__in=grants.swvs("account_for_subsidies"))


@dataclass(frozen=True)
class Gap:
    """Something still missing in one Reis, and where to write it down."""

    label: str
    url: str


@dataclass(frozen=True)
class Progress:
    """One youth on the page: how far the Reis is, what is missing, and who can help."""

    line: CaseLine
    url: str
    owner: str
    parts: tuple[bool, ...]
    gaps: tuple[Gap, ...]

    @property
    def status(self):
        if not self.line.eligible:
            return "telt niet mee"
        if self.line.complete or not self.url:
            return "compleet" if self.line.complete else "nog niet compleet"
        return f"{sum(self.parts)} van {len(self.parts)} onderdelen"


@dataclass(frozen=True)
class Accounts:
    document: AccountabilityDocument
    progress: tuple[Progress, ...]


def read_accounts(*, user, swv, today, version=0, role="", ground="verantwoording bekijken", with_journeys=True):
    """The accounts of one SWV on `today` for somebody who may see them; the page needs no spread per Reis.

    Project staff have no access to journeys: for them the database opens this SWV's pseudonymous Reizen until the end
    of the transaction, and writes `ground` in the log first.
    """
    if Role.PROJECT in grants_of(user).roles:
        open_accounts(user=user, swv=swv, ground=ground)
    subsidy = Subsidy.objects.visible_to(user).filter(swv=swv).order_by("-round").first()
    inclusions = list(
        Inclusion.objects.visible_to(user)
        .filter(swv=swv, subsidy=subsidy, included_on__lte=today, case__shared_until__gte=today)
        .select_related("case")
    )
    ids = [inclusion.case_id for inclusion in inclusions]
    journeys = {journey.case_id: journey for journey in Journey.objects.visible_to(user).filter(case_id__in=ids)}
    stops, used = defaultdict(list), {}
    if with_journeys:
        used = _used_means(user, swv, ids)
        for stop in Stop.objects.visible_to(user).filter(case_id__in=ids):
            stops[stop.case_id].append(stop)
        take_out_names(ids, [*journeys.values(), *(stop for rows in stops.values() for stop in rows)])
    owners = {
        member.case_id: member.user.short_name
        for member in CaseMember.objects.visible_to(user)
        .filter(case_id__in=ids, role=CaseMember.Role.OWNER, ends_on=None)
        .select_related("user")
    }
    may_edit = swv.pk in grants_of(user).swvs("work_on_cases")
    may_see_money = swv.pk in grants_of(user).swvs(ACCOUNT)

    progress, spreads = [], []
    for inclusion in inclusions:
        journey = journeys.get(inclusion.case_id, EMPTY_JOURNEY)
        missing = rules.missing_items(journey_view.journey_texts(journey))
        line = _case_line(inclusion, missing)
        progress.append(
            Progress(
                line=line,
                url=reverse("cases:journey", args=[inclusion.case_id]),
                owner=owners.get(inclusion.case_id, ""),
                parts=tuple(item not in missing for item in rules.ITEMS),
                gaps=tuple(_gap(inclusion.case_id, item, may_edit) for item in missing),
            )
        )
        if with_journeys:
            means = used.get(inclusion.case_id, ()) if may_see_money else None
            spreads.append(_spread(line, inclusion.case, journey, stops[inclusion.case_id], means, today))

    for inclusion in _handed_over(user, [subsidy], today) if subsidy else ():
        progress.append(_moved_progress(inclusion))

    content = {
        "swv": str(swv),
        "swv_code": swv.short,
        "school_year": school_year(today),
        "subsidy": _subsidy_lines(subsidy),
        "made_on": today,
        "made_by": user.name,
        "made_by_role": role or _role_of(user),
        "cases": tuple(row.line for row in progress),
        "journeys": tuple(spreads),
    }
    checksum = content_checksum(AccountabilityDocument(**content, version=version))
    return Accounts(AccountabilityDocument(**content, version=version, checksum=checksum), tuple(progress))


def complete_counts(*, user, subsidies, today):
    """How many Reizen count for each of these subsidies, by its id: the same rule as the accounts, in two questions."""
    counted = dict(
        Inclusion.objects.visible_to(user)
        .filter(subsidy__in=subsidies, is_eligible=True, included_on__lte=today, case__shared_until__gte=today)
        .values_list("case_id", "subsidy_id")
    )
    journeys = Journey.objects.visible_to(user).filter(case_id__in=counted)
    complete = [
        counted[journey.case_id] for journey in journeys if rules.is_complete(journey_view.journey_texts(journey))
    ]
    return Counter(complete) + Counter(
        inclusion.subsidy_id
        for inclusion in _handed_over(user, subsidies, today)
        if inclusion.was_complete and inclusion.is_eligible
    )


def _handed_over(user, subsidies, today):
    """Whoever went to another SWV since: counted here, with a Reis that stands as it was on that day (R3.3)."""
    rows = Inclusion.objects.visible_to(user).handed_over()
    return rows.filter(subsidy__in=subsidies, included_on__lte=today).order_by("included_on", "pk")


def _moved_progress(inclusion):
    done = inclusion.was_complete
    line = CaseLine(
        code=inclusion.code,
        category=inclusion.get_situation_display(),
        included_on=inclusion.included_on,
        status="Overgedragen",
        complete=done,
        eligible=inclusion.is_eligible,
        remark="Overgedragen aan een ander samenwerkingsverband. De Reis was toen "
        + ("compleet." if done else "nog niet compleet."),
    )
    return Progress(line=line, url="", owner="", parts=(done,) * len(rules.ITEMS), gaps=())


def _role_of(user):
    """The role in which somebody makes accounts, for the cover."""
    return Role.PROJECT.label if Role.PROJECT in grants_of(user).roles else Role.SWV_CONTACT.label


def _gap(case_id, item, may_edit):
    if may_edit:
        url = reverse("cases:journey_chapter", args=[case_id, journey_view.CHAPTER_OF_ITEM[item.key]])
    else:
        url = reverse("cases:journey", args=[case_id])
    return Gap(label=item.label, url=url)


def _case_line(inclusion, missing):
    return CaseLine(
        code=inclusion.case.code,
        category=inclusion.get_situation_display(),
        included_on=inclusion.included_on,
        status=inclusion.case.status_word[1],
        complete=not missing,
        eligible=inclusion.is_eligible,
        missing=tuple(item.label for item in missing),
    )


def _subsidy_lines(subsidy):
    if subsidy is None:
        return None
    return SubsidyLines(
        regeling=subsidy.scheme,
        kenmerk=subsidy.reference,
        ronde=subsidy.round,
        amount=subsidy.amount,
        starts_on=subsidy.starts_on,
        ends_on=subsidy.ends_on,
        status=subsidy.get_status_display(),
    )


def _used_means(user, swv, case_ids):
    """Per case what somebody agreed to, in the order in which it was done; for project staff there is none."""
    lines = lines_of(CostLine.objects.visible_to(user).approved().filter(case_id__in=case_ids, swv=swv))
    used = defaultdict(tuple)
    for row in shown_lines(lines.order_by("spent_on", "pk"), user):
        line = row["line"]
        what = f"{line.get_kind_display()}: {line.description}" if line.description else line.get_kind_display()
        what = f"{what} (eigen bijdrage)" if line.is_own_contribution else what
        used[line.case_id] += (UsedMeans(what, line.effect, line.amount),)
    return used


def _spread(line, case, journey, stops, means, today):
    return JourneySpread(
        code=line.code,
        category=line.category,
        status=line.status,
        included_on=line.included_on,
        complete=line.complete,
        wensdroom=Quote(journey.wensdroom, "de jongere", journey.wensdroom_on) if journey.wensdroom else None,
        parents_wensdroom=Quote(journey.wensdroom_parents, "ouders") if journey.wensdroom_parents else None,
        situation=journey.departure,
        baggage=journey.luggage,
        route_map=_map_svg(journey, stops, case, today),
        route_description=journey_view.description(journey, stops, case, today),
        stops=tuple(_stop_row(row) for row in journey_view.stop_lines(stops, today, by_month=True)),
        what_worked=(
            Theme("Inhoud", journey.worked_content),
            Theme("Proces", journey.worked_process),
            Theme("Houding en gedrag", journey.worked_attitude),
        ),
        cooperation=journey.cooperation,
        plan=journey.plan,
        means_needed=journey.means_needed,
        means_present=_means_present(journey),
        distance=Distance(
            scale=SCALE,
            start=_place(journey.distance_start),
            now=_place(journey.distance_now),
            start_reason=journey.distance_start_reason,
            now_reason=journey.distance_now_reason,
        ),
        signs=_signs(journey),
        means_used=means or (),
        means_withheld=means is None,
        look_back=journey.look_back,
    )


def _signs(journey):
    """Success beside being enrolled (R5.4), in the words of the Reis."""
    found = (("Ontwikkeling die er al is, erkend", "development"), ("Nieuwe beweging", "movement"))
    return tuple(
        Sign(
            name,
            SEEN.get(getattr(journey, f"{key}_seen")),
            getattr(journey, f"{key}_on"),
            getattr(journey, f"{key}_evidence"),
        )
        for name, key in found
        if getattr(journey, f"{key}_seen")
    )


def _means_present(journey):
    """To what extent the means are there, and the explanation: "Voor een deel. De laptop is er." """
    extent = journey.get_means_present_display()
    return " ".join(part for part in (f"{extent}." if extent else "", journey.means_note) if part)


def _place(distance):
    """Places on the scale count from zero."""
    return None if distance is None else distance - 1


def _map_svg(journey, stops, case, today):
    drawing = route_map.draw(journey_view.route(journey, stops, today, by_month=True), prefix=case.code)
    return render_to_string("cases/route_map.svg", {"map": drawing})


def _stop_row(line):
    stop = line.stop
    return StopRow(
        number=line.number,
        title=stop.title,
        moment=line.when or stop.place,
        state="" if stop.state == Stop.State.MADE else stop.get_state_display().lower(),
        ahead=line.is_ahead,
        story=stop.note,
        lights=stop.sparks,
        hurdle=stop.hobble,
        detour=stop.detour,
    )
