"""The project: settings, addresses, Celery. Apps are beside it."""

from icp.celery import app as celery_app

__all__ = ["celery_app"]
