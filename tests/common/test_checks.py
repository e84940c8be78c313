"""What ``manage.py check --deploy`` says of an installation."""

import pytest

from in4green.common.checks import DUE_FROM_PROVIDER, check_installation, check_trusted_proxies


@pytest.fixture
def installed(settings):
    """An installation that lacks nothing."""
    settings.PROVIDER = dict.fromkeys(settings.PROVIDER, "Musterstadt")
    settings.BASE_URL = "https://portal.example.org"
    settings.EMAIL_URL = "smtp://mail.example.org:587"
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@example.org>"
    settings.TRUSTED_PROXIES = ["172.30.0.0/24", "fd00::/8", "127.0.0.1"]
    settings.COORDINATION_ADDRESS = "projektkoordination@example.org"
    return settings


def found():
    return [message.id for message in [*check_trusted_proxies(None), *check_installation(None)]]


def test_a_complete_installation_has_no_complaint(installed):
    assert found() == []


@pytest.mark.parametrize(
    ("setting", "value", "complaint"),
    [
        ("BASE_URL", "http://portal.example.org", "portal.W002"),
        ("EMAIL_URL", "", "portal.W003"),
        ("DEFAULT_FROM_EMAIL", "In4Green <portal@localhost>", "portal.W004"),
        ("TRUSTED_PROXIES", [], "portal.W005"),
        ("TRUSTED_PROXIES", ["proxy"], "portal.E001"),
        ("COORDINATION_ADDRESS", "", "portal.W006"),
    ],
)
def test_what_is_missing_is_named(installed, setting, value, complaint):
    setattr(installed, setting, value)
    assert found() == [complaint]


@pytest.mark.parametrize("name", DUE_FROM_PROVIDER)
def test_each_duty_of_the_provider_is_asked_for(installed, name):
    installed.PROVIDER = {**installed.PROVIDER, name: ""}
    [message] = check_installation(None)
    assert f"PROVIDER_{name.upper()}" in message.msg


def test_what_does_not_concern_every_provider_may_be_empty(installed):
    installed.PROVIDER = {**installed.PROVIDER, "vat_id": "", "supervisory_authority": ""}
    assert found() == []
