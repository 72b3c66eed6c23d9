"""What the demonstration, the tests and production share."""

from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from redis.backoff import NoBackoff
from redis.retry import Retry

from icp.operations.logs import configuration as logs

from .limits import limits_from
from .sign_on import single_sign_on_from, single_sign_on_rules

BASE_DIR = Path(__file__).resolve().parent.parent.parent

PRODUCT_NAME = "Integrated Care Programme Portal"
PRODUCT_VERSION = "0.1.0"

DEBUG = False
DEMO = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "icp.common",
    "icp.audit",
    "icp.accounts",
    "icp.operations",
    "programmes",
    "risks",
    "finance",
    "outcomes",
    "boards",
]

MIDDLEWARE = [
    "icp.operations.middleware.Watched",
    "django.middleware.security.SecurityMiddleware",
    # Outside what serves the static files, so that these carry the policy too.
    "csp.middleware.CSPMiddleware",
    "icp.common.middleware.KnownMethods",
    "icp.common.middleware.ApiOnlyEncrypted",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "icp.common.middleware.NotKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "icp.accounts.known_devices.KnownDevices",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "icp.accounts.middleware.SessionsEnd",
    "icp.accounts.middleware.SecondFactorFirst",
    "icp.accounts.brakes.Brakes",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "icp.audit.middleware.RecordRequest",
    "icp.common.middleware.PlainTextOnly",
    "icp.common.middleware.OneDate",
]

ROOT_URLCONF = "icp.urls"
WSGI_APPLICATION = "icp.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "icp.common.context.portal",
                "icp.accounts.context.single_sign_on",
                "programmes.context.navigation",
            ],
            "builtins": ["django.templatetags.static"],
        },
    },
]

# --- People -----------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    # As passwords were kept before; each is hashed anew when its owner signs in.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "icp.accounts.passwords.NotBuiltOnACommonPassword"},
    {"NAME": "icp.accounts.stolen.NotStolen"},
]
# A sorted list of the SHA-1s of passwords stolen elsewhere; none: only the common ones are refused.
STOLEN_PASSWORDS_FILE = ""
ACCOUNT_ADAPTER = "icp.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"reset_password": "icp.accounts.forms.ResetPasswordForm"}
# How long the link in an invitation works.
INVITATION_DAYS = 14
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
# Sign-ins end with the browser, after idleness and after a day's work: there is nothing to remember.
ACCOUNT_SESSION_REMEMBER = False
# Failures are counted in icp.accounts.throttle; "login_failed" counts wrong second factors.
# Many people of an organisation may come from one address.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "5/5m/key"}
# How many days a token of the API works.
API_TOKEN_DAYS = 90
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# A session ends after so many minutes without a page asked for, and after so many hours in any case.
SESSION_IDLE_MINUTES = 60
SESSION_HOURS = 12

# --- Guessing ---------------------------------------------------------------
# What may fail in a window of so many seconds: one account from one address, everything from one address,
# one account from everywhere (which does not count where its owner has signed in before).
SIGN_IN_WINDOW = 300
# A browser known to the account has a count of its own, as large as one account's from one address.
DEVICE_COOKIE_NAME = "known-browser"
SIGN_IN_FAILURES = {"pair": 5, "address": 50, "account": 50}

# --- Brakes -----------------------------------------------------------------
# How much one person may ask for in a minute, by kind.
LIMITS_A_MINUTE = limits_from("")

