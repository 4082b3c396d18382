"""Misschien dubbel: what a coördinator may know of the same youth in two places, whom to call, and what came out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from access.models import User
from cases.conflict import STATUS as CONFLICT
from cases.doubles import coordinators_of, double_of, settle_double
from cases.forms.double import DoubleForm
from cases.models import PossibleDouble


@require_http_methods(["GET", "POST"])
def possible_double(request, pk):
    double = _double_or_404(pk)
    if request.method == "GET":
        return _page(request, double, DoubleForm(initial={"answer": double.answer, "seen": double.answer}))
    form = DoubleForm(request.POST)
    if not form.is_valid():
        return _page(request, double, form, status=422)
    answer = form.cleaned_data["answer"]
    if settle_double(pk, answer=answer, seen=form.cleaned_data["seen"]):
        messages.success(request, f"Vastgelegd: {PossibleDouble.Answer(answer).label.lower()}.")
        return redirect("cases:possible_double", pk)
    double = _double_or_404(pk)
    form = DoubleForm({"answer": answer, "seen": double.answer})
    return _page(request, double, form, is_conflict=True, status=CONFLICT)


def _double_or_404(pk):
    if (double := double_of(pk)) is None:
        raise Http404
    return double


def _page(request, double, form, *, is_conflict=False, status=200):
    own, other = double.sides
    people = coordinators_of({own.swv.pk, other.swv.pk})
    context = {
        "double": double,
        "form": form,
        "is_conflict": is_conflict,
        "lead": (
            f"{own.swv.short} kent misschien één jeugdige onder twee codes."
            if own.swv == other.swv
            else f"{own.swv.short} en {other.swv.short} kennen misschien dezelfde jeugdige."
        ),
        "is_unshared": any(side.is_own and not side.case for side in double.sides),
        "may_call": any(person != request.user for team in people.values() for person in team),
        "teams": [(swv, people[swv.pk]) for swv in dict.fromkeys((other.swv, own.swv))],
        "answer": PossibleDouble.Answer(double.answer).label.lower() if double.answer else "",
        "is_same": double.answer == PossibleDouble.Answer.SAME,
        "settled_by": User.objects.filter(pk=double.settled_by).first() if double.settled_by else None,
    }
    return render(request, "cases/possible_double.html", context, status=status)
