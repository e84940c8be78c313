"""When the relay wakes up."""

import select
import socket
import time
from contextlib import closing

import pytest

from in4green.activity.listening import LONGEST_SLEEP, SHORTEST_SLEEP, Listener, Timetable
from in4green.activity.services import wake_relay
from tests.support.waiting import wait_for


@pytest.mark.parametrize(
    ("first", "next_one", "sleep"),
    [
        (None, None, LONGEST_SLEEP),
        (5.0, 5.0, 5.0),
        (0.1, 0.1, SHORTEST_SLEEP),
        (900.0, 900.0, LONGEST_SLEEP),
        (-10.0, 25.0, 20.0),
        (-10.0, None, 20.0),
        (-10.0, 3.0, 3.0),
        (-90.0, 3.0, SHORTEST_SLEEP),
    ],
)
def test_it_sleeps_until_the_next_row_is_due_or_overdue(first, next_one, sleep):
    assert Timetable(first, next_one).sleep(after=30) == sleep


@pytest.mark.django_db(transaction=True)
def test_what_came_behind_an_answer_is_not_slept_over():
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs), Listener(ours) as listener:
        wake_relay()
        wait_for(listener.heard)
        assert not listener.heard()

        wake_relay()
        # Read into libpq's buffer, it is no longer seen by select.
        assert select.select([listener._connection], [], [], 10)[0]
        listener._connection.pgconn.consume_input()
        began = time.monotonic()
        listener.wait(60)
        assert time.monotonic() - began < 30
