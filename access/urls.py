"""Logging in and one's own account: allauth's views one by one on Dutch paths, under the names it reverses.

What is not listed here does not exist: nobody signs up, no e-mail address is managed by its owner, no code by mail.
"""

from django.urls import path, re_path

from access import invitations, views

urlpatterns = [
    path("inloggen/", views.login, name="account_login"),
    path("inloggen/tweede-stap/", views.second_step, name="mfa_authenticate"),
    path("inloggen/toegangssleutel/", views.login_with_passkey, name="mfa_login_webauthn"),
    path("inloggen/account-staat-uit/", views.inactive, name="account_inactive"),
    path("uitloggen/", views.log_out, name="account_logout"),
    # Password
    path("wachtwoord/vergeten/", views.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9a-z]{1,12})-(?P<key>[0-9a-z]{1,12}-[0-9a-f]{32}|set-password)/$",
        views.password_from_mail,
        name="account_reset_password_from_key",
    ),
    path("wachtwoord/nieuw/klaar/", views.password_from_mail_done, name="account_reset_password_from_key_done"),
    path("wachtwoord/wijzigen/", views.password_change, name="account_change_password"),
    # Once more, before something that matters
    path("bevestig/", views.confirm_with_password, name="account_reauthenticate"),
    path("bevestig/code/", views.confirm_with_code, name="mfa_reauthenticate"),
    path("bevestig/toegangssleutel/", views.confirm_with_passkey, name="mfa_reauthenticate_webauthn"),
    # Second factor
    path("profiel/tweede-stap/", views.second_factor_page, name="mfa_index"),
    path("profiel/tweede-stap/app/", views.add_app, name="mfa_activate_totp"),
    path("profiel/tweede-stap/app/vervangen/", views.replace_app, name="replace_totp"),
    path("profiel/tweede-stap/app/weghalen/", views.remove_app, name="mfa_deactivate_totp"),
    path("profiel/tweede-stap/herstelcodes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("profiel/tweede-stap/herstelcodes/nieuw/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("profiel/tweede-stap/toegangssleutels/", views.passkeys, name="mfa_list_webauthn"),
    path("profiel/tweede-stap/toegangssleutels/nieuw/", views.add_passkey, name="mfa_add_webauthn"),
    path("profiel/tweede-stap/toegangssleutels/<int:pk>/", views.edit_passkey, name="mfa_edit_webauthn"),
    path("profiel/tweede-stap/toegangssleutels/<int:pk>/weghalen/", views.remove_passkey, name="mfa_remove_webauthn"),
    # Own account
    path("profiel/", views.profile, name="profile"),
    path("profiel/sessies/", views.sessions, name="usersessions_list"),
    path("blijf/", views.keep_alive, name="keep_alive"),
    re_path(
        r"^uitnodiging/(?P<uid>[0-9a-z]{1,12})/(?P<token>[0-9a-z]{1,12}-[0-9a-f]{32})/$",
        invitations.accept,
        name="accept_invitation",
    ),
    # About WEL
    path("uitleg/", views.help_page, name="help"),
    path("toegankelijkheid/", views.accessibility, name="toegankelijkheid"),
    # Names that allauth reverses on its own account; nothing is behind them.
    path("aanmelden/", views.closed, name="account_signup"),
    path("wachtwoord/instellen/", views.closed, name="account_set_password"),
    path("inloggen/mail-verstuurd/", views.closed, name="account_email_verification_sent"),
]
