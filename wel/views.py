"""Pages that belong to no app: errors, the health check and, for developers, the style guide."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

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
