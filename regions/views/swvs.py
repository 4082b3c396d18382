"""Samenwerkingsverbanden: names and addresses that staff correct; the borders come from the import."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions import actions
from regions.forms import SwvFilter, SwvForm
from regions.models import GemeenteSwv, Samenwerkingsverband
from regions.views.beheer import page, page_of, sort_links

PAGE_SIZE = 25

manages_reference_data = permission_required("regions.manage_reference_data", raise_exception=True)


@manages_reference_data
@require_safe
def swvs(request):
    form = SwvFilter(request.GET)
    if not form.is_valid():
        return render(request, "regions/swvs.html", page(request, "regions:swvs", form=form, page=None), status=422)
    chosen = form.cleaned_data
    certain = Q(gemeente_rows__is_doubtful=False)
    rows = Samenwerkingsverband.objects.annotate(gemeente_count=Count("gemeente_rows", filter=certain))
    if words := chosen["zoek"]:
        covers = GemeenteSwv.objects.filter(swv=OuterRef("pk"), is_doubtful=False, gemeente__name__icontains=words)
        own = Q(name__icontains=words) | Q(label__icontains=words) | Q(key__icontains=words) | Q(city__icontains=words)
        rows = rows.filter(own | Exists(covers))
    if chosen["soort"]:
        rows = rows.filter(kind=chosen["soort"])
    sort = chosen["sort"] or "code"
    return render(
        request,
        "regions/swvs.html",
        page(
            request,
            "regions:swvs",
            form=form,
            page=page_of(request, rows.order_by(*SwvFilter.SORTS[sort]), PAGE_SIZE),
            chips=form.chips(request.GET),
            sort=sort_links(request, sort, "code", "plaats"),
        ),
    )


@manages_reference_data
@require_http_methods(["GET", "HEAD", "POST"])
def swv_edit(request, key):
    swv = get_object_or_404(Samenwerkingsverband, key=key)
    title = str(swv)
    stale = None
    if request.method == "POST":
        form = SwvForm(request.POST, instance=swv)
        if form.is_valid():
            try:
                changed = actions.correct_swv(swv=swv, values=form.values(), version=form.cleaned_data["version"])
            except actions.Stale:
                stale = _conflict(form)
            else:
                messages.success(request, "Bewaard." if changed else "Er was niets veranderd.")
                return redirect("regions:swv_edit", swv.key)
    else:
        form = SwvForm(instance=swv)
    labels = {name: field.label for name, field in form.fields.items()}
    saved = Samenwerkingsverband.objects.get(pk=swv.pk)
    context = page(
        request,
        "regions:swvs",
        swv=saved,
        title=title,
        form=form,
        stale=stale,
        corrected=[{"field": name, "label": labels[name]} for name in saved.corrected],
        gemeenten=saved.gemeente_rows.filter(is_doubtful=False).select_related("gemeente").order_by("gemeente__name"),
    )
    return render(request, "regions/swv_edit.html", context, status=422 if form.is_bound else 200)


def _conflict(form):
    """Both texts of every field that differs; saving once more keeps what stands in the form."""
    saved = Samenwerkingsverband.objects.get(pk=form.instance.pk)
    form.data = form.data.copy()
    form.data["version"] = saved.version
    return [
        {"label": form.fields[name].label, "theirs": getattr(saved, name), "yours": value}
        for name, value in form.values().items()
        if value != getattr(saved, name)
    ]


@manages_reference_data
@require_POST
def swv_release(request, key):
    swv = get_object_or_404(Samenwerkingsverband, key=key)
    field = request.POST.get("field", "")
    if field not in swv.corrected:
        raise Http404
    actions.release_correction(swv=swv, field=field)
    messages.success(request, "Bij de volgende import komt de waarde uit de bron terug.")
    return redirect("regions:swv_edit", swv.key)
