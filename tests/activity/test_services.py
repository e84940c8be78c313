"""Telling, sending again, discarding, recording: in the transaction of the change."""

import pytest
from cryptography.fernet import InvalidToken
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now

from in4green.activity import kinds
from in4green.activity.models import Delivery, LogEntry, Notification
from in4green.activity.services import Recipient, Wording, discard, notify, record, send_again
from tests.activity.conftest import KIND
from tests.factories import CityFactory, UserFactory

State = Delivery.State
pytestmark = pytest.mark.django_db


def put(delivery: Delivery, state: str, **values: object) -> None:
    if state == State.INFLIGHT:
        values.update(claim=delivery.pk, lease_until=Now())
    if state == State.SENT:
        values.update(sent_at=Now())
    if state not in (State.QUEUED, State.INFLIGHT):
        values.update(sealed="")
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **values)


def test_everybody_is_told_once_whatever_the_spelling(django_assert_num_queries):
    user, city = UserFactory(email="anna@example.org"), CityFactory()
    recipients = [
        Recipient("Anna@example.org", "de"),
        Recipient("anna@example.org", "en", user.pk),
        Recipient("bela@example.org", "en"),
    ]

    notification = notify("tests.letter", city, recipients, by=user, data={"a": 1})

    assert (notification.subject, notification.by, notification.data) == (city, user, {"a": 1})
    found = notification.deliveries.values_list("address", "language", "user", "state")
    assert sorted(found) == [
        ("anna@example.org", "en", user.pk, State.QUEUED),
        ("bela@example.org", "en", None, State.QUEUED),
    ]


def test_nobody_is_told_of_what_did_not_happen():
    with transaction.atomic():
        notify("tests.letter", CityFactory(), [Recipient("anna@example.org", "de")])
        transaction.set_rollback(True)

    assert not Notification.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_telling_many_costs_no_more_queries(count, django_assert_num_queries):
    city = CityFactory()
    record(None, "tests.warm", city)

    with django_assert_num_queries(3):  # two for the savepoint, two inserts, one notice
        notify("tests.letter", city, [Recipient(f"p{n}@example.org", "de") for n in range(count)])


def test_words_by_hand_and_a_secret_travel_with_the_mail():
    words = Wording("Betreff", "Text")
    notification = notify(
        "tests.letter",
        CityFactory(),
        [Recipient("anna@example.org", "de")],
        wording=words,
        secret={"code": "123456"},
    )

    delivery = notification.deliveries.get()
    assert (delivery.edited_subject, delivery.edited_body) == ("Betreff", "Text")
    assert delivery.secret == {"code": "123456"}
    assert "123456" not in delivery.sealed


def test_a_secret_that_is_gone_cannot_be_read(letters):
    [delivery] = letters.queue("anna@example.org")

    with pytest.raises(InvalidToken):
        _ = delivery.secret


@pytest.mark.parametrize("state", [State.QUEUED, State.DEAD, State.CANCELLED])
def test_a_mail_can_be_sent_again_with_all_attempts_before_it(letters, state):
    user = UserFactory()
    [delivery] = letters.queue("anna@example.org")
    put(delivery, state, attempts=12, last_error="550 unknown")

    send_again(delivery, by=user)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.QUEUED, 0)
    assert Delivery.objects.due().contains(delivery)
    entry = LogEntry.objects.about(delivery).get()
    assert (entry.action, entry.actor) == ("outbox.sent_again", user)


@pytest.mark.parametrize("state", [State.SENT, State.INFLIGHT])
def test_a_mail_on_its_way_is_not_sent_again(letters, state):
    [delivery] = letters.queue("anna@example.org")
    put(delivery, state)

    with pytest.raises(ValidationError):
        send_again(delivery, by=UserFactory())

    delivery.refresh_from_db()
    assert delivery.state == state
    assert not LogEntry.objects.exists()


def test_a_mail_whose_secret_is_gone_is_not_sent_again(letters):
    kinds.register(kinds.Kind(KIND, letters._write, letters.due, repeatable=False))
    [delivery] = letters.queue("anna@example.org", secret={"code": "1"})

    send_again(delivery, by=UserFactory())
    put(delivery, State.DEAD)
    with pytest.raises(ValidationError) as refused:
        send_again(delivery, by=UserFactory())
    assert refused.value.code == "secret"


@pytest.mark.parametrize("state", [State.QUEUED, State.DEAD])
def test_a_mail_can_be_discarded(letters, state):
    user = UserFactory()
    [delivery] = letters.queue("anna@example.org", secret={"code": "1"})
    put(delivery, state)

    discard(delivery, by=user)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.sealed) == (State.CANCELLED, "")
    entry = LogEntry.objects.about(delivery).get()
    assert (entry.action, entry.actor) == ("outbox.discarded", user)


@pytest.mark.parametrize("state", [State.SENT, State.INFLIGHT, State.CANCELLED])
def test_what_has_left_or_ended_cannot_be_discarded(letters, state):
    [delivery] = letters.queue("anna@example.org")
    put(delivery, state)

    with pytest.raises(ValidationError):
        discard(delivery, by=UserFactory())

    assert not LogEntry.objects.exists()


def test_the_log_knows_who_did_what_to_what():
    user, city = UserFactory(), CityFactory()

    record(user, "tests.done", city, reason="x")
    record(AnonymousUser(), "tests.tried")
    record(None, "tests.ran", city)

    rows = LogEntry.objects.order_by("id").values_list("actor", "action", "subject_id", "data")
    assert list(rows) == [
        (user.pk, "tests.done", str(city.pk), {"reason": "x"}),
        (None, "tests.tried", "", {}),
        (None, "tests.ran", str(city.pk), {}),
    ]
    assert LogEntry.objects.about(city).count() == 2


def test_rows_say_what_they_are(letters):
    [delivery] = letters.queue("anna@example.org")
    entry = record(None, "tests.done")

    assert str(delivery) == "tests.letter → anna@example.org"
    assert str(delivery.notification) == f"tests.letter {delivery.notification.subject_id}"
    assert str(entry) == f"{entry.at:%Y-%m-%d %H:%M} tests.done"
