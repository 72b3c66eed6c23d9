"""Database, broker and cache from the embedded services (demonstration and tests)."""

import os

from .base import caches_at
from icp.embedded import broker_url, cache_url, database_settings

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **database_settings(os.environ.get("ICP_DATABASE_ROLE", "app")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
CELERY_BROKER_URL = broker_url()
BROKER_ADDRESS = cache_url(0)
CACHES = caches_at(cache_url())
