"""The Celery application. Tasks live in each app's ``tasks.py`` and are thin."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "icp.settings.demo")

app = Celery("icp", task_cls="icp.audit.tasks:RecordedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
