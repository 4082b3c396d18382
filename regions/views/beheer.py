"""The start of Beheer, and what its pages share."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

# Permission, name of the URL, label, what one does there.
SECTIONS = (
    (
        "access.manage_people",
        "regions:people",
        "Mensen",
        "Nodig mensen uit en bepaal waar zij werken, als wat en hoe lang.",
    ),
    (
        "regions.manage_reference_data",
        "regions:swvs",
        "Samenwerkingsverbanden",
        "Verbeter namen, adressen en websites.",
    ),
    (
        "regions.manage_reference_data",
        "question_lists:list",  # its pages are in cases, which owns the interview
        "Vragenlijst",
        "De vragen van het waarderend interview, versie voor versie.",
    ),
    (
        "regions.manage_reference_data",
        "bringing_lists:list",  # the same pages, of another kind
        "Casusinbreng",
        "De vragen waarmee iemand een jeugdige inbrengt aan de WEL-tafel, versie voor versie.",
    ),
    (
        "access.read_audit",
        "regions:audit",
        "Logboek inzage",
        "Zoek op wie wat bekeek of veranderde. Dat je kijkt, staat er ook in.",
    ),
)


def sections_of(user):
    return [
        {"label": label, "url": reverse(name), "text": text, "name": name}
        for permission, name, label, text in SECTIONS
        if user.has_perm(permission)
    ]


def page(request, section="", **extra):
    """Context of every page below /beheer/: the sub-navigation, absent when there is one section to go to."""
    sections = sections_of(request.user)
    subnav = [{"label": item["label"], "url": item["url"], "active": item["name"] == section} for item in sections]
    return {"sections": sections, "subnav": subnav if len(subnav) > 1 else [], **extra}


def page_of(request, rows, size):
    """The page of a list that the query string asks for; a number that makes no sense gives the nearest one."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def sort_links(request, current, *names):
    """For each column the query that sorts by it, or the other way round when it already does."""
    links = {}
    for name in names:
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = f"-{name}" if current == name else name
        direction = {"aria": "ascending", "icon": "arrow-up"} if current == name else {}
        if current == f"-{name}":
            direction = {"aria": "descending", "icon": "arrow-down"}
        links[name] = {"url": f"?{query.urlencode()}", **direction}
    return links


def works_in_beheer(view):
    """For a page without a permission of its own: open to whoever may do anything here."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not sections_of(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@works_in_beheer
@require_safe
def beheer(request):
    return render(request, "regions/beheer.html", {**page(request), "subnav": []})
