"""What becomes of a delivery, whatever the mail server does."""

import logging
import smtplib
import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models.functions import Now

from groups.models import City
from in4green.activity import kinds, outbox
from in4green.activity.models import Delivery
from in4green.activity.services import notify
from tests.activity.conftest import make_due, states

State = Delivery.State
pytestmark = pytest.mark.django_db


def told_by_us(caplog):
    return "\n".join(r.getMessage() for r in caplog.records if r.name.startswith("in4green"))


def fail_with(error):
    def write(delivery):
        raise error

    return write


def test_what_is_due_is_sent_and_marked(letters, sent):
    [delivery] = letters.queue("anna@example.org", secret={"code": "123456"})

    assert outbox.send_due() == 1

    delivery.refresh_from_db()
    assert [mail.to for mail in sent] == [["anna@example.org"]]
    assert delivery.state == State.SENT
    assert delivery.sent_at is not None
    assert (delivery.sealed, delivery.claim, delivery.lease_until) == ("", None, None)
    assert (delivery.attempts, delivery.last_error) == (1, "")


def test_what_waits_for_its_next_attempt_is_left_alone(letters, sent):
    [delivery] = letters.queue("anna@example.org")
    Delivery.objects.update(next_at=Now() + timedelta(minutes=1))

    assert outbox.send_due() == 0

    delivery.refresh_from_db()
    assert (delivery.state, sent) == (State.QUEUED, [])


def test_a_mail_that_is_no_longer_due_is_cancelled(letters, sent):
    [delivery] = letters.queue("anna@example.org", secret={"code": "123456"})
    letters.due = lambda row: False

    outbox.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.sealed, sent) == (State.CANCELLED, "", [])


def test_a_mail_about_something_that_is_gone_is_cancelled(letters, sent):
    [delivery] = letters.queue("anna@example.org")
    City.objects.all().delete()

    outbox.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, sent) == (State.CANCELLED, [])


def test_a_mail_that_cannot_be_written_is_tried_again_and_says_why(letters, sent):
    [delivery] = letters.queue("anna@example.org", secret={"code": "123456"})
    letters.write = fail_with(ValueError("no such\nthing\0"))

    outbox.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, sent) == (State.QUEUED, 1, [])
    assert delivery.last_error == "ValueError: no such thing "
    assert delivery.sealed != ""
    assert delivery.next_at > delivery.created_at


def test_one_mail_that_cannot_be_written_stops_no_other(letters, sent):
    letters.queue("anna@example.org", "bela@example.org", "cleo@example.org")
    letters.write = lambda row: 1 / 0 if row.address.startswith("bela") else letters.letter

    assert outbox.send_due() == 3

    assert {mail.to[0] for mail in sent} == {"anna@example.org", "cleo@example.org"}
    assert states() == {State.SENT: 2, State.QUEUED: 1}


def test_a_kind_that_this_version_does_not_know_waits_for_one_that_does(letters):
    notify("tests.unknown", City.objects.create(slug="x", latitude=0, longitude=0), [])
    [delivery] = letters.queue("anna@example.org")
    delivery.notification.kind = "tests.unknown"
    delivery.notification.save()

    outbox.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (State.QUEUED, "KeyError: 'tests.unknown'")


def test_after_the_last_attempt_it_is_given_up_and_keeps_no_secret(letters, outbox_settings):
    outbox_settings["ATTEMPTS"] = 3
    [delivery] = letters.queue("anna@example.org", secret={"code": "123456"})
    letters.write = fail_with(ValueError("no"))

    seen = []
    for _ in range(3):
        outbox.send_due()
        delivery.refresh_from_db()
        seen.append(delivery.state)
        make_due(delivery)

    assert seen == [State.QUEUED, State.QUEUED, State.DEAD]
    assert (delivery.attempts, delivery.sealed) == (3, "")
    assert outbox.send_due() == 0


def test_a_mail_that_kills_every_worker_is_given_up_as_well(letters, outbox_settings, sent):
    [delivery] = letters.queue("anna@example.org")
    Delivery.objects.update(attempts=outbox_settings["ATTEMPTS"])

    outbox.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, sent) == (State.DEAD, [])
    assert delivery.last_error == "RuntimeError: every attempt ended before it was finished"


