"""Every setting of the portal, read from the environment; README lists the names and what they mean."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pghistory
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.urls import reverse_lazy

from senate_portal.lib import demonstration, environment, error_reports, local_services

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")
demonstration.take_up(VAR_DIR)

# What kind of site this is

DEMONSTRATION = environment.flag("DEMONSTRATION", default=False)
DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.text("SECRET_KEY", required="a long random text that only this site knows")
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
# Keys the list of people who asked us to stop. It must outlive SECRET_KEY, or the list is forgotten.
OBJECTION_KEY = environment.text("OBJECTION_KEY", required="another long random text, never to be changed")
PORT = environment.number("PORT", default=8000, low=1, high=65535)
SITE_URL = environment.web_address("SITE_URL", default=f"http://localhost:{PORT}")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# Names and addresses of the Senate that runs the site

SERVICE_NAME = environment.text("SERVICE_NAME", default="Senate portal")
SENATE_NAME = environment.text("SENATE_NAME", default="London Clinical Senate")
# Days ahead of which contacts and staff are warned that an entry leaves the catalogue, the first one first.
ARCHIVE_WARNING_DAYS = sorted(
    (
        environment.number("ARCHIVE_FIRST_WARNING_DAYS", default=28, low=1, high=365),
        environment.number("ARCHIVE_LAST_WARNING_DAYS", default=7, low=1, high=365),
    ),
    reverse=True,
)
CONTACT_EMAIL = environment.text("CONTACT_EMAIL", default="senate@example.org")
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", default=f"{SENATE_NAME} <senate@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# The follow-up

SEND_WINDOW = environment.hours("SEND_WINDOW", default="09:00-16:00")
# On trial, emails of the follow-up leave for the listed addresses only. A site is on trial until told that it is live.
LIVE = environment.flag("LIVE", default=DEMONSTRATION)
TRIAL_ADDRESSES = [address.lower() for address in environment.words("TRIAL_ADDRESSES")]
SENDING_PAUSED = environment.flag("SENDING_PAUSED", default=False)
MESSAGES_PER_MINUTE = environment.number("MESSAGES_PER_MINUTE", default=60, low=1, high=100_000)

# Erased people, by id, for the day on which a backup is restored. It must not lie with the database.
ERASURE_LEDGER = Path(os.environ.get("ERASURE_LEDGER") or VAR_DIR / "erasures.jsonl")

# How long what is personal is kept; commitments/retention.py says what then becomes of it
RETENTION = {
    name: environment.number(f"RETAIN_{name.upper()}", default=default, low=1, high=1200)
    for name, default in {
        "names_after_close_months": 12,
        "names_at_most_months": 36,  # after the forum
        "emails_days": 90,
        "bounces_days": 30,
        "links_after_close_days": 30,
        "feedback_months": 36,
        "submitters_months": 12,
        "audit_months": 24,
        "history_months": 72,
        "rejected_days": 90,
        "message_months": 24,
        "idle_accounts_days": 90,
    }.items()
}

# Applications

INSTALLED_APPS = [
    "senate_portal.accounts.apps.AccountsConfig",
    "initiatives",
    "stp_feedback",
    "commitments",
    "senate_portal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "drf_spectacular",
    "pgtrigger",
    "pghistory.admin",
    "pghistory",
    "rest_framework",
    "senate_portal.accounts.apps.HiddenAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "senate_portal.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "senate_portal.middleware.NulMiddleware",
    "senate_portal.middleware.LargeBodyMiddleware",
    "senate_portal.middleware.ComeBackLaterMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "senate_portal.middleware.PrivatePagesMiddleware",
    "senate_portal.middleware.SignedOutMiddleware",
    "senate_portal.middleware.SentTwiceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "senate_portal.accounts.middleware.SignInEndsMiddleware",
    "senate_portal.accounts.middleware.SecondFactorMiddleware",
    "senate_portal.accounts.middleware.AuditMiddleware",
    "senate_portal.lib.history.HistoryMiddleware",
    "senate_portal.kept_pages.KeptPagesMiddleware",
]

ROOT_URLCONF = "senate_portal.urls"
WSGI_APPLICATION = "senate_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]

# The portal's own pages are Jinja2. Django's engine serves the admin and whatever else we do not replace.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "senate_portal.lib.templates.environment",
            "extensions": ["jinja2.ext.do"],
            "context_processors": [
                *CONTEXT_PROCESSORS,
                "senate_portal.lib.templates.site",
                "senate_portal.accounts.sessions.warning",
                "commitments.watch.notice",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: PostgreSQL, the one named or the embedded one that `make demo` runs

DATABASES = {"default": environment.database("DATABASE_URL") or local_services.database(VAR_DIR)}
DATABASES["default"] |= {
    "CONN_MAX_AGE": environment.number("CONN_MAX_AGE", default=60, low=0, high=3600),
    "CONN_HEALTH_CHECKS": True,
}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Public pages in the memory of each process; see kept_pages.py
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

# Celery. The broker only wakes workers; what is to be sent stands in the database (commitments/outbox.py).

REDIS_URL = environment.broker("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # A page that rings the bell does not wait for a broker that is away.
    {"visibility_timeout": 3600, "max_retries": 1, "interval_start": 0, "socket_connect_timeout": 5}
    if REDIS_URL
    else local_services.broker_options(VAR_DIR)
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A message is acknowledged as its task begins: a worker of Celery 5.7 that holds an unacknowledged one ends when Redis
# goes away. What a killed worker leaves undone beat asks for again, but for a single email with somebody's link.
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 750
CELERY_TASK_TIME_LIMIT = 780
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SYNC_EVERY = 1
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "check links": {"task": "initiatives.tasks.check_links", "schedule": crontab(hour="3", minute="30")},
    "keep the catalogue fresh": {"task": "initiatives.tasks.keep_fresh", "schedule": crontab(hour="7", minute="30")},
    "tell of saved searches": {
        "task": "initiatives.tasks.tell_of_saved_searches",
        "schedule": crontab(hour="8", minute="30"),
    },
    "dump the catalogue": {"task": "initiatives.tasks.dump_catalogue", "schedule": crontab(hour=4, minute=15)},
    "carry out imports": {"task": "initiatives.tasks.carry_out_imports", "schedule": 60},
    "send what is due": {"task": "commitments.tasks.send_due", "schedule": 60},
    "end what was kept long enough": {
        "task": "commitments.tasks.apply_retention",
        "schedule": crontab(hour=3, minute=15),
    },
    "tell the Senate's people about the week": {
        "task": "commitments.tasks.tell_about_week",
        "schedule": crontab(hour=8, minute=0, day_of_week="mon"),
    },
    "nudge staff about what lies": {"task": "commitments.tasks.nudge_staff", "schedule": crontab(hour=8, minute=15)},
    # One that waited for a worker that was away is no sign of life.
    "sign of life": {"task": "commitments.tasks.sign_of_life", "schedule": 60, "options": {"expires": 60}},
}

# Email: the server named, or files under var/outbox/ that staff can read in the portal

OUTBOX_DIR = VAR_DIR / "outbox"
MAIL_SERVICE = ""  # the backend of django-anymail behind ours
ANYMAIL: dict[str, str] = {}
NOTIFY: dict[str, str] = {}
vars().update(environment.mail_route("EMAIL_URL") or {"EMAIL_BACKEND": "senate_portal.lib.mail_files.EmailBackend"})
EMAIL_TIMEOUT = 120
# Where a mail server returns what it cannot deliver; each email leaves with an address of its own at this mailbox.
BOUNCE_ADDRESS = environment.text("BOUNCE_ADDRESS")
# user:password for the reports of a mail service, and the bearer token of Notify's.
WEBHOOK_SECRET = environment.text("WEBHOOK_SECRET")
ANYMAIL["WEBHOOK_SECRET"] = WEBHOOK_SECRET

# Sign-in: by a code sent to a known address; nobody signs up by themselves

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("home")
ACCOUNT_ADAPTER = "senate_portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# The emailed code proves the address each time.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXIES", default=0, low=0, high=10)
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# History: who changed what, in tables that triggers fill

PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

# Language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DATE_FORMAT = "l j F Y"
FORMAT_MODULE_PATH = "senate_portal.formats"

# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [(folder, BASE_DIR / "static" / folder) for folder in ("css", "img", "js", "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "senate_portal.lib.static_files.StaticFilesStorage"},
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Safety

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # of a form, apart from its files

HTTPS = urlsplit(SITE_URL).scheme == "https"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
# Health checks come from inside, over plain http.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "senate_portal.refusals.csrf_failure"
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

# The read API

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 25,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": "600/min"},
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
}
SPECTACULAR_SETTINGS = {
    "ENUM_NAME_OVERRIDES": {"BasisEnum": "initiatives.models.Basis"},
    "TITLE": f"{SERVICE_NAME}: read API",
    "DESCRIPTION": "The published catalogue and feedback. Public, read only, paged.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "senate_portal.api.with_refusals"],
}

# Logs: ids, never names, addresses or tokens

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "senate_portal.lib.logs.SafeFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
        "json": {"()": "senate_portal.lib.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if environment.flag("LOG_AS_JSON", default=False) else "line",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}

# Watching: both sleep until they are set

METRICS_TOKEN = environment.served_by("prometheus_client", "METRICS_TOKEN")
if dsn := environment.sentry_dsn("SENTRY_DSN"):
    error_reports.start(dsn)
