"""A review as its page shows it: who has answered, and what was said to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from actionplan.models import PeerLink, Review, ReviewRequest, Statement
from actionplan.outline import Place


@dataclass(frozen=True)
class Asked:
    """Members and cities; whoever has not answered comes first."""

    people: list[ReviewRequest]
    peers: list[PeerLink]

    @property
    def total(self) -> int:
        return len(self.people) + len(self.peers)

    @property
    def answered(self) -> int:
        rows: tuple[Any, ...] = (*self.people, *self.peers)
        return sum(row.answered_at is not None for row in rows)


def asked(review: Review) -> Asked:
    def waiting(row: Any) -> bool:
        return row.answered_at is not None

    people = review.requests.exclude(user=None).select_related("user")
    peers = list(review.peers.filter(revoked_at=None).select_related("city"))
    for link in peers:
        link.review = review
    return Asked(sorted(people, key=waiting), sorted(peers, key=waiting))


@dataclass(frozen=True)
class Topic:
    """The plan as a whole, or a section, with what was said to it."""

    title: str
    number: str
    url: str
    statements: list[Statement]


def topics(review: Review, places: Iterable[Place], statements: list[Statement]) -> list[Topic]:
    """Those to which something was said: the plan first, then as it is read, then what is gone."""
    found = [Topic(_("The plan as a whole"), "", "", _said(statements, None))]
    shown = []
    for place in places:
        section = place.section
        shown.append(section.pk)
        found.append(
            Topic(
                str(section),
                place.number,
                section.get_absolute_url(),
                _said(statements, section.pk),
            )
        )
    gone = [one for one in statements if one.about and one.section_id not in shown]
    for title in dict.fromkeys(one.about for one in gone):
        found.append(Topic(title, "", "", [one for one in gone if one.about == title]))
    return [topic for topic in found if topic.statements]


def _said(statements: list[Statement], section: int | None) -> list[Statement]:
    return [
        one for one in statements if one.section_id == section and bool(one.about) == bool(section)
    ]


def statements_of(review: Review) -> list[Statement]:
    rows = review.statements.select_related("author", "link__city", "replied_by")
    return list(rows)


def count(statements: list[Statement]) -> dict[str, int]:
    """By position."""
    return {
        position: sum(one.position == position for one in statements)
        for position in Statement.Position.values
    }
