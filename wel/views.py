"""Pages that belong to no app: errors, the health check and, for developers, the style guide."""

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection, transaction
from django.forms import modelform_factory
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from wel import style_guide as examples


@login_not_required  # a load balancer asks this; the answer tells nothing
@transaction.non_atomic_requests
@require_safe
def health(request):
    """200 when this process reaches the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("geen database", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@require_POST
def set_theme(request):
    """Light or dark, from the menu of the person; without JavaScript the browser comes back to where it was."""
    form = modelform_factory(get_user_model(), fields=["theme"])(request.POST, instance=request.user)
    if form.is_valid():
        request.user.save(update_fields=["theme"])
    came_from = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(came_from if is_ours else "/")


@login_not_required  # routed only while developing and testing; every name in it is invented
def style_guide(request):
    """Every component, with long names and many items."""
    return render(request, "wel/style_guide.html", examples.context(request))


@login_not_required
def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


@login_not_required
def forbidden(request, exception=None):
    """The same page as for what does not exist: not even existence is told."""
    return render(request, "404.html", status=404)


@login_not_required
def not_found(request, exception=None):
    return render(request, "404.html", status=404)


@login_not_required
def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


@login_not_required
def server_error(request):
    """Asks nothing of the database or the session: either may be what broke."""
    code = getattr(request, "request_id", "")[:8]  # stands in every log line of this request
    return HttpResponse(render_to_string("500.html", {"support_code": code}), status=500)
