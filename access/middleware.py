"""Around every request: the rules of a session, a second factor, and one transaction in which PostgreSQL knows who asks."""

import uuid
from datetime import timedelta
from urllib.parse import urlencode

import structlog
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from access.context import set_context


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
    """Signs out after 30 idle minutes and after 12 hours in any case (BIO2, ASVS 7.3)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            began = request.session.setdefault("began", now)
            seen = request.session.setdefault("seen", now)
            idle = now - seen > timedelta(minutes=settings.IDLE_MINUTES).total_seconds()
            if idle or now - began > timedelta(hours=settings.ABSOLUTE_HOURS).total_seconds():
                logout(request)
                return redirect(f"{reverse('account_login')}?{urlencode({'reden': 'stil', 'next': request.path})}")
            if now - seen >= 60:  # once a minute is precise enough, and saves a write per request
                request.session["seen"] = now
        return self.get_response(request)


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
    """An account without a second factor can do one thing: set one up."""

    ALLOWED = ("mfa_", "account_logout", "account_reauthenticate", "health")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.url_name or ""
        if not request.user.is_authenticated or name.startswith(self.ALLOWED):
            return None
        if request.session.get("second_factor") or is_mfa_enabled(request.user):
            request.session.setdefault("second_factor", True)
            return None
        messages.info(request, "Zet eerst een tweede stap aan. Daarna kun je verder.")
        return redirect("mfa_activate_totp")
