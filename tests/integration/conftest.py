"""The demonstration's place, loaded once for a module; requests by WSGI inside a test's own transaction."""

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from icp.common.models import DemoClock
from tests.factories import TODAY, MembershipFactory, ProgrammeFactory


@pytest.fixture(scope="module")
def demo_loaded(django_db_setup, django_db_blocker):
    """City & Hackney at 14 February 2020, January published; committed, and emptied after the module."""
    from boards.demo.loading import load_demo

    with django_db_blocker.unblock():
        place = load_demo()
    yield place
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


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
