"""Asking for pages as a person does who is signed in: through WSGI, with all middleware, without a network."""

import io
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from icp.accounts.models import User

# What a form brings back from its page: the cookie and the field say the same.
TOKEN = "b" * 32


@dataclass(frozen=True)
class Answer:
    """``seconds`` from the request to the last byte; ``queries`` where they were counted."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    queries: int = 0

    @property
    def is_download(self) -> bool:
        return "attachment" in self.headers.get("Content-Disposition", "")

    @property
    def rows(self) -> int:
        """Rows of tables, without those in their heads."""
        return self.body.count(b"<tr") - self.body.count(b"<thead")


# A session is noted for the first time, or again.
NOTES_THE_SESSION = (
    'INSERT INTO "usersessions_usersession"',
    'UPDATE "usersessions_usersession"',
)


@cache
def handler() -> WSGIHandler:
    return WSGIHandler()


class Browser:
    """One person, signed in."""

    def __init__(self, email: str) -> None:
        client = Client()
        client.force_login(User.objects.get(email=email))
        name = settings.SESSION_COOKIE_NAME
        self.cookie = f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def get(self, address: str) -> Answer:
        return self._ask(self._environ(address))

    def post(
        self,
        address: str,
        fields: Mapping[str, str | list[str]],
        headers: Mapping[str, str],
        *,
        counted: bool = False,
    ) -> Answer:
        """Send a form; ``counted`` counts the queries too, which takes time of its own."""
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}, doseq=True).encode()
        environ = self._environ(address) | {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
        }
        if not counted:
            return self._ask(environ)
        with CaptureQueriesContext(connection) as captured:
            answer = self._ask(environ)
        return replace(answer, queries=len(captured))

    def _ask(self, environ: dict[str, object]) -> Answer:
        said: list[tuple[str, list[tuple[str, str]]]] = []
        began = time.perf_counter()
        result = handler()(environ, lambda status, headers: said.append((status, headers)))
        try:
            body = b"".join(result)
        finally:
            result.close()
        seconds = time.perf_counter() - began
        status, headers = said[0]
        return Answer(int(status.split()[0]), dict(headers), body, seconds)

    def count(self, address: str) -> Answer:
        """The same, with its queries counted, transactions' begins and ends included.

        Once in a while a request notes that its session is in use. Those are no queries of the page, and the
        next request has none of them.
        """
        for _ in range(2):
            reset_queries()  # What was captured is kept, and beyond 9,000 nothing would seem to be asked.
            with CaptureQueriesContext(connection) as captured:
                answer = self.get(address)
            if not any(note in one["sql"] for one in captured for note in NOTES_THE_SESSION):
                break
        return replace(answer, queries=len(captured))

    def _environ(self, address: str) -> dict[str, object]:
        parts = urlsplit(address)
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "text/html,application/json",
            "HTTP_COOKIE": self.cookie,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
