"""All settings of WEL; what differs per machine comes from the environment, read here at the top."""

import json
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = BASE_DIR / ".wel"  # the embedded server and its secrets; absent in production

env = environ.Env()


def from_environment_or_state(name, file, default=None):
    """A setting from the environment, else from the file that the running launcher wrote."""
    if value := env.str(name, default=""):
        return value
    path = STATE_DIR / file
    return path.read_text().strip() if path.exists() else default


def secret(name):
    """A secret from the environment, else from the launcher's own file; missing stops the start by name."""
    if value := env.str(name, default=""):
        return value
    path = STATE_DIR / "secrets.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    if name not in kept:
        raise ImproperlyConfigured(f"Zet {name} in de omgeving, of start eerst ./wel.sh demo.")
    return kept[name]


DEBUG = env.bool("WEL_DEBUG", default=False)
DEMO = env.bool("WEL_DEMO", default=False)  # demo data and printed logins; never beside real data
TESTING = env.bool("WEL_TEST", default=False)
HTTPS = env.bool("WEL_HTTPS", default=not (DEBUG or DEMO or TESTING))

SECRET_KEY = secret("WEL_SECRET_KEY")
CONTEXT_KEY = secret("WEL_CONTEXT_KEY")  # signs who is asking, for PostgreSQL
# Older keys only read what a second factor is made from; a session or a link that they signed is over.
SECOND_FACTOR_SECRETS = [SECRET_KEY, *env.list("WEL_OLD_SECRET_KEYS", default=[])]
ALLOWED_HOSTS = env.list("WEL_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("WEL_ORIGINS", default=[])
SITE_URL = env.str("WEL_URL", default="")  # the address in links that are mailed

DATABASE_URL = from_environment_or_state("DATABASE_URL", "database_url", "postgresql://wel_app@/wel")
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
DATABASES["default"].update(
    ATOMIC_REQUESTS=True,
    CONN_MAX_AGE=60,
    CONN_HEALTH_CHECKS=True,
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "wel",
    "demo",
    "reporting",
    "meetings",
    "cases",
    "regions",
    "access",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "access.middleware.NoStoreMiddleware",
    "meetings.middleware.VoiceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "access.middleware.SessionRulesMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "access.middleware.ContextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "access.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cases.middleware.GoneMeanwhileMiddleware",
]

ROOT_URLCONF = "wel.urls"
WSGI_APPLICATION = "wel.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wel.context_processors.page",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Documents stay outside the web root; any storage class of Django will do (docs/beheer.md).
DOCUMENTS_DIR = env.str("WEL_DOCUMENTS_DIR", default=str(STATE_DIR / "documents"))
DOCUMENTS_BACKEND = env.str("WEL_DOCUMENTS_BACKEND", default="django.core.files.storage.FileSystemStorage")
STORAGES["documents"] = {
    "BACKEND": DOCUMENTS_BACKEND,
    "OPTIONS": env.json("WEL_DOCUMENTS_OPTIONS", default={})
    if DOCUMENTS_BACKEND != "django.core.files.storage.FileSystemStorage"
    else {"location": DOCUMENTS_DIR, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
}
DOCUMENT_YEARS = env.int("WEL_DOCUMENT_YEARS", default=3)  # kept after a jeugdige is closed
CLAMD = env.str("WEL_CLAMD", default="")  # tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING

# Rate limits count over all web processes, so they live in the one PostgreSQL.
# Room enough that one who tries often cannot push out what was counted of another.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "wel_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What people are reminded of by mail: each a ReminderKind (access/reminders.py), in the order of Profiel.
REMINDERS = ["meetings.reminders.PROMISE", "meetings.reminders.FEEDBACK"]

# Who may log in, and how
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "regions.backends.RoleBackend",
    "guardian.backends.ObjectPermissionBackend",
]
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None  # else guardian makes an account of its own
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS.insert(0, "django.contrib.auth.hashers.MD5PasswordHasher")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "access.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reporting:today"
ACCOUNT_ADAPTER = "access.adapter.AccountAdapter"
MFA_ADAPTER = "access.adapter.MFAAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation link proves the address
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/15m/ip,5/15m/key",
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "table_answer": "20/m/ip",  # by the link in an invitation
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a code that is typed while the next one comes; access.second_factor takes none of the future
MFA_TOTP_ISSUER = "WEL in Ontwikkeling"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO or TESTING
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("WEL_PROXIES", default=0)

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
SESSION_COOKIE_NAME = "__Host-wel" if HTTPS else "wel"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = "__Host-wel-csrf" if HTTPS else "wel-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wel.views.csrf_failure"
IDLE_MINUTES = 30
TALK_MINUTES = 90  # at a live table people talk, and nobody touches the laptop
ABSOLUTE_HOURS = 12

SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

EMAIL_BACKEND = env.str(
    "WEL_EMAIL_BACKEND",
    default="django.core.mail.backends.filebased.EmailBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = STATE_DIR / "mail"
EMAIL_HOST = env.str("WEL_SMTP_HOST", default="localhost")
EMAIL_PORT = env.int("WEL_SMTP_PORT", default=25)
EMAIL_HOST_USER = env.str("WEL_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = env.str("WEL_SMTP_PASSWORD", default="")
EMAIL_TIMEOUT = 30  # seconds; see UNCERTAIN_AFTER in access/mail_queue.py
EMAIL_USE_TLS = env.bool("WEL_SMTP_TLS", default=False)
DEFAULT_FROM_EMAIL = env.str("WEL_MAIL_FROM", default="WEL in Ontwikkeling <wel@localhost>")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
UPLOAD_MAX_BYTES = env.int("WEL_UPLOAD_MB", default=10) * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["access.uploads.BoundedUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "access.logs.Formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("WEL_LOG_LEVEL", default="WARNING")},
    # Django would also mail exceptions with their text, in which a name may stand, to ADMINS.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "access.logs.SilentReporterFilter"
# The e-mail address is unique whatever its case, by a constraint that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004", *(["security.W005", "security.W021"] if not HTTPS else [])]
