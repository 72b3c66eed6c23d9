"""The demonstration's settings on a database of the bench: cached templates, hashed static files, no debugging.

Work for the queue is done at once, since no worker runs here.
"""

# ruff: noqa: F403

import os

from icp.embedded import cache_url, state_dir
from icp.settings.base import *
from icp.settings.base import BASE_DIR, LIMITS_A_MINUTE, TEMPLATES, caches_at
from icp.settings.embedded import *
from icp.settings.embedded import DATABASES

DEMO = True
SECRET_KEY = "only-the-measurements-use-this-key"
ALLOWED_HOSTS = ["localhost"]
PUBLIC_ADDRESS = "http://localhost"
EMAIL_BACKEND = "icp.common.mail.SentMailBackend"
ROOT_URLCONF = "bench.urls"
STATIC_ROOT = state_dir() / "bench-static"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")
DATABASES["default"]["NAME"] = os.environ.get("ICP_BENCH_DATABASE", "icp_bench")
CACHES = caches_at(cache_url(db=5))
# Measuring asks for the same page as often as it can.
LIMITS_A_MINUTE = dict.fromkeys(LIMITS_A_MINUTE, 0)
CELERY_TASK_ALWAYS_EAGER = True
LOGGING = {"version": 1, "disable_existing_loggers": True}
