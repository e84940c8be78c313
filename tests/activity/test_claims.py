"""Nobody holds what somebody else holds, and nothing is held for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from in4green.activity import claims
from in4green.activity.claims import Claim
from in4green.activity.models import Delivery

State = Delivery.State


def held_by(claim):
    return set(Delivery.objects.filter(claim=claim.number).values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_claim_is_a_lease_on_the_rows_that_are_due_longest(letters, outbox_settings):
    outbox_settings["BATCH"] = 2
    first, second, third = letters.queue("a@example.org", "b@example.org", "c@example.org")
    for row, minutes in [(third, 3), (first, 2), (second, 1)]:
        moment = Now() - timedelta(minutes=minutes)
        Delivery.objects.filter(pk=row.pk).update(next_at=moment)

    claim = Claim()

    assert held_by(claim) == {third.pk, first.pk}
    assert Delivery.objects.filter(state=State.INFLIGHT, lease_until__gt=Now()).count() == 2


@pytest.mark.django_db
def test_a_batch_takes_abandoned_rows_first(letters, outbox_settings):
    outbox_settings["BATCH"] = 2
    _, abandoned, _ = letters.queue("a@example.org", "b@example.org", "c@example.org")
    Delivery.objects.filter(pk=abandoned.pk).update(
        state=State.INFLIGHT, claim=abandoned.pk, lease_until=Now() - timedelta(seconds=1)
    )

    claim = Claim()

    assert claim.take().pk == abandoned.pk
    assert len(held_by(claim)) == 2


@pytest.mark.django_db
def test_what_is_leased_is_due_for_nobody_else(letters):
    letters.queue("a@example.org")
    first = Claim()

    assert len(Claim()) == 0
    assert len(held_by(first)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("young_until", "renewed"), [(0, 2), (claims.FRESH, 1)])
def test_a_row_taken_in_hand_renews_its_lease_and_an_old_one_of_the_rest(
    letters, monkeypatch, young_until, renewed
):
    monkeypatch.setattr(claims, "FRESH", young_until)
    rows = letters.queue("a@example.org", "b@example.org")
    claim = Claim()
    Delivery.objects.update(lease_until=Now() - timedelta(seconds=1))

    taken = claim.take()

    assert taken in rows
    assert taken.attempts == 1
    assert Delivery.objects.filter(lease_until__gt=Now() + timedelta(minutes=1)).count() == renewed
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 1]


def test_a_lease_outlives_a_slow_mail_that_was_begun_before_its_renewal(settings):
    slowest = 2 * settings.OUTBOX["SEND_WITHIN"]  # to connect, and to hand over

    assert settings.OUTBOX["LEASE"] * claims.FRESH + slowest < settings.OUTBOX["LEASE"]


@pytest.mark.django_db
def test_giving_back_keeps_what_others_have_taken_over(letters):
    mine, theirs = letters.queue("a@example.org", "b@example.org")
    claim = Claim()
    Delivery.objects.filter(pk=theirs.pk).update(claim=theirs.pk)

    claim.release(timedelta(minutes=1))

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, mine.claim, mine.attempts) == (State.QUEUED, None, 0)
    assert mine.next_at > mine.created_at + timedelta(seconds=50)
    assert (theirs.state, theirs.claim) == (State.INFLIGHT, theirs.pk)
    assert len(claim) == 0


@pytest.mark.django_db(transaction=True)
def test_claims_made_at_once_share_the_rows(letters, outbox_settings):
    outbox_settings["BATCH"] = 7
    letters.queue(*(f"p{n}@example.org" for n in range(40)))

    def claim_and_close(_):
        try:
            return held_by(Claim())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        batches = list(threads.map(claim_and_close, range(8)))

    assert sorted(map(len, batches)) == [0, 0, 5, 7, 7, 7, 7, 7]
    assert len(set.union(*batches)) == 40


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_has_locked_is_passed_over(letters):
    locked, _ = letters.queue("a@example.org", "b@example.org")

    def claim_in_a_thread():
        try:
            return held_by(Claim())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        Delivery.objects.select_for_update().get(pk=locked.pk)
        held = thread.submit(claim_in_a_thread).result(10)

    assert len(held) == 1
    assert locked.pk not in held


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("delivery_inflight_is_leased", {"state": State.INFLIGHT}),
        ("delivery_sent_has_time", {"state": State.SENT, "sealed": ""}),
        ("delivery_final_keeps_no_secret", {"state": State.DEAD}),
    ],
)
def test_the_database_refuses_states_that_make_no_sense(letters, name, values):
    letters.queue("a@example.org", secret={"code": "1"})

    with pytest.raises(IntegrityError, match=name):
        Delivery.objects.update(**values)
