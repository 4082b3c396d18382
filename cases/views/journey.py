"""De Reis: the page with the map, a short form per chapter, and the haltes."""

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import conflict, drafts, journey_history, journey_view, route_map
from cases.actions import journey as actions
from cases.forms.journey import CHAPTERS, StopForm
from cases.identity import take_out_names
from cases.models import Case, CaseMember, Companion, Journey, Reflection, Stop, YouthWords, scope_of
from cases.page import case_page, works_on
from cases.rules.journey import ITEMS
from cases.views.writing import as_draft, conflict_page, finish


def case_for(request, pk, queryset):
    return get_object_or_404(queryset.select_related("gemeente", "swv"), pk=pk)


def journey_of(case, user):
    """The Reis of a case; without a row while nobody wrote in it."""
    found = (
        Journey.objects.visible_to(user).filter(case=case).select_related("case", "wensdroom_by", "updated_by").first()
    )
    return found or Journey(**scope_of(case), version=0)


def with_sayings(cases, user):
    """Cases with the number of times that a wensdroom was said."""
    said = YouthWords.objects.visible_to(user).filter(case=OuterRef("pk")).order_by().values("case")
    return cases.annotate(sayings=Coalesce(Subquery(said.annotate(number=Count("pk")).values("number")), 0))


@require_GET
def journey(request, pk):
    user, today = request.user, timezone.localdate()
    case = case_for(request, pk, with_sayings(journey_history.with_marks(Case.objects.visible_to(user), user), user))
    reis = journey_of(case, user)
    stops = list(Stop.objects.visible_to(user).filter(case=case))
    changed, words = case.changed or (), []
    if case.sayings > 1:  # the last one stands in the Reis itself
        words = list(YouthWords.objects.visible_to(user).filter(case=case).select_related("written_by"))
    companions = list(Companion.objects.visible_to(user).filter(case=case))
    reflections = list(Reflection.objects.visible_to(user).filter(case=case).select_related("author"))
    works = works_on(user, case)
    if not works:
        take_out_names([case.pk], [*([reis] if reis.pk else []), *stops, *words, *companions, *reflections])
    members = list(
        CaseMember.objects.visible_to(user)
        .filter(case=case, ends_on=None)
        .select_related("user")
        .order_by("starts_on", "pk")
    )
    drawing = journey_view.route(reis, stops, today, companions=journey_view.initials(companions, members))
    gaps = journey_view.gaps(reis)
    context = case_page(
        request,
        case,
        "journey",
        members=members,
        reads="journey_read" if works else None,  # taking out names wrote that same line
        journey=reis,
        is_begun=bool(reis.pk or stops),
        is_in_words=request.GET.get("beeld") == "woorden",
        map=route_map.draw(drawing),
        sentence=journey_view.description(reis, stops, case, today),
        count_sentence=journey_view.count_sentence(stops, today),
        stops=journey_view.stop_lines(stops, today, reflections, changed),
        companions=companions,
        reflections=journey_view.reflection_lines(reflections, stops, user, changed),
        changed=changed,
        earlier_words=[said for said in words if said.text != reis.wensdroom],
        chapters=journey_view.chapters(reis),
        gaps=gaps,
        written_count=len(ITEMS) - len(gaps),
        item_count=len(ITEMS),
        steps=range(len(ITEMS)),
        removed=removed_just_now(user, case, request.GET.get("verwijderd", "")),
        removed_reflection=reflection_removed_just_now(user, case, request.GET.get("reflectie", "")),
    )
    return render(request, "cases/journey.html", context)


def removed_just_now(user, case, stop_pk):
    """What the message "Verwijderd. Zet terug" is about, as long as it is true."""
    if not (stop_pk.isdecimal() and len(stop_pk) < 16):
        return None
    return Stop.objects.removed_for(user).filter(case=case, pk=stop_pk).first()


def reflection_removed_just_now(user, case, reflection_pk):
    if not (reflection_pk.isdecimal() and len(reflection_pk) < 16):
        return None
    return Reflection.objects.removed_by(user).filter(case=case, pk=reflection_pk).first()


