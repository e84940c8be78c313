"""What every test may ask for."""

import pytest
from django.conf import settings
from django.utils import translation

pytest_plugins = ["tests.services", "tests.browser"]


@pytest.fixture(autouse=True)
def german():
    """Each test begins in the portal's language, whatever the one before has read."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
