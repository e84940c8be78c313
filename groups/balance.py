"""Who is in the group already, and what one more person would change."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from groups.models import InterestSignup, Membership, Organisation
from groups.querysets import MembershipQuerySet


@dataclass(frozen=True)
class Share:
    """How many members stand for one kind of stakeholder, or for one topic."""

    label: str
    now: int
    then: int

    @property
    def changes(self) -> bool:
        return self.now != self.then

    @property
    def fills_gap(self) -> bool:
        return self.changes and self.now == 0


def balance_by_kind(signup: InterestSignup) -> list[Share]:
    kinds = Counter(
        _members(signup)
        .annotate(kind=Coalesce("organisation__kind", "invitations__signup__kind"))
        .values_list("kind", flat=True)
    )
    return [
        Share(str(kind.label), kinds[kind.value], kinds[kind.value] + (kind == signup.kind))
        for kind in Organisation.Kind
    ]


def balance_by_topic(signup: InterestSignup) -> list[Share]:
    topics = Counter(_members(signup).values_list("topics", flat=True))
    wanted = {topic.pk for topic in signup.topics.all()}
    return [
        Share(str(topic), topics[topic.pk], topics[topic.pk] + (topic.pk in wanted))
        for topic in signup.group.topics.all()
    ]


def gaps_filled(shares: Iterable[Share]) -> list[str]:
    return [share.label for share in shares if share.fills_gap]


def _members(signup: InterestSignup) -> MembershipQuerySet:
    return Membership.objects.current().filter(group=signup.group).order_by()
