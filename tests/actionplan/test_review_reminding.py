"""Before the last day those who have not answered are reminded; after it a vote is counted."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from actionplan import tasks
from actionplan.models import Approval
from actionplan.services import peers, review_reminding, reviewing, voting
from groups.models import Membership
from tests.actionplan.reviews import in_days, peer_of, review_of, vote_on
from tests.meetings.mailing import deliver

pytestmark = pytest.mark.django_db
DUE = 10  # days ahead


def reminded(days: int, hour: int = 10) -> list[str]:
    """To whom mails leave so many days later; what left before is left out."""
    deliver()
    day = (timezone.localtime() + timedelta(days=days)).replace(hour=hour, minute=0)
    with time_machine.travel(day, tick=False):
        for review in review_reminding.reviews_to_remind():
            review_reminding.remind_of_review(review)
        for vote in review_reminding.votes_to_remind():
            review_reminding.remind_of_vote(vote)
        return sorted(mail.to[0] for mail in deliver())


@pytest.fixture
def review(plan, coordinator, member, reader):
    return review_of(plan, by=coordinator, people=[member, reader], due_on=in_days(DUE))


def test_those_who_have_not_answered_are_reminded_once_three_days_before(review, member, reader):
    reviewing.say_nothing_to_add(review, by=reader)

    told = {day: reminded(day) for day in range(5, 13)}

    assert {day: who for day, who in told.items() if who} == {7: [member.email]}


def test_nobody_is_reminded_at_night(review):
    assert reminded(7, hour=6) == []
    assert len(reminded(7, hour=9)) == 2


def test_who_was_asked_yesterday_has_just_read_it(plan, coordinator, member):
    review_of(plan, by=coordinator, people=[member], due_on=in_days(3))

    assert reminded(1) == []
    assert reminded(3) == [member.email]


def test_a_city_that_has_not_said_all_is_reminded_at_its_address(plan, coordinator):
    review = review_of(plan, by=coordinator, due_on=in_days(DUE))
    for name in ("ana", "bela"):
        peers.send(
            peer_of(review, by=coordinator),
            address=f"{name}@example.org", words="", by=coordinator,
        )  # fmt: skip
    peers.finish(review.peers.get(address="bela@example.org"))

    assert reminded(8) == ["ana@example.org"]
    assert reminded(9) == []


@pytest.mark.parametrize("end", ["closed", "withdrawn"])
def test_a_review_or_link_that_has_ended_reminds_nobody(review, coordinator, end):
    link = peer_of(review, by=coordinator)
    peers.send(link, address="ana@example.org", words="", by=coordinator)
    if end == "closed":
        reviewing.close(review, by=coordinator)
        assert reminded(8) == []
    else:
        peers.withdraw(link, by=coordinator)
        assert "ana@example.org" not in reminded(8)


def test_those_who_have_not_voted_are_reminded_once(plan, coordinator, member):
    approval = vote_on(plan, by=coordinator, closes_on=in_days(DUE))
    voting.vote(approval, choice="yes", by=coordinator)

    told = {day: reminded(day) for day in range(6, 12)}

    assert {day: who for day, who in told.items() if who} == {7: [member.email]}


def test_who_has_left_is_not_reminded_to_vote(plan, coordinator, member):
    vote_on(plan, by=coordinator, closes_on=in_days(DUE))
    Membership.objects.filter(user=member).update(starts_on=in_days(-9), ends_on=in_days(-1))

    assert reminded(8) == [coordinator.email]


def test_a_vote_is_counted_by_itself_once_its_day_is_over(plan, coordinator):
    approval = vote_on(plan, by=coordinator, closes_on=in_days(1))
    voting.vote(approval, choice="yes", by=coordinator)

    for days, is_open in ((1, True), (2, False)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            for vote in review_reminding.votes_to_close():
                tasks.close_vote(vote)
        assert Approval.objects.get().is_open == is_open
    assert (Approval.objects.get().outcome, Approval.objects.get().closed_by) == ("agreed", None)
