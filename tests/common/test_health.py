"""What monitoring is told."""

from collections import namedtuple

import pytest
from django.db import OperationalError

from groups.models import WorkingGroup
from in4green.common import health
from tests.factories import WorkingGroupFactory

LIVE, READY = "/health/live/", "/health/ready/"


@pytest.fixture
def checks(monkeypatch):
    """Only the checks that this test registers."""
    monkeypatch.setattr(health, "_checks", {})
    return health.register


def test_live_asks_nobody(client):
    """A query would fail: this test has no database."""
    response = client.get(LIVE)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_is_green_when_everything_does_its_duty(client):
    WorkingGroupFactory()
    response = client.get(READY)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert not response.cookies


@pytest.mark.django_db
def test_ready_names_every_problem_in_a_sentence(client, checks):
    checks("tea", lambda: health.Problem("There is no tea."))
    checks("milk", lambda: None)
    checks("cups", lambda: health.Problem("The cups are dirty."))

    response = client.get(READY)

    assert response.status_code == 503
    assert response.json() == {
        "status": "red",
        "problems": {"tea": "There is no tea.", "cups": "The cups are dirty."},
    }


@pytest.mark.django_db
def test_a_group_that_nobody_hears_is_red(client):
    group = WorkingGroupFactory(name="Stille Gruppe")
    WorkingGroup.objects.filter(pk=group.pk).update(coordination_address=" ")
    assert "Stille Gruppe" in client.get(READY).json()["problems"]["recipients_missing"]


@pytest.mark.django_db
def test_a_nearly_full_disk_is_red(client, monkeypatch, settings):
    usage = namedtuple("usage", "free")
    settings.HEALTH_FREE_DISK_MB = 500
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage(499_999_999))
    assert "499" in client.get(READY).json()["problems"]["disk"]
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage(500_000_000))
    assert client.get(READY).status_code == 200


@pytest.mark.django_db
def test_a_check_that_breaks_is_a_problem_of_its_own(client, checks):
    def broken():
        raise OperationalError("password=secret")

    checks("tea", broken)
    checks("cups", lambda: health.Problem("The cups are dirty."))
    response = client.get(READY)
    assert response.json()["problems"].keys() == {"tea", "cups"}
    assert "secret" not in response.text


@pytest.mark.parametrize("address", [LIVE, READY])
def test_health_is_only_read(client, address):
    assert client.post(address).status_code == 405
