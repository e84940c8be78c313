"""Red when mails stay in the house or the log is not sealed, and only then."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from in4green.activity import chain, health
from in4green.activity.health import oldest_waiting, outbox_figures, outbox_problems
from in4green.activity.models import Delivery, LogEntry
from in4green.activity.services import record
from in4green.common.health import find_problems
from tests.activity.conftest import age

State = Delivery.State
pytestmark = pytest.mark.django_db


def red() -> list[str]:
    """Problems of this room in ``/health/ready/``."""
    return [name for name in find_problems() if name.startswith(("deliveries", "log"))]


def test_an_empty_outbox_is_well():
    assert (outbox_problems(), red(), oldest_waiting()) == ([], [], timedelta(0))


def test_a_mail_that_has_just_come_is_no_problem(letters):
    letters.queue("anna@example.org")

    assert (outbox_problems(), red()) == ([], [])
    assert outbox_figures()["waiting"] == 1


def test_a_mail_that_nobody_sends_is_a_problem_after_five_minutes(letters):
    [delivery] = letters.queue("anna@example.org")
    age(delivery, timedelta(minutes=4))
    assert red() == []

    age(delivery, timedelta(minutes=6))
    assert outbox_problems() == red() == ["deliveries_due"]
    assert timedelta(minutes=5) < oldest_waiting() < timedelta(minutes=7)


def test_a_lease_that_ran_out_long_ago_is_a_problem(letters):
    letters.queue("anna@example.org")
    Delivery.objects.update(
        state=State.INFLIGHT, claim="0" * 32, lease_until=Now() - timedelta(minutes=6)
    )

    assert red() == ["deliveries_due"]


def test_a_mail_that_fails_for_an_hour_is_a_problem_although_it_will_be_tried(letters):
    [delivery] = letters.queue("anna@example.org")
    age(delivery, timedelta(minutes=61))
    Delivery.objects.update(next_at=Now() + timedelta(minutes=30))

    assert outbox_problems() == red() == ["deliveries_late"]


def test_a_mail_that_was_given_up_is_a_problem_until_somebody_acts(letters):
    letters.queue("anna@example.org", "bela@example.org")
    Delivery.objects.update(state=State.DEAD)
    assert outbox_problems() == red() == ["deliveries_dead"]
    assert "2" in find_problems()["deliveries_dead"].text

    Delivery.objects.update(state=State.CANCELLED)
    assert red() == []


def test_mails_that_were_sent_are_no_problem_however_old(letters):
    [delivery] = letters.queue("anna@example.org")
    age(delivery, timedelta(days=80))
    Delivery.objects.update(state=State.SENT, sent_at=Now())

    assert (outbox_problems(), red()) == ([], [])


def test_a_log_that_nobody_seals_is_a_problem(monkeypatch):
    record(None, "tests.done")
    assert red() == []

    monkeypatch.setattr(health, "ALARM_UNSEALED", timedelta(0))
    assert red() == ["log_unsealed"]

    chain.seal()
    assert LogEntry.objects.unsealed().count() == 0
    assert red() == []