@require_http_methods(["GET", "POST"])
def journey_chapter(request, pk, chapter):
    case = case_for(request, pk, Case.objects.editable_by(request.user))
    if (chapter := CHAPTERS.get(chapter)) is None:
        raise Http404
    desk, status = drafts.desk(request, case, f"reis-{chapter.key}", chapter.form), 200
    reis, back = journey_of(case, request.user), f"{reverse('cases:journey', args=[case.pk])}#{chapter.key}"
    earlier, before = journey_history.taken_over(request, case, chapter.key)
    if request.method == "POST":
        form = chapter.form(conflict.resolved(request.POST), instance=reis, user=request.user)
        if drafts.SAVE in request.POST:
            if answer := as_draft(request, case, desk, form):
                return answer
        elif form.is_valid():
            mine, seen = form.values, form.cleaned_data["seen"]
            merged = actions.save_chapter(case=case, values=mine, seen=seen, by=request.user, together=form.together)
            if merged.is_settled:
                finish(case, desk, request.user)
                told = conflict.told(form, merged, merged.row.updated_by, request.user)
                messages.success(request, f"Bewaard.{told}")
                return redirect(back)
            return conflict_page(
                request, case, "journey", desk=desk, form=form, merged=merged, mine=mine, by=merged.row.updated_by,
                at=merged.row.updated_at, title=chapter.title, back=back,
            )  # fmt: skip
        reis, status = journey_of(case, request.user), 422
    else:
        form = chapter.form(instance=reis, initial={**before, **desk.initial}, user=request.user)
    context = case_page(
        request, case, "journey", reads="journey_read", chapter=chapter, form=form, journey=reis, draft=desk,
        earlier=earlier, log_url="",
    )  # fmt: skip
    return render(request, "cases/journey_form.html", context, status=status)


def stop_for(request, pk, stop_pk):
    case = case_for(request, pk, Case.objects.editable_by(request.user))
    return case, get_object_or_404(Stop.objects.editable_by(request.user).filter(case=case), pk=stop_pk)


def to_words(case, anchor="in-woorden"):
    return redirect(f"{reverse('cases:journey', args=[case.pk])}#{anchor}")


@require_http_methods(["GET", "POST"])
def stop_add(request, pk):
    case = case_for(request, pk, Case.objects.editable_by(request.user))
    desk, status = drafts.desk(request, case, "halte", StopForm), 200
    if request.method == "POST":
        form = StopForm(request.POST)
        if drafts.SAVE in request.POST:
            if answer := as_draft(request, case, desk, form):
                return answer
        elif form.is_valid():
            actions.add_stop(case=case, values=form.values, by=request.user)
            finish(case, desk, request.user)
            messages.success(request, "Halte toegevoegd.")
            return to_words(case)
        status = 422
    else:
        form = StopForm(initial=desk.initial)
    context = case_page(request, case, "journey", form=form, draft=desk, log_url="")
    return render(request, "cases/stop_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def stop_edit(request, pk, stop_pk):
    case, stop = stop_for(request, pk, stop_pk)
    title, status = stop.title, 200
    desk = drafts.desk(request, case, f"halte-{stop.pk}", StopForm)
    earlier, before = journey_history.taken_over(request, case, "halte", stop)
    if request.method == "POST":
        form = StopForm(conflict.resolved(request.POST), instance=stop)
        if drafts.SAVE in request.POST:
            if answer := as_draft(request, case, desk, form):
                return answer
        elif form.is_valid():
            mine, seen = form.values, form.cleaned_data["seen"]
            merged = actions.change_stop(stop=stop, values=mine, seen=seen, by=request.user, together=form.together)
            if merged.is_settled:
                finish(case, desk, request.user)
                told = conflict.told(form, merged, merged.row.updated_by, request.user)
                messages.success(request, f"Halte bewaard.{told}")
                return to_words(case, f"halte-{stop.pk}")
            return conflict_page(
                request, case, "journey", desk=desk, form=form, merged=merged, mine=mine, by=merged.row.updated_by,
                at=merged.row.updated_at, title=f"Halte: {merged.row.title}",
                back=f"{reverse('cases:journey', args=[case.pk])}#in-woorden",
            )  # fmt: skip
        status = 422
    else:
        form = StopForm(instance=stop, initial={**before, **desk.initial})
    context = case_page(
        request, case, "journey", reads="journey_read", form=form, stop=stop, title=title, draft=desk, earlier=earlier,
        log_url="",
    )  # fmt: skip
    return render(request, "cases/stop_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def stop_delete(request, pk, stop_pk):
    """Asks first; without JavaScript this page is the dialog."""
    case, stop = stop_for(request, pk, stop_pk)
    if request.method == "POST":
        version = request.POST.get("version", "")
        if version.isdecimal() and actions.delete_stop(stop=stop, version=int(version[:9]), by=request.user):
            return redirect(f"{reverse('cases:journey', args=[case.pk])}?verwijderd={stop.pk}")
        messages.warning(request, "Deze halte is net aangepast. Kijk eerst wat er nu staat.")
        return redirect("cases:stop_delete", case.pk, stop.pk)
    context = case_page(request, case, "journey", reads="journey_read", stop=stop, log_url="")
    return render(request, "cases/stop_delete.html", context)


@require_POST
def stop_move(request, pk, stop_pk):
    case, stop = stop_for(request, pk, stop_pk)
    if request.POST.get("kant") not in ("eerder", "later"):
        raise Http404
    earlier = request.POST["kant"] == "eerder"
    if actions.move_stop(stop=stop, earlier=earlier, by=request.user):
        messages.success(request, f"‘{stop.title}’ staat nu {'eerder' if earlier else 'later'}.")
    return to_words(case, f"halte-{stop.pk}")
