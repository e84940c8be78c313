"""What every test may ask for."""

import gc
import os

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from in4green.common.pagecache import forget_pages

pytest_plugins = [
    "tests.database",
    "tests.services",
    "tests.browser",
    "tests.coverage",
    "tests.livetext.live",
]


def pytest_collection_finish() -> None:
    """Thousands of tests and all of Django are not searched for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def german():
    """Each test begins in the portal's language, whatever the one before has read."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True, scope="session")
def media(tmp_path_factory):
    """What tests upload is never among what people have uploaded."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def no_kept_pages():
    """What one test has shown to strangers is not shown to those of the next."""
    forget_pages()


# What makes passwords hard to guess makes tests slow: the same algorithm, with the least of it.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 8
Argon2PasswordHasher.parallelism = 1

# A busy machine is no failure; the database is slower than what the default expects.
hypothesis_settings.register_profile("portal", deadline=None, max_examples=8)
hypothesis_settings.register_profile("chaos", deadline=None, max_examples=100)
# For whoever changes the gate or the way texts are replaced: minutes for each file.
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=1000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "portal"))
