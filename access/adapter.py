"""How allauth behaves here: nobody signs up by himself, and logins leave a line in the audit log."""

from allauth.account.adapter import DefaultAccountAdapter

from access import audit


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def authentication_failed(self, request, **credentials):
        super().authentication_failed(request, **credentials)
        audit.record("login_refused")
