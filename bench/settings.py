"""The portal's own settings, with one address more: an empty page behind all the middleware."""

from in4green.settings import *  # noqa: F403 (every setting is meant)

ROOT_URLCONF = "bench.urls"
