"""Live texts, for any ASGI server: ``/live/`` and nothing else. Pages are served by ``wsgi``."""

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "in4green.settings")
django.setup()

from in4green.livetext.live.app import application  # noqa: E402

# What was imported stays anyway, and texts in memory hold many small objects: look less often.
gc.freeze()
gc.set_threshold(10_000)

__all__ = ["application"]
