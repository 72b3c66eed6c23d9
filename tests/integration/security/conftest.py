"""The world of the access walk, and settings as production has them."""

import importlib
import sys

import pytest

from tests.house.test_access import clients, place  # noqa: F401

ENVIRONMENT = {
    "SECRET_KEY": "for-these-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgres://icp_app:x@localhost:5432/icp",
    "REDIS_URL": "redis://localhost:6379/0",
    "ALLOWED_HOSTS": "portal.example.org",
    "PUBLIC_ADDRESS": "https://portal.example.org",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "office@example.org",
}
PREFIXES = (
    "SECURE_",
    "SESSION_COOKIE",
    "CSRF_",
    "DEVICE_COOKIE",
    "X_FRAME",
    "CONTENT_SECURITY",
    "USE_X_",
    "DEBUG",
)
HOST = ENVIRONMENT["ALLOWED_HOSTS"]


def production_settings(monkeypatch):
    """The module as production imports it."""
    for name in ("ICP_DATABASE_ROLE",):
        monkeypatch.delenv(name, raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    module = importlib.import_module("icp.settings.production")
    del sys.modules["icp.settings.production"]
    return module


@pytest.fixture
def production(monkeypatch, settings):
    """What production sets for browsers is in force, database and mail stay the tests'."""
    module = production_settings(monkeypatch)
    for name in dir(module):
        if name.startswith(PREFIXES):
            setattr(settings, name, getattr(module, name))
    settings.ALLOWED_HOSTS = module.ALLOWED_HOSTS
    return module
