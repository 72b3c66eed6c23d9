"""An OpenID Connect provider as a process of its own, on a free port: nothing about it is pretended."""

import os
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import requests

from icp.settings.sign_on import single_sign_on_from, single_sign_on_rules

READY_WITHIN = 60


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Provider:
    """A running provider, and a person's way through it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.process: subprocess.Popen | None = None

    def start(self) -> "Provider":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "-p", str(self.port), "-H", "127.0.0.1"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"},
        )
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            try:
                requests.get(f"{self.address}/.well-known/openid-configuration", timeout=5)
            except requests.ConnectionError:
                time.sleep(0.1)
            else:
                return self
        raise AssertionError("The provider did not start.")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def knows(self, sub: str, **claims) -> str:
        """The provider has a person whose lasting name is ``sub``."""
        requests.put(f"{self.address}/users/{sub}", json=claims, timeout=10).raise_for_status()
        return sub

    def environment(self, **more: str) -> dict[str, str]:
        """What is set in the environment of a portal that uses it."""
        return {
            "OIDC_ISSUER": self.address,
            "OIDC_CLIENT_ID": "portal",
            "OIDC_CLIENT_SECRET": "the-provider-takes-any",
            "OIDC_NAME": "Testshire sign-in",
            **more,
        }

    def used_by(self, settings, **more: str) -> None:
        """The portal's settings as its environment would make them."""
        settings.SOCIALACCOUNT_PROVIDERS = single_sign_on_from(self.environment(**more))
        settings.SSO = single_sign_on_rules(self.environment(**more))

    def lets_through(self, client, sub: str, *, begin: str, action: str = "authorize"):
        """What the portal answers when ``sub`` has gone by the button, the provider, and back."""
        gone = client.get(begin)
        answer = requests.post(
            gone.headers["Location"],
            data={"sub": sub, "action": action},
            allow_redirects=False,
            timeout=10,
        )
        back = urlsplit(answer.headers["Location"])
        return client.get(f"{back.path}?{back.query}", follow=True)
