"""Who may. A superuser may everything; Django asks no predicate for that."""

from typing import Any

import rules

from groups.models import Membership, User, WorkingGroup


@rules.predicate
def coordinates(user: User, subject: Any = None) -> bool:
    """Coordinates the group that the subject belongs to; without a subject, any group."""
    if not user.is_authenticated or not user.is_active:
        return False
    if subject is None:
        return user.coordinates
    mine = Membership.objects.current().coordinators().filter(user=user)
    return mine.filter(group__in=_groups_of(subject)).exists()


def _groups_of(subject: Any) -> Any:
    if isinstance(subject, WorkingGroup):
        return [subject.pk]
    if hasattr(subject, "group_id"):
        return [subject.group_id]
    return WorkingGroup.objects.filter(city=subject.city)  # an organisation belongs to its city


rules.add_perm("groups", coordinates)
for name in ("interestsignup", "organisation"):
    for verb in ("view", "add", "change"):
        rules.add_perm(f"groups.{verb}_{name}", coordinates)
for name in ("workinggroup", "membership", "invitation", "barrierreport"):
    for verb in ("view", "change"):
        rules.add_perm(f"groups.{verb}_{name}", coordinates)
rules.add_perm("groups.review_interestsignup", coordinates)
