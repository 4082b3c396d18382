"""Registering a jeugdige: the page, the SWV that follows from gemeente or postcode, and the quiet look-alike check."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions import register as actions
from cases.forms.register import LookalikeForm, RegisterForm, SignalForm, find_place, swv_choices_for
from cases.identity import lookalikes
from cases.models import Case
from regions.models import grants_of

WITHOUT_NAME = "zonder-naam"


@require_http_methods(["GET", "POST"])
def case_register(request):
    _registers_or_404(request.user)
    form_class = SignalForm if WITHOUT_NAME in request.GET else RegisterForm
    if request.method == "GET":
        return _page(request, _area_form(request, form_class))
    if request.POST.get("zoek") or (request.POST.get("postcode") and not request.POST.get("gemeente")):
        form, area = _with_area(request, form_class)
        return _page(request, form, **area)
    form = _area_form(request, form_class, request.POST)
    if not form.is_valid():
        return _page(request, form, other=said_other(request), status=422)
    if form_class is SignalForm:
        case = actions.register_signal(by=request.user, today=timezone.localdate(), **form.case_fields())
    else:
        matches = matches_for(request.user, form.cleaned_data["gemeente"], form.person(), said_other(request))
        if matches:
            return _page(request, form, matches=matches, other=said_other(request), stopped=True, status=422)
        case = actions.register_case(
            by=request.user,
            today=timezone.localdate(),
            person=form.person(),
            consent=form.cleaned_data["consent"],
            **form.case_fields(),
        )
    messages.success(request, _registered(case))
    return redirect(case)


@require_POST
def case_register_area(request):
    """Gemeente and SWV again, after a postcode or another gemeente; a POST, so that nothing typed is in a URL."""
    _registers_or_404(request.user)
    form, area = _with_area(request, SignalForm if WITHOUT_NAME in request.GET else RegisterForm)
    context = {"form": form, "area_url": request.get_full_path(), **area}
    return render(request, "cases/case_register_area.html", context)


@require_POST
def case_register_lookalikes(request):
    _registers_or_404(request.user)
    form = LookalikeForm(request.POST, user=request.user)
    other = said_other(request)
    matches = matches_for(request.user, form.cleaned_data["gemeente"], form.person(), other) if form.is_valid() else []
    said_no = request.htmx.trigger_name == "other"
    context = {"matches": matches, "other": other, "focus": "#register" if said_no else "keep"}
    return render(request, "cases/case_register_lookalikes.html", context)


def _registers_or_404(user):
    if not grants_of(user).may("register_cases"):
        raise Http404


def _area_url(is_signal):
    return reverse("cases:register_area") + (f"?{WITHOUT_NAME}=1" if is_signal else "")


def _area_form(request, form_class, data=None, **kwargs):
    """The form, whose gemeente asks for its SWVs as soon as another one is chosen."""
    form = form_class(data, user=request.user, **kwargs)
    form.fields["gemeente"].widget.attrs.update(
        {
            "hx-post": _area_url(form_class is SignalForm),
            "hx-target": "#area",
            "hx-swap": "outerHTML",
            "hx-trigger": "change",
        }
    )
    return form


def _page(request, form, *, status=200, **extra):
    is_signal = isinstance(form, SignalForm)
    context = {
        "form": form,
        "is_signal": is_signal,
        "other_url": reverse("cases:register") + ("" if is_signal else f"?{WITHOUT_NAME}=1"),
        "area_url": _area_url(is_signal),
        "focus": "keep",
        **extra,
    }
    return render(request, "cases/case_register.html", context, status=status)


def _with_area(request, form_class):
    """The page as it was typed, with gemeente and SWV filled in where they follow from what is known."""
    typed = request.POST.dict()
    searched = typed.get("zoek") or not typed.get("gemeente")
    place, error = find_place(request.user, typed.get("postcode", "")) if searched else (None, "")
    if place:
        typed["gemeente"] = place.gemeente.pk
    chosen = "" if place else typed.pop("swv", "")
    form = _area_form(request, form_class, initial=typed)
    age = form.age_so_far()
    default = None
    if any(str(swv.pk) == chosen for swv in form.options):
        default = chosen
    elif form.gemeente:
        _, default = swv_choices_for(request.user, form.gemeente, age=age, postcode=typed.get("postcode", ""))
    form.initial["swv"] = getattr(default, "pk", default)
    return form, {
        "place": place,
        "place_error": error,
        "must_choose_swv": bool(form.options) and age is not None and not default,
        "focus": "#id_postcode" if error else "#id_gemeente" if searched else "keep",
    }


def said_other(request):
    """Ids of the look-alikes that were said to be somebody else."""
    values = ",".join(request.POST.getlist("other"))[:200].split(",")
    return sorted({int(value) for value in values if value.isascii() and value.isdigit()})


def matches_for(user, gemeente, person, other):
    """The cases that may be the same youth; only those that this person may open."""
    found = {row.case_id: row for row in lookalikes(gemeente_id=gemeente.pk, person=person)}
    cases = Case.objects.known_to(user).filter(pk__in=found.keys() - set(other)).select_related("gemeente")
    return [
        {
            "code": case.code,
            "id": case.pk,
            "url": case.get_absolute_url(),
            "why": "zelfde geboortedatum" if found[case.pk].same_birth else "zelfde naam",
            "gemeente": case.gemeente.short_name,
        }
        for case in cases
    ]


def _registered(case):
    again = reverse("cases:register")
    if case.is_signal:
        return format_html(
            '{} is aangemeld als signaal. <a href="{}">Meld nog iemand aan</a>', case.code, f"{again}?{WITHOUT_NAME}=1"
        )
    return format_html(
        '{} is aangemeld. <a href="{}">Schrijf het eerste gesprek op</a> · <a href="{}">Meld nog iemand aan</a>',
        case.code,
        reverse("cases:write", args=[case.pk]),
        again,
    )
