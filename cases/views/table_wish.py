"""Aan tafel: whom parents and youth want there, and whom not."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions import table_wish as actions
from cases.conflict import STATUS as CONFLICT
from cases.conflict import beside
from cases.forms.table_wish import TableWishForm
from cases.models import Case, TableWish
from cases.page import case_page
from cases.views.consent import case_for


def wish_for(request, case, wish_pk):
    found = TableWish.objects.editable_by(request.user).filter(case=case).select_related("recorded_by")
    return get_object_or_404(found, pk=wish_pk)


def _page(request, case, template, status=200, **extra):
    context = case_page(
        request, case, "consent", reads="consent_read", log_url="", back_url=_back(case), **extra
    )  # fmt: skip
    return render(request, template, context, status=status)


def _back(case):
    return reverse("cases:table_wishes", args=[case.pk])


@require_safe
def table_wishes(request, pk):
    case = case_for(request, pk, Case.objects.editable_by(request.user))
    wishes = TableWish.objects.visible_to(request.user).filter(case=case).select_related("recorded_by")
    return _page(request, case, "cases/table_wishes.html", wishes=wishes)


@require_http_methods(["GET", "POST"])
def wish_add(request, pk):
    case = case_for(request, pk, Case.objects.editable_by(request.user))
    form = TableWishForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        actions.add_wish(case=case, values=form.values, by=request.user)
        messages.success(request, "Opgeschreven.")
        return redirect(_back(case))
    return _page(request, case, "cases/table_wish_form.html", 422 if request.method == "POST" else 200, form=form)


@require_http_methods(["GET", "POST"])
def wish_edit(request, pk, wish_pk):
    case = case_for(request, pk, Case.objects.editable_by(request.user))
    wish = wish_for(request, case, wish_pk)
    form, status, conflict = TableWishForm(request.POST or None, instance=wish, case=case), 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values, version = form.values, form.cleaned_data["version"]
            if actions.change_wish(wish=wish, values=values, version=version, by=request.user):
                messages.success(request, "Bewaard.")
                return redirect(_back(case))
            theirs = wish_for(request, case, wish_pk)
            form = TableWishForm(
                {**request.POST.dict(), "version": theirs.version},
                instance=wish_for(request, case, wish_pk),
                case=case,
            )
            conflict = beside(
                form,
                theirs,
                values,
                user=request.user,
                by=theirs.recorded_by,
                at=timezone.localtime(theirs.recorded_at),
            )
            status = CONFLICT
    return _page(
        request, case, "cases/table_wish_form.html", status, form=form, conflict=conflict, wish_pk=wish_pk
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def wish_remove(request, pk, wish_pk):
    case = case_for(request, pk, Case.objects.editable_by(request.user))
    wish = wish_for(request, case, wish_pk)
    if request.method == "POST":
        actions.remove_wish(wish=wish, by=request.user)
        messages.success(request, "Weggehaald.")
        return redirect(_back(case))
    return _page(request, case, "cases/table_wish_remove.html", wish=wish)
