"""The portal's pages, for any WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "in4green.settings")

application = get_wsgi_application()

# What is loaded by now stays as long as the process, and what a page leaves is little: looking for
# garbage after every 700 objects, as Python does by itself, took a tenth of a form's time.
gc.freeze()
gc.set_threshold(10_000)
