"""Addresses that fail on purpose, with the portal's own error pages."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import IntegrityError, OperationalError
from django.urls import path
from redis.exceptions import ConnectionError as BrokerAway

from icp.urls import handler400, handler500
from icp.urls import urlpatterns as portal

__all__ = ["handler400", "handler500"]

PROBLEMS = {
    "bad": BadRequest("password=hunter2"),
    "forbidden": PermissionDenied(),
    "bug": ValueError("a@example.org broke it"),
    "rule": IntegrityError("duplicate"),
    "database-away": OperationalError("server closed the connection to host 10.1.2.3"),
    "broker-away": BrokerAway("no route to 10.1.2.3"),
}


def fail(request, which):
    raise PROBLEMS[which]


urlpatterns = [
    path("fail/<which>/", fail, name="fail"),
    path("api/fail/<which>/", fail, name="fail-api"),
    *portal,
]
