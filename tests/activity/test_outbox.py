"""What becomes of a delivery; the mail server has a file of its own."""

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


@pytest.mark.parametrize("count", [1, 3])
def test_a_mail_costs_three_statements_beside_those_of_its_batch(
    letters, sent, count, django_assert_num_queries
):
    letters.queue(*(f"p{n}@example.org" for n in range(count)))

    # Savepoint, two questions, claim, release of the savepoint; then take, subject, settle.
    with django_assert_num_queries(5 + 3 * count):
        outbox.send_due()

    assert len(sent) == count


def test_the_subject_is_read_when_its_turn_has_come(letters, sent):
    """Whoever withdraws while the mails before are sent gets none any more."""
    first, _ = letters.queue("anna@example.org", "bob@example.org")
    Delivery.objects.filter(pk=first.pk).update(next_at=Now() - timedelta(minutes=1))
    letters.due = lambda row: row.notification.subject.name != "Anders"
    letters.write = lambda row: City.objects.update(name="Anders") and letters.letter

    outbox.send_due()

    assert [mail.to for mail in sent] == [["anna@example.org"]]


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


def test_a_letter_that_is_not_there_yet_has_no_kind():
    with pytest.raises(KeyError):
        kinds.get_kind("tests.letter")
