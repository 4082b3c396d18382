"""Verhalen, Waar wringt het and de oplossingenbank: what is learned across regions, without anybody in it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import learning
from cases.actions import learning as actions
from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from cases.forms.learning import (
    NO_NAMES,
    BankFilterForm,
    ObstacleFilterForm,
    ObstacleForm,
    SolutionForm,
    StoryFilterForm,
)
from cases.models import BankEntry, Obstacle, Solution
from cases.models.learning import READERS_OF_BANK, learning_swvs
from regions.models import grants_of


def learner(request):
    """404 for who neither works with jeugdigen nor learns from them."""
    if not grants_of(request.user).roles & READERS_OF_BANK:
        raise Http404


def writer(request):
    if not learning_swvs(request.user):
        raise Http404


def tabs(section):
    return [
        {"label": label, "url": reverse(name), "active": key == section}
        for key, label, name in (
            ("stories", "Verhalen", "learning:stories"),
            ("obstacles", "Waar wringt het", "learning:obstacles"),
            ("bank", "Oplossingen", "learning:bank"),
        )
    ]


def chosen_in(form):
    """What the query string says; nonsense is no filter."""
    form.is_valid()
    return {name: form.cleaned_data.get(name) or "" for name in form.fields}


def page_of(count, number):
    """For components/pagination.html, when the database counted and cut the list."""
    return Paginator(range(count), learning.PER_PAGE).get_page(number)


@require_GET
def stories(request):
    learner(request)
    form = StoryFilterForm(request.GET)
    chosen = chosen_in(form)
    number = chosen["page"] or 1
    told, count = learning.stories(term=chosen["q"], theme=chosen["thema"], perspective=chosen["ogen"], page=number)
    context = {
        "tabs": tabs("stories"),
        "form": form,
        "stories": told,
        "count": count,
        "is_filtered": bool(chosen["q"] or chosen["thema"] or chosen["ogen"]),
        "page": page_of(count, number),
        "query": request.GET,
    }
    return render(request, "cases/stories.html", context)


@require_GET
def obstacles(request):
    learner(request)
    form = ObstacleFilterForm(request.GET)
    chosen = chosen_in(form)
    number = chosen["page"] or 1
    rows, count = learning.obstacles(
        status=chosen["stap"], level=chosen["niveau"], domain=chosen["onderwerp"], page=number
    )
    context = {
        "tabs": tabs("obstacles"),
        "form": form,
        "obstacles": rows,
        "count": count,
        "is_filtered": bool(chosen["stap"] or chosen["niveau"] or chosen["onderwerp"]),
        "page": page_of(count, number),
        "query": request.GET,
        "may_write": bool(learning_swvs(request.user)),
    }
    return render(request, "cases/obstacles.html", context)


@require_GET
def obstacle(request, pk):
    learner(request)
    rows, _ = learning.obstacles(wanted=pk)
    if not rows:
        raise Http404
    return render(request, "cases/obstacle.html", {"tabs": tabs("obstacles"), "obstacle": rows[0]})


@require_http_methods(["GET", "POST"])
def obstacle_add(request):
    writer(request)
    form = ObstacleForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        saved = actions.add_obstacle(swv=form.cleaned_data["swv"], values=form.values, by=request.user)
        messages.success(request, "Opgeschreven.")
        return redirect("learning:obstacle", saved.pk)
    return _page(request, form, "Waar wringt het?", "obstacles", lead=NO_NAMES)


@require_http_methods(["GET", "POST"])
def obstacle_edit(request, pk):
    """The text, or the next step: examined, asked of somebody, answered, solved."""
    found = Obstacle.objects.editable_by(request.user)
    form, conflict = ObstacleForm(instance=get_object_or_404(found, pk=pk)), None
    if request.method == "POST":
        form = ObstacleForm(request.POST, instance=get_object_or_404(found, pk=pk))
        if form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.change_obstacle(obstacle=form.instance, values=values, version=version, by=request.user):
                messages.success(request, "Bewaard.")
                return redirect("learning:obstacle", pk)
            theirs = get_object_or_404(found, pk=pk)
            form = ObstacleForm({**request.POST.dict(), "version": theirs.version}, instance=theirs)
            conflict = beside(form, get_object_or_404(found, pk=pk), values, user=request.user)
    back = reverse("learning:obstacle", args=[pk])
    return _page(request, form, "Knelpunt aanpassen", "obstacles", lead=NO_NAMES, conflict=conflict, back_url=back)


@require_GET
def bank(request):
    learner(request)
    form = BankFilterForm(request.GET)
    chosen = chosen_in(form)
    entries = BankEntry.objects.visible_to(request.user)
    if chosen["q"]:
        words = Q()
        for word in chosen["q"].split()[:6]:
            words &= Q(title__icontains=word) | Q(description__icontains=word) | Q(place__icontains=word)
        entries = entries.filter(words)
    if chosen["soort"]:
        entries = entries.filter(kind=chosen["soort"])
    if chosen["onderwerp"]:
        entries = entries.filter(domain=chosen["onderwerp"])
    page = Paginator(entries, learning.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs("bank"),
        "form": form,
        "page": page,
        "count": page.paginator.count,
        "is_filtered": any(chosen.values()),
        "query": request.GET,
        "may_write": bool(learning_swvs(request.user)),
    }
    return render(request, "cases/bank.html", context)


@require_GET
def solutions(request):
    """Of the own SWVs, shared or not."""
    writer(request)
    found = Solution.objects.visible_to(request.user).select_related("author", "swv")
    page = Paginator(found, learning.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs("bank"),
        "lines": [
            {
                "solution": solution,
                "is_mine": solution.author_id == request.user.pk,
                "is_shared": solution.bank_id is not None,
                "is_newer": solution.shared_version is not None and solution.shared_version != solution.version,
            }
            for solution in page.object_list
        ],
        "page": page,
        "query": request.GET,
    }
    return render(request, "cases/solutions.html", context)


@require_http_methods(["GET", "POST"])
def solution_add(request):
    writer(request)
    form = SolutionForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        actions.add_solution(swv=form.cleaned_data["swv"], values=form.values, by=request.user)
        messages.success(request, "Bewaard. Vraag een collega om het te lezen en te delen.")
        return redirect("learning:solutions")
    return _page(request, form, "Oplossing toevoegen", "bank", lead="Wat werkte, voor wie het zelf nog zoekt.",
                 back_url=reverse("learning:solutions"))  # fmt: skip


@require_http_methods(["GET", "POST"])
def solution_edit(request, pk):
    found = Solution.objects.editable_by(request.user)
    form, conflict = SolutionForm(instance=get_object_or_404(found, pk=pk)), None
    if request.method == "POST":
        form = SolutionForm(request.POST, instance=get_object_or_404(found, pk=pk))
        if form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.change_solution(solution=form.instance, values=values, version=version, by=request.user):
                messages.success(request, "Bewaard.")
                return redirect("learning:solutions")
            theirs = get_object_or_404(found, pk=pk)
            form = SolutionForm({**request.POST.dict(), "version": theirs.version}, instance=theirs)
            conflict = beside(form, get_object_or_404(found, pk=pk), values, user=request.user)
    back = reverse("learning:solutions")
    return _page(request, form, "Oplossing aanpassen", "bank", conflict=conflict, back_url=back)


@require_http_methods(["GET", "POST"])
def solution_share(request, pk):
    """Another person reads it, and then every SWV can."""
    found = Solution.objects.editable_by(request.user).exclude(author=request.user).select_related("author")
    solution = get_object_or_404(found, pk=pk)
    if request.method == "POST":
        version = request.POST.get("version", "")
        seen = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
        if actions.share_solution(solution=solution, version=seen):
            messages.success(request, "Gedeeld. Elk samenwerkingsverband kan dit nu lezen.")
            return redirect("learning:bank")
        messages.info(request, "Dit is net aangepast. Lees het opnieuw.")
        return redirect("learning:solution_share", pk)
    return render(request, "cases/solution_share.html", {"tabs": tabs("bank"), "solution": solution})


@require_POST
def solution_withdraw(request, pk):
    solution = get_object_or_404(Solution.objects.editable_by(request.user), pk=pk)
    actions.withdraw_solution(solution=solution)
    messages.success(request, "De oplossing staat niet meer in de bank.")
    return redirect("learning:solutions")


def _page(request, form, title, section, *, lead="", conflict=None, back_url=None):
    context = {
        "tabs": tabs(section),
        "form": form,
        "title": title,
        "lead": lead,
        "action": "Bewaar zo" if conflict else "Bewaar",
        "conflict": conflict,
        "back_url": back_url or reverse("learning:obstacles"),
    }
    status = CONFLICT if conflict else 422 if form.errors else 200
    return render(request, "cases/learning_form.html", context, status=status)
