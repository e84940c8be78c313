"""Reviews and votes that are there already, for tests of what happens to them."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from actionplan.models import Approval, PeerLink, Plan, Review, Statement
from actionplan.services import reviewing, statements, voting
from groups.models import City, Membership, User
from tests.factories import CityFactory, MembershipFactory


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def review_of(plan: Plan, *, by: User, **options: Any) -> Review:
    return reviewing.request_review(plan, **{"due_on": in_days(10), "by": by, **options})


def peer_of(review: Review, *, by: User, city: City | None = None) -> PeerLink:
    city = city or CityFactory()
    reviewing.ask_more(review, due_on=review.due_on, cities=[city], by=by)
    link: PeerLink = review.peers.get(city=city)
    return link


def say(review: Review, by: User | None = None, **said: Any) -> Statement:
    options = {"position": "neutral", "reasons": "Es fehlt der Bahnhof.", "token": uuid.uuid4()}
    return statements.make(review, by=by, **{**options, **said})


def vote_on(plan: Plan, *, by: User, voters: int = 0, **options: Any) -> Approval:
    """``voters``: how many members more than are there already."""
    MembershipFactory.create_batch(voters, group=plan.group, role=Membership.Role.EDITOR)
    return voting.open_vote(plan, **{"closes_on": in_days(7), "by": by, **options})


def all_vote(approval: Approval, *choices: str) -> None:
    """One after the other, in the order in which they are on the list."""
    for row, choice in zip(approval.votes.order_by("pk"), choices, strict=False):
        voting.vote(approval, choice=choice, by=row.user)
