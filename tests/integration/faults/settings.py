"""The demonstration's settings with a quick timer, so that what takes minutes takes seconds."""

# ruff: noqa: F403

from icp.settings.demo import *
from icp.settings.demo import CELERY_BEAT_SCHEDULE, STORAGES

SECRET_KEY = "only-the-tests-use-this-key"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EVERY = 3  # seconds
CELERY_BEAT_SCHEDULE = {
    name: entry | {"schedule": float(EVERY), "options": {"expires": EVERY}}
    for name, entry in CELERY_BEAT_SCHEDULE.items()
}
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
