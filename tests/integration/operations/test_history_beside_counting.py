"""Counting of database errors and the history's context share a connection, and neither takes the other away."""

import pghistory
import pytest
from django.db import connection

from icp.operations.signals import count_errors

pytestmark = pytest.mark.django_db


def test_a_connection_that_is_made_inside_a_request_keeps_no_context_after_it():
    before = list(connection.execute_wrappers)
    connection.execute_wrappers.clear()
    try:
        with pghistory.context(user=None):
            # As Django does when the request's first query opens the connection.
            count_errors(connection)
        left = [wrapper.__name__ for wrapper in connection.execute_wrappers]
        assert left == ["_counting"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.execute_wrappers[:] = before
