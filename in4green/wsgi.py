"""The portal's pages, for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "in4green.settings")

application = get_wsgi_application()
