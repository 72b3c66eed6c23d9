"""The demonstration: embedded services, a clock that stands in 2020, mail shown on a page.

It serves this machine only (the launcher binds 127.0.0.1), so its key may be random at each first start.
"""

import os
import secrets
from pathlib import Path

from icp.embedded import state_dir

from .base import *  # noqa: F403
from .embedded import *  # noqa: F403
from .sign_on import single_sign_on_from, single_sign_on_rules


def kept_secret(path: Path) -> str:
    """A random key, made at the first start and kept in a file only its owner can read."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    except FileNotFoundError:  # The state folder is made when the services first start.
        return secrets.token_urlsafe(64)
    with os.fdopen(handle, "w") as file:
        file.write(key := secrets.token_urlsafe(64))
    return key


DEMO = True
SECRET_KEY = kept_secret(state_dir() / "secret-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
METRICS_FOLDER = str(state_dir() / "figures") if state_dir().exists() else ""
MEDIA_ROOT = str(state_dir() / "media")
EMAIL_BACKEND = "icp.common.mail.SentMailBackend"
PUBLIC_ADDRESS = f"http://localhost:{os.environ.get('PORT', '8000')}"
# Passkeys work on this machine without encryption, by its name (localhost).
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SECOND_FACTOR_REQUIRED = os.environ.get("SECOND_FACTOR_REQUIRED", "no") == "yes"
SOCIALACCOUNT_PROVIDERS = single_sign_on_from(os.environ)
SSO = single_sign_on_rules(os.environ)
