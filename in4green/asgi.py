"""Live texts, for any ASGI server: ``/live/`` and nothing else. Pages are served by ``wsgi``."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "in4green.settings")
django.setup()

from in4green.livetext.live.app import application  # noqa: E402

__all__ = ["application"]