# --- Second factors ---------------------------------------------------------
# Whether those with a guarded role must have one, and who has such a role: finance leads of organisations too.
SECOND_FACTOR_REQUIRED = False
SECOND_FACTOR_ASKED_OF = "programmes.access.has_a_guarded_role"
# Who may say that it is really they who lost theirs.
SECOND_FACTOR_VOUCHERS = "programmes.access.may_vouch_for"
SECOND_FACTOR_ROLES = ("office", "finance", "administrator")
MFA_ADAPTER = "icp.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "icp.accounts.forms.SecondStepForm",
    "reauthenticate": "icp.accounts.forms.SecondStepAgainForm",
    "add_webauthn": "icp.accounts.forms.AddPasskeyForm",
    "authenticate_webauthn": "icp.accounts.forms.PasskeyStepForm",
    "login_webauthn": "icp.accounts.forms.PasskeyLoginForm",
    "reauthenticate_webauthn": "icp.accounts.forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey cannot be guessed, and many people of an organisation may come from one address.
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_TOTP_ISSUER = PRODUCT_NAME
# A code works for its own half minute and no longer; icp.accounts.forms sees to it that none works twice.
MFA_TOTP_TOLERANCE = 0
# Nobody registers an address of their own: invitations do, and prove it.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- Single sign-on ---------------------------------------------------------
SOCIALACCOUNT_ADAPTER = "icp.accounts.sso.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
SOCIALACCOUNT_PROVIDERS = single_sign_on_from({})
SSO = single_sign_on_rules({})

# --- Words and time ---------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# --- Files ------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = 5 * 1024 * 1024
# How long reading one file may take: less than a web server is given for a request.
UPLOAD_MAX_SECONDS = 30
# A plan may be larger: what a worker reads is held row by row (docs/importing.md). The worker has longer for it.
PLAN_UPLOAD_MAX_BYTES = 15 * 1024 * 1024
PLAN_UPLOAD_MAX_ROWS = 100_000
UPLOAD_MAX_SECONDS_OF_A_WORKER = 400
# A plan file that is larger is read and compared by a worker, while a page says how far it has come.
UPLOAD_AT_ONCE_BYTES = 150 * 1024

# --- How long things are kept, in days (docs/data-protection.md) ------------
# To whom mail went and what it said, after it left or was refused.
KEEP_MAIL_DAYS = 90
# Files brought for an import, imported or not.
KEEP_UPLOADED_FILES_DAYS = 90
# From where and on what people signed in; 90 at least.
KEEP_SIGN_INS_DAYS = 365

# --- Browser security -------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "icp.common.views.csrf_failure"

# --- Database ---------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_APP_ROLE = "icp_app"
# History is stamped by the portal's clock, row by row, so that no two events of a row share a moment.
PGHISTORY_CREATED_AT_FUNCTION = "icp_now()"


def caches_at(location: str) -> dict[str, dict[str, object]]:
    """The default cache, which each process stands in for while the server is away; ``shared`` never does."""
    # A server that is away is noticed at once, not after many tries.
    options = {
        "socket_connect_timeout": 2,
        "socket_timeout": 2,
        "retry": Retry(NoBackoff(), 0),
    }
    shared = {"LOCATION": location, "OPTIONS": options}
    return {
        "default": {"BACKEND": "icp.common.cache.SharedOrOwn", **shared},
        "shared": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **shared},
    }


