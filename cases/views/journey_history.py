"""Wat er eerst stond: every part of De Reis as it was, for whoever works on it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases import journey_history
from cases.forms.journey import CHAPTERS
from cases.models import Case, Companion, JourneyVersion, Reflection, Stop
from cases.page import case_page


def case_for(request, pk):
    return get_object_or_404(Case.objects.editable_by(request.user).select_related("gemeente", "swv"), pk=pk)


def history_page(request, case, part, *, title, back, edit_url, row=None, section="journey"):
    found = JourneyVersion.objects.visible_to(request.user).filter(case=case).of(part, row).select_related("written_by")
    earlier = journey_history.lines(found, part, timezone.localdate())
    context = case_page(
        request,
        case,
        section,
        reads="journey_history_read",
        part_title=title,
        now=earlier[0] if earlier else None,
        earlier=earlier[1:],
        back_url=back,
        edit_url=edit_url,
        log_url="",
    )
    return render(request, "cases/journey_history.html", context)


def part_for(case, pk, queryset):
    return get_object_or_404(queryset.filter(case=case), pk=pk)


@require_GET
def chapter_history(request, pk, chapter):
    case = case_for(request, pk)
    if (chapter := CHAPTERS.get(chapter)) is None:
        raise Http404
    return history_page(
        request,
        case,
        chapter.key,
        title=chapter.title,
        back=f"{reverse('cases:journey', args=[case.pk])}#{chapter.key}",
        edit_url=reverse("cases:journey_chapter", args=[case.pk, chapter.key]),
    )


@require_GET
def stop_history(request, pk, stop_pk):
    case = case_for(request, pk)
    stop = part_for(case, stop_pk, Stop.objects.visible_to(request.user))
    return history_page(
        request,
        case,
        "halte",
        row=stop,
        title=f"Halte: {stop.title}",
        back=f"{reverse('cases:journey', args=[case.pk])}#halte-{stop.pk}",
        edit_url=reverse("cases:stop_edit", args=[case.pk, stop.pk]),
    )


@require_GET
def companion_history(request, pk, companion_pk):
    case = case_for(request, pk)
    companion = part_for(case, companion_pk, Companion.objects.visible_to(request.user))
    return history_page(
        request,
        case,
        "reisgenoot",
        row=companion,
        section="companions",
        title=f"Reisgenoot: {companion.who}",
        back=f"{reverse('cases:companions', args=[case.pk])}#reisgenoot-{companion.pk}",
        edit_url=reverse("cases:companion_edit", args=[case.pk, companion.pk]),
    )


@require_GET
def reflection_history(request, pk, reflection_pk):
    """Everybody who works on it reads what it said; only its writer goes on from there."""
    case = case_for(request, pk)
    reflection = part_for(case, reflection_pk, Reflection.objects.visible_to(request.user))
    is_own = reflection.author_id == request.user.pk
    return history_page(
        request,
        case,
        "reflectie",
        row=reflection,
        title="Reflectie",
        back=f"{reverse('cases:journey', args=[case.pk])}#reflectie-{reflection.pk}",
        edit_url=reverse("cases:reflection_edit", args=[case.pk, reflection.pk]) if is_own else "",
    )
