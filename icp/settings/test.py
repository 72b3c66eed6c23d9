"""The tests: embedded services of their own, quick passwords, plain static files.

They run as the owner's role, which makes and drops the test database; tests of what the application's
role may not do open a connection as that role.
"""

# ruff: noqa: F403

import os

from .base import *
from .base import BASE_DIR, LIMITS_A_MINUTE, REST_FRAMEWORK, STORAGES

os.environ.setdefault("ICP_STATE", str(BASE_DIR / ".state-test"))
os.environ.setdefault("ICP_FSYNC", "off")
os.environ["ICP_DATABASE_ROLE"] = "owner"

from .embedded import *
from .embedded import DATABASES

DEMO = True
SECRET_KEY = "only-the-tests-use-this-key"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Walks through all pages ask as no person does; the tests of the brakes set their own.
# A test that shows a code may go over into the next half minute.
MFA_TOTP_TOLERANCE = 1
LIMITS_A_MINUTE = dict.fromkeys(LIMITS_A_MINUTE, 0)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PUBLIC_ADDRESS = "http://testserver"
OWN: dict[str, object] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": OWN, "shared": OWN}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
# As production, but the tests' client speaks JSON unless told otherwise.
REST_FRAMEWORK = {**REST_FRAMEWORK, "TEST_REQUEST_DEFAULT_FORMAT": "json"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
