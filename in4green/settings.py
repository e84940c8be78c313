"""Settings: everything that differs between machines comes from the environment.

Each variable can also be given as a file (``SECRET_KEY_FILE=/run/secrets/key``), as container
secrets are. ``docs/operations.md`` lists them all.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from actionplan import configuration as actionplan
from groups import configuration as groups
from in4green.common.environment import Env
from in4green.common.logs import logging_settings
from in4green.livetext import configuration as livetext
from meetings import configuration as meetings

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# --- Where we are ---------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
# ``localhost`` is how a container's health check asks its own process.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[urlsplit(BASE_URL).hostname]), "localhost"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# Networks whose X-Forwarded-For is believed: the proxy in front of us, and nobody else.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
VAR_DIR = BASE_DIR / "var"

# --- Parts ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "actionplan",
    "meetings",
    "groups",
    "in4green.livetext",
    "in4green.activity",
    "in4green.common",
    "in4green.common.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "rules",
]

MIDDLEWARE = [
    "in4green.common.middleware.RequestReferenceMiddleware",
    "csp.middleware.CSPMiddleware",
    "in4green.common.middleware.AnswerHeadersMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "in4green.common.middleware.TroubleMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "in4green.common.pagecache.KeptPagesMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "in4green.livetext.devices.ForgetTextsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "groups.middleware.SessionLimitsMiddleware",
    "groups.middleware.TypedTextMiddleware",
    "groups.middleware.DenialMiddleware",
    "groups.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "in4green.urls"
WSGI_APPLICATION = "in4green.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "in4green.common.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "in4green.common.renderer.FormRenderer"

# --- Data -----------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"].update(
    ENGINE="django.db.backends.postgresql",
    # A connection that broke while it lay in the pool is replaced before a page gets it.
    CONN_HEALTH_CHECKS=True,
    OPTIONS={
        # A page waits two seconds for a connection, then says so, instead of hanging. After three
        # the pool stops trying by itself, with ever longer breaks: the next page tries at once.
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL", default=8),
            "timeout": 2,
            "reconnect_timeout": 3,
        },
        "connect_timeout": 5,
    },
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits and short-lived answers live in PostgreSQL: a frozen Redis is felt by nobody.
CACHES = {"default": {"BACKEND": "in4green.common.cache.PostgresCache", "LOCATION": "cache_entry"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Languages and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "in4green.formats"
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Berlin")

# --- Static files ---------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 60

# --- What people upload ---------------------------------------------------------------------------

# Private: outside of the static files, and read through views that ask who is there.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- Accounts -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "groups.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "groups.passwords.LocalWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "member:home"
ACCOUNT_ADAPTER = "groups.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "groups.forms.accounts.SignInForm",
    "signup": "groups.forms.accounts.InvitedSignupForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
# A password alone never opens a new device: a code by mail follows, once in 90 days.
ACCOUNT_LOGIN_BY_CODE_REQUIRED = {"password"}
ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = False
# A new password ends every session but the one in which it was set.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "groups.accounts.MFAAdapter"
MFA_FORMS = {
    "signup_webauthn": "groups.forms.accounts.InvitedPasskeySignupForm",
    "add_webauthn": "groups.forms.accounts.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "In4Green"
MFA_TRUST_COOKIE_AGE = timedelta(days=90)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
USERSESSIONS_TRACK_ACTIVITY = False
# How long somebody may stay away, and how long staff may stay at all.
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
STAFF_IDLE = timedelta(minutes=30)
STAFF_SESSION = timedelta(hours=8)

# --- Mail and the outbox --------------------------------------------------------------------------

EMAIL_URL = env.str("EMAIL_URL", default="")
# Without a mail server, development keeps its mails where the portal itself can show them.
EMAIL_BACKEND = (
    "in4green.common.mailbox.EmailBackend"
    if DEBUG and not EMAIL_URL
    else "in4green.activity.smtp.EmailBackend"
)
_smtp = Env.email_url_config(EMAIL_URL or "smtp://localhost:25")
EMAIL_HOST = _smtp["EMAIL_HOST"]
EMAIL_PORT = _smtp["EMAIL_PORT"]
EMAIL_HOST_USER = _smtp["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _smtp["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _smtp.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _smtp.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="In4Green <portal@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
OUTBOX: dict[str, Any] = {
    "LEASE": timedelta(seconds=env.float("OUTBOX_LEASE", default=120)),
    "BACKOFF": timedelta(seconds=env.float("OUTBOX_BACKOFF", default=30)),
    "BACKOFF_MAX": timedelta(seconds=env.float("OUTBOX_BACKOFF_MAX", default=3600)),
    # At an hour's distance 55 attempts take about two days; then somebody has to look.
    "ATTEMPTS": env.int("OUTBOX_ATTEMPTS", default=55),
    "BATCH": 10,
    # What no worker has claimed by then, the relay sends itself.
    "RELAY_AFTER": timedelta(seconds=env.float("OUTBOX_RELAY_AFTER", default=30)),
    "SWEEP": timedelta(seconds=env.float("OUTBOX_SWEEP", default=60)),
    # Red in /health/ready/: due and nobody sends it; still waiting after so many attempts.
    "ALARM_DUE": timedelta(minutes=5),
    "ALARM_WAITING": timedelta(hours=1),
    "KEPT": timedelta(days=90),
}
# To connect, and to hand over one mail: together shorter than the lease.
OUTBOX["SEND_WITHIN"] = OUTBOX["LEASE"] / 3
LOG_KEPT = timedelta(days=365)

CELERY_BROKER_URL = env.str("REDIS_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Kilobytes; a child that a large document has swollen gives way to a fresh one after its task.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 160_000
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    # Intervals, not clock times: beat keeps no file, and each task asks the database what is due.
    # They expire: what waited while no worker ran need not run twice.
    "outbox-sweep": {
        "task": "in4green.activity.tasks.sweep_outbox",
        "schedule": OUTBOX["SWEEP"],
        "options": {"expires": 60},
    },
    "audit-seal": {
        "task": "in4green.activity.tasks.seal_log",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    **groups.SCHEDULE,
    **livetext.SCHEDULE,
    **meetings.SCHEDULE,
    **actionplan.SCHEDULE,
}

# --- Answers --------------------------------------------------------------------------------------

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 0 if DEBUG else int(timedelta(days=730).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
LIVETEXT = livetext.read(env, origin=BASE_URL)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, *LIVETEXT["SOURCES"]],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {name: [] for name in (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "usb",
)}  # fmt: skip
# The prefix ties a cookie to this host and to https; development has neither.
COOKIE_PREFIX = "" if DEBUG else "__Host-"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "in4green.common.errors.csrf_failure"
MFA_TRUST_COOKIE_NAME = f"{COOKIE_PREFIX}trusted"
MFA_TRUST_COOKIE_SECURE = not DEBUG
MFA_TRUST_COOKIE_HTTPONLY = True
# Nothing that people type into a form is longer; TroubleMiddleware holds whole requests to it.
LARGEST_FORM = 256 * 1024
# Only where a view takes more (``takes_up_to``) this is what bounds the fields beside its files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- The portal -----------------------------------------------------------------------------------

# The group whose portal this is, and the duties of its provider (imprint, privacy).
DEFAULT_GROUP = env.str("DEFAULT_GROUP", default="solingen")
PORTAL_NAME = env.str("PORTAL_NAME", default="In4Green Solingen")
PORTAL_TAGLINE = env.str("PORTAL_TAGLINE", default="") or _("Local working group")
COORDINATION_ADDRESS = env.str("COORDINATION_ADDRESS", default="")
PROVIDER = {
    name.lower(): env.str(f"PROVIDER_{name}", default="")
    for name in (
        "NAME", "ADDRESS", "REPRESENTED_BY", "EMAIL", "PHONE", "SUPERVISORY_AUTHORITY", "VAT_ID",
        "EDITOR", "DATA_PROTECTION_OFFICER", "HOSTING",
    )
}  # fmt: skip
INTEREST: dict[str, Any] = {
    "ANSWER_WORKING_DAYS": env.int("INTEREST_ANSWER_WORKING_DAYS", default=10),
    "DEPUTY_AFTER_WORKING_DAYS": 5,
    "REMIND_AFTER": timedelta(days=3),
    "CONFIRM_WITHIN": timedelta(days=14),
    "DECLINED_KEPT": timedelta(days=183),
    "LINK_KEPT_AFTER_JOINING": timedelta(days=30),
    # Sixty people behind one hall's Wi-Fi in ten minutes; above it the form asks to confirm.
    "NETWORK_LIMIT": 60,
    "NETWORK_WINDOW": timedelta(minutes=10),
}
MEETINGS = meetings.read(env)
ACTIONPLAN = actionplan.read(env)
INVITATION_VALID = timedelta(days=14)
BARRIER: dict[str, Any] = {
    "ANSWER_WITHIN": timedelta(weeks=6),  # BITVNRW § 5
    "REMIND_BEFORE": timedelta(weeks=1),
    "KEPT": timedelta(days=365),
    "NETWORK_LIMIT": 20,
}
# Whoever changes pages checks them again and dates the accessibility statement.
ACCESSIBILITY_CHECKED_ON = date(2026, 11, 22)
# Where somebody may turn whom a public body in North Rhine-Westphalia has not helped.
OMBUDSSTELLE = {
    "email": "ombudsstelle-barrierefreie-it@mags.nrw.de",
    "url": "https://www.lbbp.nrw.de/ombudsstelle",
}

# Below this the disk is a problem in ``/health/ready/``.
HEALTH_FREE_DISK_MB = env.int("HEALTH_FREE_DISK_MB", default=500)

# --- Logs -----------------------------------------------------------------------------------------

LOGGING = logging_settings(plain=DEBUG, level=env.str("LOG_LEVEL", default="INFO"))
