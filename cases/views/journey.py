"""De Reis: the page with the map, a short form per chapter, and the haltes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import journey_view, route_map
from cases.actions import journey as actions
from cases.forms.journey import CHAPTERS, StopForm
from cases.identity import take_out_names
from cases.models import Case, CaseMember, Journey, Stop, YouthWords, scope_of
from cases.page import case_page, works_on
from cases.rules.journey import ITEMS

CONFLICT = 409


def case_for(request, pk, queryset):
    return get_object_or_404(queryset.select_related("gemeente", "swv"), pk=pk)


def journey_of(case, user):
    """The Reis of a case; without a row while nobody wrote in it."""
    found = (
        Journey.objects.visible_to(user).filter(case=case).select_related("case", "wensdroom_by", "updated_by").first()
    )
    return found or Journey(**scope_of(case), version=0)


@require_GET
def journey(request, pk):
    user, today = request.user, timezone.localdate()
    case = case_for(request, pk, Case.objects.visible_to(user))
    reis = journey_of(case, user)
    stops = list(Stop.objects.visible_to(user).filter(case=case))
    words = list(YouthWords.objects.visible_to(user).filter(case=case).select_related("written_by"))
    works = works_on(user, case)
    if not works:
        take_out_names([case.pk], [*([reis] if reis.pk else []), *stops, *words])
    members = (
        CaseMember.objects.visible_to(user)
        .filter(case=case, ends_on=None)
        .select_related("user")
        .order_by("starts_on", "pk")
    )
    drawing = journey_view.route(reis, stops, today, companions=[member.user.name[:1] for member in members])
    gaps = journey_view.gaps(reis)
    context = case_page(
        request,
        case,
        "journey",
        reads="journey_read" if works else None,  # taking out names wrote that same line
        journey=reis,
        is_begun=bool(reis.pk or stops),
        is_in_words=request.GET.get("beeld") == "woorden",
        map=route_map.draw(drawing),
        sentence=journey_view.description(reis, stops, case, today),
        count_sentence=journey_view.count_sentence(stops, today),
        stops=journey_view.stop_lines(stops, today),
        earlier_words=[said for said in words if said.text != reis.wensdroom],
        chapters=journey_view.chapters(reis),
        gaps=gaps,
        written_count=len(ITEMS) - len(gaps),
        item_count=len(ITEMS),
        steps=range(len(ITEMS)),
    )
    return render(request, "cases/journey.html", context)


@require_http_methods(["GET", "POST"])
def journey_chapter(request, pk, chapter):
    case = case_for(request, pk, Case.objects.editable_by(request.user))
    if (chapter := CHAPTERS.get(chapter)) is None:
        raise Http404
    status, conflict = 200, None
    reis = journey_of(case, request.user)
    if request.method == "POST":
        form = chapter.form(request.POST, instance=reis, user=request.user)
        if form.is_valid():
            fields, values = form._meta.fields, form.values
            saved = actions.save_chapter(
                case=case, fields=fields, values=values, seen=form.cleaned_data["seen"], by=request.user
            )
            if saved:
                messages.success(request, "Bewaard.")
                return redirect(f"{reverse('cases:journey', args=[case.pk])}#{chapter.key}")
            reis = journey_of(case, request.user)
            theirs = journey_of(case, request.user)
            data = request.POST.copy()
            data["seen"] = theirs.fingerprint(fields)
            form = chapter.form(data, instance=reis, user=request.user)
            conflict = conflict_of(form, theirs, values, user=request.user, by=theirs.updated_by, at=theirs.updated_at)
            status = CONFLICT
        else:
            reis, status = journey_of(case, request.user), 422
    else:
        form = chapter.form(instance=reis, user=request.user)
    context = case_page(
        request,
        case,
        "journey",
        reads="journey_read",
        chapter=chapter,
        form=form,
        journey=reis,
        conflict=conflict,
        log_url="",
    )
    return render(request, "cases/journey_form.html", context, status=status)


def conflict_of(form, theirs, values, *, user, by=None, at=None):
    """What stands there now beside what this person wrote, for the fields that differ."""
    return {
        "by": by.short_name if by else "",
        "is_own": by == user,
        "at": at,
        "fields": [
            {
                "label": form.fields[name].label,
                "theirs": display_of(theirs, name),
                "mine": display_of(type(theirs)(**{name: value}), name),
            }
            for name, value in values.items()
            if getattr(theirs, name) != value
        ],
    }


def display_of(row, name):
    """The value of a field as a person reads it."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if row._meta.get_field(name).choices:
        return getattr(row, f"get_{name}_display")() or ""
    return value if value is not None else ""


def stop_for(request, pk, stop_pk):
    case = case_for(request, pk, Case.objects.editable_by(request.user))
    return case, get_object_or_404(Stop.objects.editable_by(request.user).filter(case=case), pk=stop_pk)


def to_words(case, anchor="in-woorden"):
    return redirect(f"{reverse('cases:journey', args=[case.pk])}#{anchor}")


@require_http_methods(["GET", "POST"])
def stop_add(request, pk):
    case = case_for(request, pk, Case.objects.editable_by(request.user))
    form = StopForm(request.POST or None)
    if request.method == "POST":
        form = StopForm(request.POST)
        if form.is_valid():
            actions.add_stop(case=case, values=form.values, by=request.user)
            messages.success(request, "Halte toegevoegd.")
            return to_words(case)
    context = case_page(request, case, "journey", form=form, log_url="")
    return render(request, "cases/stop_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def stop_edit(request, pk, stop_pk):
    case, stop = stop_for(request, pk, stop_pk)
    title, status, conflict = stop.title, 200, None
    if request.method == "POST":
        form = StopForm(request.POST, instance=stop)
        if form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.change_stop(stop=stop, values=values, version=version, by=request.user):
                messages.success(request, "Halte bewaard.")
                return to_words(case, f"halte-{stop.pk}")
            _, theirs = stop_for(request, pk, stop_pk)
            data = request.POST.copy()
            data["version"] = theirs.version
            form = StopForm(data, instance=stop)
            title, status, conflict = theirs.title, CONFLICT, conflict_of(form, theirs, values, user=request.user)
        else:
            status = 422
    else:
        form = StopForm(instance=stop)
    context = case_page(
        request, case, "journey", reads="journey_read", form=form, stop=stop, title=title, conflict=conflict, log_url=""
    )
    return render(request, "cases/stop_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def stop_delete(request, pk, stop_pk):
    """Asks first; without JavaScript this page is the dialog."""
    case, stop = stop_for(request, pk, stop_pk)
    if request.method == "POST":
        version = request.POST.get("version", "")
        if version.isdecimal() and actions.delete_stop(stop=stop, version=int(version[:9]), by=request.user):
            messages.success(request, "Halte weggehaald.")
            return to_words(case)
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
