"""Celery, configured by the ``CELERY_*`` settings; the rows in PostgreSQL are the queue."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "in4green.settings")

app = Celery("in4green")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