def test_back_off_doubles_up_to_an_hour_with_a_little_less_at_random():
    for attempts, seconds in [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (500, 3600)]:
        found = {outbox.back_off(attempts).total_seconds() for _ in range(200)}
        assert seconds * 0.8 <= min(found) < seconds * 0.85
        assert seconds * 0.95 < max(found) <= seconds
        assert len(found) > 100


def test_a_batch_has_ten_rows_and_all_are_sent_batch_by_batch(letters, sent):
    letters.queue(*(f"p{n}@example.org" for n in range(23)))

    assert outbox.send_due() == 10
    assert outbox.send_all() == 13

    assert len(sent) == 23
    assert states() == {State.SENT: 23}


def test_what_is_left_goes_back_when_it_is_time_to_stop(letters, sent):
    letters.queue("anna@example.org", "bela@example.org", "cleo@example.org")
    answers = iter([True, False])

    assert outbox.send_due(keep_going=lambda: next(answers)) == 1

    assert states() == {State.SENT: 1, State.QUEUED: 2}
    assert Delivery.objects.filter(state=State.QUEUED, attempts=0, claim=None).count() == 2
    assert len(sent) == 1


def test_nothing_is_begun_after_being_told_to_stop(letters, sent):
    letters.queue("anna@example.org")

    assert outbox.send_all(keep_going=lambda: False) == 0

    assert (states(), sent) == ({State.QUEUED: 1}, [])


def test_one_run_lasts_no_longer_than_it_may(letters, outbox_settings, sent):
    letters.queue("anna@example.org")
    outbox_settings["LEASE"] = timedelta(0)

    assert outbox.send_all() == 0
    assert outbox.send_all(within=timedelta(seconds=-1)) == 0

    assert (states(), sent) == ({State.QUEUED: 1}, [])


def test_time_that_is_over_ends_a_batch_in_its_midst(letters, sent):
    letters.queue("anna@example.org", "bela@example.org")
    letters.write = lambda row: time.sleep(0.3) or letters.letter

    assert outbox.send_all(within=timedelta(seconds=0.2)) == 1

    assert states() == {State.SENT: 1, State.QUEUED: 1}


def test_only_what_is_overdue_is_taken_when_asked_for(letters, sent):
    old, _ = letters.queue("old@example.org", "new@example.org")
    Delivery.objects.filter(pk=old.pk).update(next_at=Now() - timedelta(seconds=31))

    assert outbox.send_due(overdue_by=timedelta(seconds=30)) == 1

    assert [mail.to[0] for mail in sent] == ["old@example.org"]


def test_somebody_whose_lease_ran_out_neither_sends_nor_marks(letters, sent):
    mine, taken = letters.queue("mine@example.org", "taken@example.org")
    Delivery.objects.filter(pk=mine.pk).update(next_at=Now() - timedelta(minutes=1))

    def lose_the_other(row):
        if row.pk == mine.pk:
            Delivery.objects.filter(pk=taken.pk).update(claim=taken.pk)
        return letters.letter

    letters.write = lose_the_other
    assert outbox.send_due() == 2

    taken.refresh_from_db()
    assert [mail.to[0] for mail in sent] == ["mine@example.org"]
    assert (taken.state, taken.claim) == (State.INFLIGHT, taken.pk)


def test_losing_the_lease_while_sending_is_logged_and_changes_nothing(letters, sent, caplog):
    [delivery] = letters.queue("anna@example.org")

    def lose_it(row):
        Delivery.objects.update(claim=row.pk)
        return letters.letter

    letters.write = lose_it
    outbox.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.claim) == (State.INFLIGHT, delivery.pk)
    assert f"delivery {delivery.pk}: the lease ran out" in caplog.text


def test_trouble_with_the_database_is_not_blamed_on_the_mail(letters):
    [delivery] = letters.queue("anna@example.org")
    letters.write = fail_with(OperationalError("gone"))

    with pytest.raises(OperationalError):
        outbox.send_due()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (State.INFLIGHT, "")


# --- A real mail server ---


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


def test_a_letter_that_is_not_there_yet_has_no_kind():
    with pytest.raises(KeyError):
        kinds.get_kind("tests.letter")
