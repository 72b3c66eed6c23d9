"""The demonstration's place, loaded once; requests by WSGI inside a test's own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from icp.common.models import DemoClock
from tests.factories import TODAY, MembershipFactory, ProgrammeFactory
from tests.integration.cycle.conftest import World, make_world


@contextmanager
def _of_database(name: str) -> Iterator[None]:
    """What asks the database within asks that one."""
    settings = connection.settings_dict
    connection.close()
    own, settings["NAME"] = settings["NAME"], name
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = own


@pytest.fixture(scope="session")
def demo_database(django_db_setup, django_db_blocker):
    """The name of a database of its own, made as the tests' is, and the place in it: loading it takes ten seconds."""
    from boards.demo.loading import load_demo

    tests = connection.settings_dict["NAME"]
    name = f"{tests}_demo"
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{tests}"')
        with _of_database(name):
            place = load_demo()
    yield name, place
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


@pytest.fixture(scope="module")
def demo_loaded(demo_database, django_db_blocker):
    """City & Hackney at 14 February 2020, January published, for tests that undo what they do."""
    name, place = demo_database
    with django_db_blocker.unblock(), _of_database(name):
        yield deepcopy(place)


@pytest.fixture
def demo_place(demo_loaded, db):
    """That place, for a test whose own changes are undone."""
    return demo_loaded


@pytest.fixture
def open_connection():
    """Requests leave the connection open, since the test's own transaction is on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def it(db):
    """A programme to import a plan into."""
    DemoClock.objects.create(today=TODAY)
    return ProgrammeFactory(code="IT")


@pytest.fixture
def office(client, it):
    """A browser of its place's office."""
    client.force_login(MembershipFactory(place=it.place).user)
    return client


@pytest.fixture
def read_by_a_worker(settings):
    """Also a file that is quick to make is large enough to be read by a worker."""
    settings.UPLOAD_AT_ONCE_BYTES = 10_000


@pytest.fixture(scope="module")
def made(standing) -> World:
    """What the module's tests begin with: a place in the middle of its month, or what a module makes of it."""
    return make_world()


@pytest.fixture
def world(made, db):
    """As it was made, whatever the test before did with it."""
    return deepcopy(made)
