"""The demonstration's place, loaded once for a module."""

import pytest
from django.core.management import call_command


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
