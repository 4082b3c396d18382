"""Around every request: the rules of a session, a second factor, and one transaction that knows who asks."""

import uuid
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from access import audit
from access.context import set_context
from access.idle import end_long_talk, idle_minutes
from access.second_factor import SESSION_KEY, is_set_up


class NoStoreMiddleware:
    """No page with data stays in a browser or proxy; static files are served before this."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.request_id = str(uuid.uuid4())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)
        response = self.get_response(request)
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        return response


class SessionRulesMiddleware:
    """Signs out after 30 idle minutes, 90 at a live table, and after 12 hours in any case (BIO2, ASVS 7.3).

    A request that the page makes by itself says so in the header X-Background, and does not count as being there.
    """

    SLACK = 5  # seconds that the clock in the page (static/js/session.js) may be ahead of ours

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            began = request.session.setdefault("began", now)
            seen = request.session.setdefault("seen", now)
            if now - seen >= idle_minutes(request.session) * 60 - self.SLACK:
                return self._sign_out(request, "idle")
            if now - began >= settings.ABSOLUTE_HOURS * 60 * 60:
                return self._sign_out(request, "absolute")
            # Once a minute is precise enough, and saves a write per request.
            if now - seen >= 60 and "X-Background" not in request.headers:
                request.session["seen"] = now
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "X-Background" not in request.headers:
            end_long_talk(request, view)

    def _sign_out(self, request, reason):
        with transaction.atomic():
            set_context(request.user.pk, request.request_id)
            audit.record("logout", detail={"reason": reason})
        logout(request)
        login = f"{reverse('account_login')}?{urlencode({'reden': 'stil', 'next': _page_of(request)})}"
        if "HX-Request" in request.headers:  # a redirect would put the login page inside this one
            return HttpResponse(status=204, headers={"HX-Redirect": login})
        return redirect(login)


def _page_of(request):
    """Where to go on after logging in: the page somebody was at, never the login or logout itself."""
    if "HX-Request" in request.headers:
        path = urlsplit(request.headers.get("HX-Current-URL", "")).path or reverse("reporting:today")
    else:
        path = request.path if request.method != "GET" else request.get_full_path()
    outside = (reverse("account_login"), reverse("account_logout"), reverse("keep_alive"))
    return reverse("reporting:today") if path.startswith(outside) else path


class ContextMiddleware:
    """One transaction around the whole response; views keep ATOMIC_REQUESTS as a savepoint inside it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Session and user are read before the transaction opens.
        user_id = request.user.pk if request.user.is_authenticated else None
        with transaction.atomic():
            set_context(user_id, request.request_id)
            return self.get_response(request)


class SecondFactorMiddleware:
    """A session without a second factor can do one thing: set one up. Whoever has one already logs in again with it."""

    SET_UP = frozenset(
        {"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout", "keep_alive"}
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or request.session.get(SESSION_KEY):
            return None
        if not getattr(view, "login_required", True):  # public for everybody
            return None
        if is_set_up(request.user):
            # This session began before the account got its second factor, elsewhere.
            logout(request)
            return redirect_to_login(_page_of(request))
        if request.resolver_match.view_name in self.SET_UP:
            return None
        messages.info(request, "Zet eerst een tweede stap aan. Daarna kun je verder.")
        return redirect("mfa_activate_totp")
