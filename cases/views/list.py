"""Jeugdigen: find and scan. Filters stand in the query string; a name never does."""

from functools import cache

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import push_url

from access.models import short_name
from cases.forms.filters import FilterForm, SearchForm, parse_code
from cases.identity import search_names
from cases.in_reach import in_reach
from cases.models import Case, CaseMember, Journey
from cases.models.case import member_case_ids
from regions.models import Role, grants_of

PER_PAGE = 25
SHOWN = ("status", "last_contact_on", "next_step")  # the long texts stay in the database
COLUMNS = (("code", "Code"), ("status", "Status"), ("", "Wensdroom"), ("", "Eigenaar"), ("contact", "Laatste contact"),
           ("", "Volgende stap"))  # fmt: skip


@require_http_methods(["GET", "POST"])
def case_list(request):
    user = request.user
    grants = grants_of(user)
    registers = grants.may("register_cases")
    if not (registers or grants.may("work_on_cases") or Role.CASEWORKER in grants.roles or member_case_ids(user)):
        raise Http404
    reach = in_reach()
    page = {
        "may_register": registers,
        "unshared": reach.unshared,
        "search": SearchForm(may_search_names=registers or reach.is_let_in),
    }
    if request.method == "POST":
        return _search(request, page, reach.owners)
    return _browse(request, page, reach)


def _browse(request, page, reach):
    user, today = request.user, timezone.localdate()
    form = FilterForm(request.GET, user=user, owners=reach.owners)
    cases = Case.objects.editable_by(user)
    is_valid = form.is_valid()
    cases = form.ordered(form.narrow(cases, today)).only(*SHOWN) if is_valid else cases.none()
    chosen = form.words()
    paginator = Paginator(cases, PER_PAGE)
    if is_valid and not chosen:
        paginator.count = reach.total
    rows = paginator.get_page(request.GET.get("page"))
    context = {
        **page,
        "form": form,
        "page": rows,
        "rows": _rows(user, rows.object_list),
        "count": paginator.count,
        "columns": _columns(request, form.cleaned_data.get("sort") or "-code"),
        "chips": [_chip(request, *words) for words in chosen],
        "sought": " en ".join(words for *_, words in chosen),
        "clear_url": reverse("cases:list"),
        "query": request.GET,
    }
    if not request.htmx:
        return render(request, "cases/case_list.html", context, status=200 if is_valid else 422)
    response = render(request, "cases/case_list_results.html", context, status=200 if is_valid else 422)
    return push_url(response, f"{reverse('cases:list')}?{_without_empty(request.GET)}")


def _without_empty(query):
    """The address bar shows the filters in use, not the fields of the form."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if values := [value for value in values if value]:
            kept.setlist(name, values)
    return kept.urlencode()


def _search(request, page, owners):
    """A code goes to the query string; a name is answered here, without leaving a trace of it in a URL."""
    search = SearchForm(request.POST, may_search_names=page["search"].may_search_names)
    page = {**page, "search": search, "form": FilterForm({}, user=request.user, owners=owners)}
    page["form"].is_valid()
    if not search.is_valid():
        return render(request, "cases/case_list.html", {**page, "is_search": True}, status=422)
    term = search.cleaned_data["term"]
    if (pk := parse_code(term)) is not None:
        return redirect(f"{reverse('cases:list')}?q=WEL-{pk:04d}")
    ids = search_names(term)
    cases = Case.objects.editable_by(request.user).filter(pk__in=ids).order_by("-pk").only(*SHOWN)
    found = list(cases[: PER_PAGE + 1])
    context = {
        **page,
        "is_search": True,
        "rows": _rows(request.user, found[:PER_PAGE]),
        "count": len(found[:PER_PAGE]),
        "has_more": len(found) > PER_PAGE,
        "columns": [{"label": label} for _, label in COLUMNS],
        "clear_url": reverse("cases:list"),
        "query": request.GET,
    }
    return render(request, "cases/case_list.html", context)


def _rows(user, cases):
    """What the table shows; wensdroom and eigenaar in one query each, for these cases only."""
    cases = list(cases)
    ids = [case.pk for case in cases]
    owners = {
        case_id: short_name(name)
        for case_id, name in CaseMember.objects.visible_to(user)
        .filter(case_id__in=ids, role=CaseMember.Role.OWNER, ends_on=None)
        .values_list("case_id", "user__name")
    }
    dreams = {
        case_id: short or long
        for case_id, short, long in Journey.objects.visible_to(user)
        .filter(~Q(wensdroom_short="", wensdroom=""), case_id__in=ids)
        .values_list("case_id", "wensdroom_short", "wensdroom")
    }
    return [
        {
            "case": case,
            "badge": _badge(*case.status_word),
            "dream": dreams.get(case.pk, ""),
            "owner": owners.get(case.pk, ""),
        }
        for case in cases
    ]


@cache
def _badge(status, label):
    """One of seven, drawn once per process: an include per row costs more than the row itself."""
    return render_to_string("components/status_badge.html", {"status": status, "label": label})


def _columns(request, sort):
    """The headers; pressing the one in use turns its order round."""
    columns = []
    for key, label in COLUMNS:
        column = {"label": label}
        if key:
            query = request.GET.copy()
            query.pop("page", None)
            query["sort"] = f"-{key}" if sort == key else key
            column["url"] = f"?{query.urlencode()}"
            column["direction"] = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        columns.append(column)
    return columns


def _chip(request, name, value, label, words):
    """One filter in words, and the list without it."""
    query = request.GET.copy()
    query.pop("page", None)
    query.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    return {"label": f"{label}: {words}", "url": f"?{query.urlencode()}"}
