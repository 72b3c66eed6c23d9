"""Production: everything that differs comes from the environment; nothing has a default secret."""

import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import READY_NEEDS, REST_FRAMEWORK, caches_at, logs
from .limits import limits_from
from .sign_on import single_sign_on_from, single_sign_on_rules


def required(name: str) -> str:
    """The environment variable ``name``.

    Raises:
        ImproperlyConfigured: it is missing or empty.
    """
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: see docs/production.md for what it holds.")
    return value


def listed(name: str, otherwise: str) -> list[str]:
    """The environment variable ``name``, a list with commas, or ``otherwise``."""
    return [one.strip() for one in os.environ.get(name, otherwise).split(",") if one.strip()]


def database(address: str) -> dict[str, object]:
    """Django's settings for ``postgres://user:password@host:port/name``."""
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgres://user:password@host:5432/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A folder in which the server has its socket is written with %2F for each slash.
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or 5432),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A server that has gone is noticed in seconds, not when the network gives up.
        "OPTIONS": {"connect_timeout": 5, "tcp_user_timeout": 15_000},
    }


SECRET_KEY = required("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")

# Keys of before: what was locked with them can still be opened, and nothing is locked with them any more.
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_OLD", "").split(",") if key]

# Migrating and restoring run as the owner; everything else as a role that owns nothing.
OWNS_THE_DATABASE = os.environ.get("ICP_DATABASE_ROLE", "app") == "owner"
DATABASES = {
    "default": database(required("DATABASE_OWNER_URL" if OWNS_THE_DATABASE else "DATABASE_URL"))
}
CELERY_BROKER_URL = BROKER_ADDRESS = required("REDIS_URL")
CACHES = caches_at(CELERY_BROKER_URL)

ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",")]
PUBLIC_ADDRESS = required("PUBLIC_ADDRESS").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]

EMAIL_HOST = required("EMAIL_HOST")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "yes") == "yes"
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL")

LOGGING = logs(as_json=True)
OPERATIONS_TOKEN = os.environ.get("OPERATIONS_TOKEN", "")
if OPERATIONS_TOKEN and len(OPERATIONS_TOKEN) < 20:
    raise ImproperlyConfigured("OPERATIONS_TOKEN must have at least 20 random characters.")
OPERATIONS_NETWORKS = listed("OPERATIONS_NETWORKS", "127.0.0.0/8,::1/128")
READY_NEEDS = listed("READY_NEEDS", ",".join(READY_NEEDS))
WORKER_FIGURES_PORT = int(os.environ.get("WORKER_FIGURES_PORT", "0"))
METRICS_FOLDER = os.environ.get("METRICS_FOLDER", "")
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", "")

UPLOAD_MAX_SECONDS = int(os.environ.get("UPLOAD_MAX_SECONDS", "30"))
KEEP_MAIL_DAYS = int(os.environ.get("KEEP_MAIL_DAYS", "90"))
KEEP_SIGN_INS_DAYS = max(90, int(os.environ.get("KEEP_SIGN_INS_DAYS", "365")))
KEEP_UPLOADED_FILES_DAYS = int(os.environ.get("KEEP_UPLOADED_FILES_DAYS", "90"))
INVITATION_DAYS = int(os.environ.get("INVITATION_DAYS", "14"))
API_TOKEN_DAYS = int(os.environ.get("API_TOKEN_DAYS", "90"))

SESSION_IDLE_MINUTES = int(os.environ.get("SESSION_IDLE_MINUTES", "60"))
SESSION_HOURS = int(os.environ.get("SESSION_HOURS", "12"))
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
# Proxies in front whose word about the browser's address is taken.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "1"))
REST_FRAMEWORK = {**REST_FRAMEWORK, "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT}

LIMITS_A_MINUTE = limits_from(os.environ.get("LIMITS_A_MINUTE", ""))
STOLEN_PASSWORDS_FILE = os.environ.get("STOLEN_PASSWORDS_FILE", "")
SECOND_FACTOR_REQUIRED = os.environ.get("SECOND_FACTOR_REQUIRED", "yes") != "no"
if os.environ.get("SECOND_FACTOR_REQUIRED") == "everybody":
    SECOND_FACTOR_ASKED_OF = "icp.accounts.second_factor.everybody"
SOCIALACCOUNT_PROVIDERS = single_sign_on_from(os.environ)
SSO = single_sign_on_rules(os.environ)

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$", r"^api/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
DEVICE_COOKIE_NAME = "__Host-known-browser"
