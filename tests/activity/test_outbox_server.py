"""What becomes of a delivery when a real mail server takes it, refuses it or hangs."""

import logging
import smtplib
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from in4green.activity import outbox
from in4green.activity.models import Delivery
from tests.activity.conftest import make_due

State = Delivery.State
pytestmark = pytest.mark.django_db


def told_by_us(caplog):
    return "\n".join(r.getMessage() for r in caplog.records if r.name.startswith("in4green"))


def test_the_answer_of_the_mail_server_is_kept(letters, smtp_server):
    [delivery] = letters.queue("anna@example.org")

    outbox.send_due()

    delivery.refresh_from_db()
    [received] = smtp_server.messages
    assert (delivery.state, delivery.smtp_reply) == (State.SENT, "250 OK")
    assert received.recipients == ["anna@example.org"]
    assert received.message_id == delivery.message_id


def test_a_batch_is_one_conversation(letters, smtp_server):
    letters.queue(*(f"p{n}@example.org" for n in range(5)))

    outbox.send_due()

    assert len(smtp_server.messages) == 5
    assert smtp_server.connections == 1


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_an_address_that_is_refused_for_good_is_given_up_at_once(letters, smtp_server, at, caplog):
    [delivery] = letters.queue("gone@example.org", secret={"code": "1"})
    smtp_server.refuse("550 5.1.1 <gone@example.org> unknown", at=at)

    outbox.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.sealed) == (State.DEAD, 1, "")
    assert delivery.last_error == "550 5.1.1 <gone@example.org> unknown"
    assert "gone@example.org" not in told_by_us(caplog)


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_a_mail_that_is_refused_for_now_is_tried_again(letters, smtp_server, at):
    [delivery] = letters.queue("anna@example.org")
    smtp_server.refuse("451 4.7.1 greylisted", at=at)

    outbox.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.QUEUED, 1)
    assert delivery.last_error == "451 4.7.1 greylisted"

    smtp_server.behave()
    make_due(delivery)
    outbox.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.last_error) == (State.SENT, 2, "")


@pytest.mark.parametrize("at", ["RCPT", "354", "DATA"])
def test_one_refused_address_stops_no_other(letters, smtp_server, at):
    names = ("anna", "gone", "cleo")
    rows = letters.queue(*(f"{name}@example.org" for name in names))
    smtp_server.refuse("550 unknown", at=at, recipients={"gone@example.org"})

    assert outbox.send_due() == 3

    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == [State.SENT, State.DEAD, State.SENT]


def assert_only_one_was_tried(rows):
    """The others are back, untouched, and nobody tries them for a moment."""
    found = sorted(Delivery.objects.values_list("attempts", flat=True))
    assert found == [0] * (len(rows) - 1) + [1]
    waiting = Delivery.objects.filter(state=State.QUEUED, claim=None, next_at__gt=Now())
    assert waiting.count() == len(rows)


def test_nobody_listening_costs_only_one_row_an_attempt(letters, smtp_server):
    rows = letters.queue("anna@example.org", "bela@example.org", "cleo@example.org")
    smtp_server.stop()

    assert outbox.send_due() == 0

    assert_only_one_was_tried(rows)
    tried = Delivery.objects.get(attempts=1)
    assert tried.last_error.startswith("ConnectionRefusedError: ")


@pytest.mark.parametrize(
    ("reply", "at"),
    [
        ("530 authenticate first", "MAIL"),
        ("451 not now", "MAIL"),
        ("421 too busy", "MAIL"),
        ("421 too busy", "RCPT"),
        ("421 too busy", "DATA"),
    ],
)
def test_a_server_that_takes_no_mail_at_all_costs_only_one_row(letters, smtp_server, reply, at):
    rows = letters.queue("anna@example.org", "bela@example.org", "cleo@example.org")
    smtp_server.refuse(reply, at=at)

    assert outbox.send_due() == 0

    assert_only_one_was_tried(rows)
    assert Delivery.objects.get(attempts=1).last_error == reply


def test_trouble_with_the_server_ends_the_run(letters, smtp_server):
    letters.queue(*(f"p{n}@example.org" for n in range(25)))
    smtp_server.stop()

    assert outbox.send_all() == 0

    assert Delivery.objects.filter(attempts=1).count() == 1


def test_a_server_that_hangs_is_left_before_the_lease_runs_out(
    letters, smtp_server, outbox_settings
):
    outbox_settings["SEND_WITHIN"] = timedelta(seconds=1)
    rows = letters.queue("anna@example.org", "bela@example.org")
    smtp_server.hang_after_data()

    assert outbox.send_due() == 0

    assert_only_one_was_tried(rows)
    assert len(smtp_server.messages) == 1
    tried = Delivery.objects.get(attempts=1)
    assert tried.last_error.startswith("SMTPServerDisconnected: ")


def test_what_hung_is_sent_again_under_the_same_message_id(letters, smtp_server, outbox_settings):
    outbox_settings["SEND_WITHIN"] = timedelta(seconds=1)
    [delivery] = letters.queue("anna@example.org")
    smtp_server.hang_after_data()
    outbox.send_due()

    smtp_server.behave()
    outbox_settings["SEND_WITHIN"] = timedelta(seconds=20)
    make_due(delivery)
    outbox.send_due()

    assert [received.message_id for received in smtp_server.messages] == [delivery.message_id] * 2


def test_the_log_names_deliveries_and_never_addresses(letters, smtp_server, caplog):
    caplog.set_level(logging.INFO)
    sent, refused = letters.queue("anna@example.org", "gone@example.org")
    smtp_server.refuse("451 <gone@example.org>", at="RCPT", recipients={"gone@example.org"})

    outbox.send_due()

    assert sorted(told_by_us(caplog).splitlines()) == sorted(
        [
            f"delivery {sent.pk} sent",
            f"delivery {refused.pk} not sent: {smtplib.SMTPRecipientsRefused.__name__} 451",
        ]
    )
