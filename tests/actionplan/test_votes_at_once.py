"""Two people act on a vote in the same moment, each over a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from actionplan.models import Approval
from actionplan.services import voting
from actionplan.services.sections import lock
from tests.actionplan.reviews import in_days
from tests.meetings.test_at_once import waiting
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def attempt(act: Callable[[], Any]) -> str:
    """What became of it: nothing is said of what went well."""
    try:
        act()
    except ValidationError as error:
        return str(error.code)
    finally:
        connection.close()
    return ""


def both(hold: Callable[[], Any], *acts: Callable[[], Any]) -> list[str]:
    """Both wait at the row that ``hold`` locks, then go on one after the other."""
    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            hold()
            running = [threads.submit(attempt, act) for act in acts]
            wait_for(lambda: waiting() == len(acts))
        return sorted(one.result(30) for one in running)


def test_of_two_who_open_a_vote_at_once_one_is_told(plan, coordinator):
    def open_it() -> None:
        voting.open_vote(plan, closes_on=in_days(3), by=coordinator)

    assert both(lambda: lock(plan), open_it, open_it) == ["", "open"]
    assert Approval.objects.get().votes.count() == 1


def test_two_tabs_are_one_vote_and_closing_twice_counts_once(plan, coordinator):
    approval = voting.open_vote(plan, closes_on=in_days(3), by=coordinator)

    def vote() -> None:
        voting.vote(approval, choice="yes", by=coordinator)

    assert both(lambda: voting.lock(approval), vote, vote) == ["", ""]

    def close() -> None:
        voting.close(approval, by=coordinator)

    assert both(lambda: voting.lock(approval), close, close) == ["", ""]
    closed = Approval.objects.get()
    assert (closed.in_favour, closed.entitled, closed.outcome) == (1, 1, "agreed")
