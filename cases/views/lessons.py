"""Leren bij één jeugdige: its stories and where it pinches, for who works on it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions import learning as actions
from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from cases.forms.learning import NO_NAMES, ObstacleForm, ReturnStoryForm, StoryForm
from cases.models import Obstacle, ObstacleLink, Story
from cases.page import case_page, may_see_name
from cases.views.overview import case_for

# What a second reader is told when the yes does not hold.
REFUSED = {
    "veranderd": "De schrijver paste het verhaal net aan. Lees het opnieuw.",
    "toestemming": "Er is nu geen toestemming om dit verhaal te gebruiken. Leg die eerst vast.",
    "naam": "In het verhaal staat nog een naam. Vraag de schrijver om die weg te halen.",
}


@require_GET
def lessons(request, pk):
    case, user, today = case_for(request, pk), request.user, timezone.localdate()
    stories = Story.objects.visible_to(user).filter(case=case).select_related("author", "approved_by")
    links = ObstacleLink.objects.visible_to(user).filter(case=case).values("obstacle")
    context = case_page(
        request,
        case,
        "lessons",
        reads="lessons_read",
        until=actions.story_until(case, user, today),
        obstacles=Obstacle.objects.visible_to(user).filter(pk__in=links),
    )
    context["stories"] = [story_line(story, user, today, context["may_show_name"]) for story in stories]
    return render(request, "cases/lessons.html", context)


def story_line(story, user, today, may_name):
    """Where a story stands, and what this person may do with it."""
    is_out = story.approved_version == story.version and story.public_until and story.public_until >= today
    is_mine = story.author_id == user.pk
    return {
        "story": story,
        "is_out": is_out,
        "is_mine": is_mine,
        "state": "te lezen" if is_out else "wacht op een tweede lezer" if story.is_ready else "nog niet klaar",
        "may_read_over": story.is_ready and not is_mine and may_name,
    }


@require_http_methods(["GET", "POST"])
def story_add(request, pk):
    case = case_for(request, pk)
    form = StoryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.write_story(case=case, values=form.values, by=request.user)
        messages.success(request, "Bewaard.")
        return redirect("cases:lessons", case.pk)
    return _page(request, case, form, "Schrijf een verhaal", lead=_lead(case, request.user))


def _lead(case, user):
    if actions.story_until(case, user, timezone.localdate()):
        return "Wat werkte hier, waar een ander iets aan heeft?"
    return "Er is nog geen toestemming om dit verhaal te gebruiken. Opschrijven kan al wel."


@require_http_methods(["GET", "POST"])
def story_edit(request, pk, story_pk):
    """Only the writer; a change asks for a second reader again."""
    case = case_for(request, pk)
    found = Story.objects.editable_by(request.user).filter(case=case)
    form, conflict = StoryForm(instance=get_object_or_404(found, pk=story_pk)), None
    if request.method == "POST":
        form = StoryForm(request.POST, instance=get_object_or_404(found, pk=story_pk))
        if form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.change_story(story=form.instance, values=values, version=version, by=request.user):
                messages.success(request, "Bewaard.")
                return redirect("cases:lessons", case.pk)
            theirs = get_object_or_404(found, pk=story_pk)
            form = StoryForm({**request.POST.dict(), "version": theirs.version}, instance=theirs)
            conflict = beside(form, get_object_or_404(found, pk=story_pk), values, user=request.user, by=request.user)
    return _page(request, case, form, "Pas het verhaal aan", lead=_lead(case, request.user), conflict=conflict)


@require_http_methods(["GET", "POST"])
def story_read(request, pk, story_pk):
    """The second reader knows whose story it is, and so can see whether somebody is in it."""
    case, user = case_for(request, pk), request.user
    found = (
        Story.objects.visible_to(user).filter(case=case, is_ready=True).exclude(author=user).select_related("author")
    )
    story = get_object_or_404(found, pk=story_pk)
    if not may_see_name(user, case):
        raise Http404
    form, note = ReturnStoryForm(initial={"version": story.version}), ""
    if request.method == "POST":
        form = ReturnStoryForm(request.POST)
        if form.is_valid():
            note = _answer(request, story, form.cleaned_data)
            if not note:
                return redirect("cases:lessons", case.pk)
            story = found.filter(pk=story_pk).first()
            if story is None:  # the writer took it back
                messages.info(request, REFUSED["veranderd"])
                return redirect("cases:lessons", case.pk)
            form = ReturnStoryForm(initial={"version": story.version})
    names = actions.names_left(story)
    context = case_page(
        request,
        case,
        "lessons",
        reads=None,  # looking for names wrote a line
        form=form,
        story=story,
        note=note,
        names=[(Story._meta.get_field(field).verbose_name, cleaned) for field, cleaned in names.items()],
        until=actions.story_until(case, user, timezone.localdate()),
        log_url="",
    )
    return render(request, "cases/story_read.html", context, status=CONFLICT if note else 422 if form.errors else 200)


def _answer(request, story, said):
    """What is wrong with the answer, or ""."""
    if said["answer"] == "terug":
        if not actions.return_story(story=story, version=said["version"], why=said["why"]):
            return REFUSED["veranderd"]
        messages.success(request, "De schrijver ziet wat je vraagt.")
        return ""
    today = timezone.localdate()
    result = actions.approve_story(story=story, version=said["version"], by=request.user, today=today)
    if result != "gelezen":
        return REFUSED[result]
    messages.success(request, "Gelezen. Anderen kunnen dit verhaal nu lezen.")
    return ""


@require_http_methods(["GET", "POST"])
def obstacle_add(request, pk):
    """A knelpunt of the SWV of this jeugdige, and that it pinches here."""
    case = case_for(request, pk)
    form = ObstacleForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        actions.add_obstacle(swv=case.swv, values=form.values, by=request.user, case=case)
        messages.success(request, "Opgeschreven.")
        return redirect("cases:lessons", case.pk)
    return _page(request, case, form, "Waar wringt het?", lead=NO_NAMES)


def _page(request, case, form, title, *, lead="", conflict=None):
    context = case_page(
        request,
        case,
        "lessons",
        reads="lessons_read",
        form=form,
        title=title,
        lead=lead,
        action="Bewaar zo" if conflict else "Bewaar",
        conflict=conflict,
        back_url=reverse("cases:lessons", args=[case.pk]),
        back_label="Terug naar Leren",
        log_url="",
    )
    status = CONFLICT if conflict else 422 if form.errors else 200
    return render(request, "cases/learning_case_form.html", context, status=status)
