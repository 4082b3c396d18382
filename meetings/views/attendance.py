"""Who was at an activity, and the register of those people with what they followed (R15.2)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import attendance as actions
from meetings.forms.activity import PeopleForm, ProfessionalForm, RegisterFilter
from meetings.models import Activity, Participation, Professional, ProfessionalAddress
from meetings.rules.activities import MAKES, ActivityKind
from meetings.tabs import tabs_of
from meetings.views.activity import PER_PAGE, form_page, own_activity, reader
from meetings.views.team import differences


@require_http_methods(["GET", "POST"])
def people_add(request, pk):
    """Everybody at once; who is in the register already is known again."""
    activity = own_activity(request, pk)
    form = PeopleForm(request.POST if request.method == "POST" else None)
    url = reverse("activities:detail", args=[pk])
    if form.is_valid():
        number = actions.add_people(activity=activity, people=form.found, by=request.user)
        said = {0: "Die stonden er al op.", 1: "1 deelnemer staat erbij."}
        messages.success(request, said.get(number, f"{number} deelnemers staan erbij."))
        return redirect(url)
    return form_page(
        request, form, "Deelnemers erbij", lead=str(activity), back_url=url, action="Zet erbij",
        template="meetings/attendance_form.html",
    )  # fmt: skip


def _on_list(request, pk, seat_pk):
    activity = own_activity(request, pk)
    return get_object_or_404(Participation.objects.editable_by(request.user).filter(activity=activity), pk=seat_pk)


@require_POST
def take_off(request, pk, seat_pk):
    row = _on_list(request, pk, seat_pk)
    actions.take_off_list(participation=row, by=request.user)
    return redirect(f"{reverse('activities:detail', args=[pk])}?van-de-lijst={row.pk}")


@require_POST
def put_on(request, pk, seat_pk):
    row = _on_list(request, pk, seat_pk)
    if actions.put_on_list(participation=row, by=request.user):
        messages.success(request, "Teruggezet.")
    return redirect("activities:detail", pk)


@require_safe
def people(request):
    """Each person once, also who stands in more registers, with the trainings that they followed."""
    reader(request)
    user = request.user
    form = RegisterFilter(request.GET, user=user)
    is_valid = form.is_valid()
    seen = Professional.objects.visible_to(user)
    if not is_valid:
        seen = seen.none()
    elif any(form.cleaned_data.values()):
        activities = form.narrow(Activity.objects.visible_to(user))
        there = Participation.objects.visible_to(user).filter(activity__in=activities)
        seen = seen.filter(pk__in=there.values("professional"))
    each = seen.values("key").annotate(
        name=Min("name"), organisation=Min("organisation"), function=Max("function"), rows=Count("pk")
    )
    page = Paginator(each.order_by("name", "organisation"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs_of("people", user),
        "form": form,
        "chips": form.chips(request.GET) if is_valid else [],
        "page": page,
        "query": request.GET,
        "rows": _lines(list(page.object_list), user),
    }
    return render(request, "meetings/attendance_list.html", context, status=200 if is_valid else 422)


def _lines(found, user):
    keys = [row["key"] for row in found]
    own = Professional.objects.editable_by(user).filter(key__in=keys).order_by("-pk")
    editable = dict(own.values_list("key", "pk"))
    mail = ProfessionalAddress.objects.visible_to(user).filter(professional__key__in=keys).exclude(email="")
    emails = dict(mail.values_list("professional__key", "email"))
    followed = Participation.objects.visible_to(user).filter(professional__key__in=keys)
    by_key = {}
    for key, kind in followed.values_list("professional__key", "activity__kind").order_by("activity__happened_on"):
        by_key.setdefault(key, []).append(ActivityKind(kind))
    return [
        row
        | {
            "pk": editable.get(row["key"]),
            "email": emails.get(row["key"], ""),
            "number": len(by_key.get(row["key"], ())),
            "followed": list(dict.fromkeys(kind.label for kind in by_key.get(row["key"], ()))),
            "is": [MAKES[kind] for kind in MAKES if kind in by_key.get(row["key"], ())],
        }
        for row in found
    ]


@require_http_methods(["GET", "POST"])
def professional_edit(request, pk):
    reader(request)
    own = Professional.objects.editable_by(request.user).select_related("updated_by")
    professional = get_object_or_404(own, pk=pk)
    email = _email_of(professional, request.user)
    data = request.POST if request.method == "POST" else None
    form = ProfessionalForm(data, instance=professional, initial={"email": email})
    conflict = None
    if form.is_valid():
        values, version = form.values, form.cleaned_data["version"]
        mail = form.cleaned_data["email"]
        done = actions.change_professional(
            professional=professional, values=values, email=mail, version=version, by=request.user
        )
        if done:
            messages.success(request, "Bewaard.")
            return redirect("activities:people")
        if done is None:
            form.add_error("name", "Er staat al iemand met deze naam bij deze organisatie.")
        else:
            theirs = get_object_or_404(own, pk=pk)
            form = ProfessionalForm(
                {**request.POST.dict(), "version": theirs.version}, instance=get_object_or_404(own, pk=pk)
            )
            conflict = differences(form, theirs, values, request.user)
            if email != mail:
                label = form.fields["email"].label
                conflict["fields"].append({"label": label, "theirs": email, "mine": mail})
    return form_page(request, form, "Deelnemer aanpassen", back_url=reverse("activities:people"), conflict=conflict)


def _email_of(professional, user):
    found = ProfessionalAddress.objects.visible_to(user).filter(professional=professional)
    return found.values_list("email", flat=True).first() or ""
