"""What an edition keeps of a plan's agreement."""

from datetime import date

import pytest
import time_machine
from django.utils import translation

from actionplan.approval import approval_of, in_words
from actionplan.models import Decision
from actionplan.services import peers, reviewing, voting
from tests.actionplan.reviews import all_vote, peer_of, review_of, say, vote_on
from tests.factories import CityFactory

pytestmark = pytest.mark.django_db


def test_a_plan_that_nobody_has_agreed_has_none(plan, coordinator, member):
    review = review_of(plan, by=coordinator)  # open
    peers.finish(peer_of(review, by=coordinator))
    vote_on(plan, by=coordinator)  # open

    assert approval_of(plan) is None
    assert in_words(None) == []


@time_machine.travel("2026-05-05 10:00+02:00", tick=False)
def test_the_last_of_each_is_told_as_facts_and_nobody_is_named(plan, coordinator, member):
    plan.group.memberships.update(starts_on=date(2026, 1, 1))
    review = review_of(plan, by=coordinator)
    silent, spoken = (CityFactory(name=name) for name in ("Stillstadt", "Sprechstadt"))
    peer_of(review, by=coordinator, city=silent)
    say(review, link=peer_of(review, by=coordinator, city=spoken), name="Ana Ejemplo")
    say(review, link=review.peers.get(city=spoken), name="Ana Ejemplo")
    reviewing.close(review, by=coordinator)
    for choice in ("no", "yes"):  # two votes: the last counts
        approval = vote_on(plan, by=coordinator)
        all_vote(approval, choice, choice)
        with time_machine.travel(f"2026-05-0{6 if choice == 'yes' else 5} 10:00+02:00", tick=False):
            voting.close(approval, by=coordinator)
    for day, outcome in ((7, "postponed"), (8, "adopted")):
        Decision.objects.create(
            plan=plan, body="Rat der Musterstadt", decided_on=date(2026, 5, day),
            reference="V/12", outcome=outcome, note="intern",
        )  # fmt: skip

    facts = approval_of(plan)

    assert facts == {
        "peers": {"closed_on": "2026-05-05", "cities": ["Sprechstadt"]},
        "vote": {
            "outcome": "agreed",
            "closed_on": "2026-05-06",
            "entitled": 2,
            "needed": 1,
            "cast": 2,
            "in_favour": 2,
            "against": 0,
            "abstained": 0,
            "quorum": 50,
            "majority": 50,
        },
        "decision": {
            "outcome": "adopted",
            "body": "Rat der Musterstadt",
            "decided_on": "2026-05-08",
            "reference": "V/12",
        },
    }
    with translation.override("en"):
        assert in_words(facts) == [
            "Looked through by other cities until 5 May 2026: Sprechstadt.",
            "Vote of the group, closed on 6 May 2026. Agreed: 2 of 2 have voted, 1 was needed;"
            " 2 in favour, 0 against.",
            "Rat der Musterstadt, 8 May 2026: adopted (V/12).",
        ]