# --- Celery -----------------------------------------------------------------
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_ACKS_ON_FAILURE_OR_TIMEOUT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A worker that is killed loses its message for this long at most.
    "visibility_timeout": 360,
    # A page that queues work must answer, even when the broker does not.
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    # Waiting for it is the timer's business: closing a month queues five tasks, one after the other.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BEAT_SCHEDULER = "icp.operations.timer:Scheduler"
CELERY_BEAT_SCHEDULE = {
    # Every task below may run twice, late or on two schedulers: each only does what is still to be done.
    # One that no worker took before the next is due expires: a night without workers leaves no pile of them.
    "turn-the-day": {
        "task": "programmes.tasks.turn_the_day",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 15 * 60},
    },
    "preview-waiting-uploads": {
        "task": "programmes.tasks.preview_waiting_uploads",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "send-waiting-mail": {
        "task": "icp.common.tasks.send_waiting_mail",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "build-waiting-reports": {
        "task": "boards.tasks.build_waiting_reports",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "remind-finance-leads": {
        "task": "finance.tasks.remind_finance_leads",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 15 * 60},
    },
    "warn-of-agreements": {
        "task": "finance.tasks.warn_of_agreements",
        "schedule": crontab(hour=6, minute=10),
        "options": {"expires": 12 * 60 * 60},
    },
    "build-waiting-risk-reports": {
        "task": "risks.tasks.build_waiting_risk_reports",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "remind-of-risk-reviews": {
        "task": "risks.tasks.remind_of_reviews",
        "schedule": crontab(hour=7, minute=10),
        "options": {"expires": 12 * 60 * 60},
    },
    "forget-what-is-past": {
        "task": "icp.common.tasks.forget_what_is_past",
        "schedule": crontab(hour=3, minute=20),
        "options": {"expires": 12 * 60 * 60},
    },
}

# --- API --------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "icp.accounts.api_tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "icp.api.Paging",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # JSON only: a form or plain text that another site's page could send is no request to the API.
    "DEFAULT_PARSER_CLASSES": ["icp.common.api.Json"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_VERSIONING_CLASS": "rest_framework.versioning.NamespaceVersioning",
    "DEFAULT_VERSION": "v1",
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "icp.api.say_what_was_refused",
    "DEFAULT_THROTTLE_CLASSES": ["icp.accounts.brakes.ApiBrake"],
    "DEFAULT_THROTTLE_RATES": {"token": "10/min"},
    "PAGE_SIZE": 50,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{PRODUCT_NAME} API",
    "DESCRIPTION": (
        "Read what you may see; write plan rows, statuses and positions by the same rules as the pages. Whoever asks too often in a "
        "minute is answered 429, with the seconds to wait in Retry-After."
    ),
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "RagEnum": "programmes.rules.rag.Rag.choices",
        "PeriodStateEnum": "programmes.models.cycle.PeriodState",
        "ReturnStateEnum": "programmes.models.cycle.ReturnState",
        "ProgrammeStateEnum": "programmes.models.programme.ProgrammeState",
        "ReportStateEnum": "boards.models.report.ReportState",
        "ReportKindEnum": "boards.models.report.ReportKind",
        "DependencyKindEnum": "programmes.models.dependency.DependencyKind",
        "PlanImportStateEnum": "programmes.api.import_serializers.STATES",
        "FeedKindEnum": "programmes.models.beside.FeedKind",
        "ItemKindEnum": "programmes.models.plan.ItemKind",
        "ProgrammeKindEnum": "programmes.models.programme.ProgrammeKind",
        "ChangeLineKindEnum": "programmes.models.change.ChangeLineKind",
        "RiskKindEnum": "risks.models.risk.RiskKind",
        "RiskStateEnum": "risks.models.risk.RiskState",
        "RiskReportKindEnum": "risks.models.report.RiskReportKind",
        "RiskReportStateEnum": "risks.models.report.RiskReportState",
        "ChangeStateEnum": "programmes.models.change.ChangeState",
    },
}

# --- Mail -------------------------------------------------------------------
DEFAULT_FROM_EMAIL = "programme.office@icp.invalid"
EMAIL_TIMEOUT = 10

# --- Running it -------------------------------------------------------------
LOGGING = logs(as_json=False)
# Who may see more than "ok" at /readyz, and /metrics at all: these networks, when no proxy stands between, and
# whoever has the token (none: nobody).
OPERATIONS_NETWORKS = ["127.0.0.0/8", "::1/128"]
OPERATIONS_TOKEN = ""
# The folder in which the processes of one machine count together; none: each process counts alone.
METRICS_FOLDER = ""
# Where the worker serves what it counted (path /metrics); 0: nowhere. Never reachable from outside.
WORKER_FIGURES_PORT = 0
# What must be well for /readyz to say so, and its limits.
READY_NEEDS = ["database", "migrations", "broker", "timer", "queue"]
READY_QUEUE_LIMIT = 1000
READY_HEARTBEAT_SECONDS = 90
# What is kept outside the database, by the name it has in a copy.
MEDIA_ROOT = ""

SILENCED_SYSTEM_CHECKS: list[str] = []
