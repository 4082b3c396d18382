"""Monitor, Tellen: what was counted in a schooljaar and a place, the list behind each number, and the file of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from access import audit
from access.pdf import PdfError, take_turn
from cases.models import Case, Obstacle
from cases.views.papers import pdf_file
from regions.models import Role, grants_of
from reporting.monitor import export as files
from reporting.monitor.counters import BY_KEY, OBSTACLE, OF_PERSONS, TILES
from reporting.monitor.forms import ExportForm, ScopeForm
from reporting.monitor.paper import as_pdf
from reporting.monitor.reading import may_list, persons_of, read_figures, readable_facts, split_rows
from reporting.monitor.splits import GENDER_NOTE, SPLIT_BY_KEY

PER_PAGE = 25


def form_for(request):
    """404 for who may count nowhere."""
    if not grants_of(request.user).may("view_figures"):
        raise Http404
    return ScopeForm(request.GET, user=request.user)


@require_safe
def monitor(request):
    grants = grants_of(request.user)
    if Role.PROJECT in grants.roles and not grants.may("view_figures"):
        return render(request, "reporting/monitor_coming.html")
    return tellen(request, form_for(request), ExportForm())


def tellen(request, form, export_form):
    """The page; without figures when what was asked does not exist."""
    context = {"form": form, "export_form": export_form}
    if not form.is_valid():
        return render(request, "reporting/monitor.html", context, status=422)
    scope, today = form.scope, timezone.localdate()
    figures = read_figures(request.user, scope, timezone.now(), today)
    context |= {
        "scope": scope,
        "figures": figures,
        "query": urlencode(scope.query),
        "tiles": [(figures.count(key), link(figures.count(key), scope)) for key in TILES],
        **chart(figures),
        "rows": [
            (
                count,
                link(count, scope),
                [(name, number, link(count, scope, groep=key)) for key, name, number in count.kinds],
            )
            for count in figures.counts
        ],
        "splits": list(split_tables(figures, scope)),
        "counters": OF_PERSONS,
        "gender_note": GENDER_NOTE,
        "unshared": unshared(request.user, scope),
        "is_empty": not any(count.number or count.of for count in figures.counts),
    }
    return render(request, "reporting/monitor.html", context, status=422 if export_form.errors else 200)


def link(count, scope, **part):
    """The list behind a number, for who may open all of it; behind nobody is no list."""
    if not count.may_list:
        return ""
    return f"{reverse('reporting:monitor_list')}?{urlencode({'teller': count.counter.key} | scope.query | part)}"


def chart(figures):
    """A bar per counter of persons, and the finding that stands above them (ux 8).

    Not "1 of 23": whoever moved in this schooljaar may have been closed before it began.
    """
    counts = [count for count in figures.counts if count.counter.is_persons]
    if not (most := max(count.number for count in counts)):
        return {}
    moved, in_view = figures.count("beweging"), figures.count("in-beeld")
    return {
        "finding": f"Bij {moved.number} {moved.counter.noun(moved.number)} kwam nieuwe beweging,"
        f" {in_view.number} {in_view.counter.noun(in_view.number)} in beeld",
        "bars": [
            {"label": count.counter.name, "number": count.number, "percent": round(100 * count.number / most)}
            for count in counts
        ],
    }


def split_tables(figures, scope):
    """Each number with the list behind it."""
    counts = [count for count in figures.counts if count.counter.is_persons]
    for split, rows in split_rows(figures):
        cells = [
            (
                name,
                [
                    (count, number, link(count, scope, deel=split.key, groep=key) if number else "")
                    for count, number in zip(counts, numbers, strict=True)
                ],
            )
            for key, name, numbers in rows
        ]
        yield {"split": split, "rows": cells}


def unshared(user, scope):
    """How many jeugdigen of the own team are not shared: they are only known as this number, and count nowhere else."""
    grants = grants_of(user)
    team = grants.swvs("work_on_cases") - grants.swvs("register_cases")
    if not team or scope.gemeente or (scope.swv and scope.swv.pk not in team):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(total), 0)::int FROM access.count_unshared() WHERE swv_id = ANY (%s)",
            [[scope.swv.pk] if scope.swv else list(team)],
        )
        return cursor.fetchone()[0]


@require_safe
def monitor_list(request):
    """Who or what is behind one number: codes, and no names."""
    form, counter = form_for(request), BY_KEY.get(request.GET.get("teller", TILES[0]))
    if counter is None or not form.is_valid():
        raise Http404
    user, scope, today = request.user, form.scope, timezone.localdate()
    if not may_list(user, scope, counter):
        raise Http404
    facts = [
        fact
        for fact in readable_facts(user, scope, timezone.now(), today)
        if fact.source == counter.source and (not counter.counts or fact.mark == counter.counts)
    ]
    facts, part = _part(request, counter, facts, scope.reference_day(today))
    if counter.source == OBSTACLE:
        rows = Obstacle.objects.visible_to(user).filter(pk__in=[fact.row for fact in facts])
    else:
        rows = Case.objects.visible_to(user).filter(pk__in=[person.key for person in persons_of(facts)])
    page = Paginator(rows.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    number = page.paginator.count if counter.is_persons else len(facts)
    opens_case = grants_of(user).may("register_cases") or grants_of(user).may("work_on_cases")
    context = {
        "counter": counter,
        "scope": scope,
        "part": part,
        "number": number,
        "noun": counter.noun(number),
        "page": page,
        "obstacles": page.object_list if counter.source == OBSTACLE else None,
        "cases": [] if counter.source == OBSTACLE else _lines(page.object_list, counter, facts, opens_case),
        "query": request.GET,
        "back": f"{reverse('reporting:monitor')}?{urlencode(scope.query)}",
    }
    return render(request, "reporting/monitor_list.html", context)


def _part(request, counter, facts, day):
    """The rows of one group of a split, and its name."""
    split_key, group = request.GET.get("deel", ""), request.GET.get("groep", "")
    if not split_key and not group:
        return facts, ""
    if counter.is_persons:
        split = SPLIT_BY_KEY.get(split_key)
        names = dict(split.groups) if split else {}
        found = [fact for fact in facts if split and split.group_of(fact.person, day) == group]
    else:
        names = {} if split_key else dict(counter.kinds)
        found = [fact for fact in facts if fact.mark == group]
    if group not in names:
        raise Http404
    return found, names[group]


def _lines(cases, counter, facts, opens_case):
    """Each jeugdige of the page, with how often it counts."""
    times = {}
    for fact in facts:
        times[fact.person.key] = times.get(fact.person.key, 0) + 1
    return [
        {
            "case": case,
            "url": case.get_absolute_url() if opens_case else reverse("cases:journey", args=[case.pk]),
            "times": times[case.pk],
        }
        for case in cases
    ]


@require_safe
def export(request):
    """The same numbers as the page, as csv or pdf; that they were taken out, and for what, is on record."""
    form, export_form = form_for(request), ExportForm(request.GET)
    if not form.is_valid() or not export_form.is_valid():
        return tellen(request, form, export_form)
    scope, kind = form.scope, export_form.cleaned_data["soort"] or ExportForm.CSV
    figures = read_figures(request.user, scope, timezone.now(), timezone.localdate())
    name = f"{files.file_name(scope)}.{kind}"
    if kind == ExportForm.PDF:
        try:
            take_turn()
            response = pdf_file(as_pdf(figures), name)
        except PdfError as error:
            messages.warning(request, str(error))
            return redirect(f"{reverse('reporting:monitor')}?{urlencode(scope.query)}")
    else:
        response = HttpResponse(files.as_csv(figures), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    place = {"swv": scope.swv and scope.swv.pk, "gemeente": scope.gemeente and scope.gemeente.pk}
    detail = {"school_year": scope.name, "file": kind} | {key: pk for key, pk in place.items() if pk}
    ground = dict(ExportForm.REASONS)[export_form.cleaned_data["waarvoor"]]
    audit.record("figures_exported", ground=ground, detail=detail)
    return response


@require_safe
def metadata(request):
    """The definitions beside the file, for a machine; the same for everybody who counts there."""
    form = form_for(request)
    if not form.is_valid():
        raise Http404
    response = HttpResponse(files.as_metadata(form.scope), content_type="application/csvm+json")
    response["Content-Disposition"] = f'attachment; filename="{files.file_name(form.scope)}.csv-metadata.json"'
    return response
