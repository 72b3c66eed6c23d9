"""What every test may use. Services start with the first test that needs the database."""

import os
from collections.abc import Iterator

import hypothesis
import psycopg2.extensions
import pytest

from icp import embedded
from icp.embedded.connecting import connect
from tests.emptying import empty_by_deleting
from tests.lightly import pytest_runtestloop, threads_with_room
from tests.standing import end_before, standing

__all__ = ["pytest_runtestloop", "standing", "threads_with_room"]

# No test asserts on time: a busy machine is no defect of the portal.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop.


@pytest.fixture(scope="session")
def services() -> Iterator[None]:
    """PostgreSQL and the broker, started if they are not running, and stopped by whoever leaves last."""
    with embedded.running():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(services: None, django_db_modify_db_settings: None) -> None:
    """Before the test database is made, there must be a server."""


@pytest.fixture(scope="session", autouse=True)
def quickly_emptied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        empty_by_deleting(patch)
        yield


@pytest.fixture
def app_connection(transactional_db: None) -> Iterator[psycopg2.extensions.connection]:
    """A connection to the test database as the application's role, which owns nothing."""
    from django.db import connection

    opened = connect("app", connection.settings_dict["NAME"])
    yield opened
    opened.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    end_before(item)
