"""The browser, and people who are signed in to it."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.test import Client
from playwright.sync_api import Page

from icp.common.models import DemoClock
from tests.functional.sessions import let_in
from tools import chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that ``tools/chromium.py`` found; as root it cannot make its sandbox."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium.find(), "args": arguments}


@pytest.fixture(scope="session", autouse=True)
def static_files_kept() -> Iterator[None]:
    """A browser asks for a static file once, as in production, where its name says which it is."""
    serve = StaticFilesHandlerMixin.serve

    def kept(self: Any, request: Any) -> Any:
        answer = serve(self, request)
        answer.headers["Cache-Control"] = "max-age=600"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandlerMixin, "serve", kept)
        yield


@pytest.fixture
def stands_at(transactional_db: None) -> Callable[[date], None]:
    """Set the demonstration's clock: ``stands_at(date(2020, 2, 14))``."""

    def set_clock(day: date) -> None:
        DemoClock.objects.all().delete()
        DemoClock.objects.create(today=day)

    return set_clock


@pytest.fixture
def portal_url(live_server: Any) -> str:
    """Where the browser finds the portal."""
    return str(live_server.url)


@pytest.fixture
def sign_in(page: Page, portal_url: str) -> Callable[[Any], Page]:
    """The page with ``user`` signed in, without the sign-in form: ``page = sign_in(user)``."""

    def with_session_of(user: Any) -> Page:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        let_in(page.context, client, url=portal_url)
        return page

    return with_session_of
