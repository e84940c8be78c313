"""Who may. A superuser may everything; Django asks no predicate for that."""

from typing import Any

import rules

from groups.models import Membership, Note, User, WorkingGroup


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


@rules.predicate
def belongs(user: User, subject: Any) -> bool:
    """Is a member of the subject's group today, in whichever role."""
    return _roles(user, subject).exists()


@rules.predicate
def writes(user: User, subject: Any) -> bool:
    """Writes in the texts of the subject's group."""
    return _roles(user, subject).exclude(role=Membership.Role.READER).exists()


def _roles(user: User, subject: Any) -> Any:
    if not user.is_authenticated or not user.is_active:
        return Membership.objects.none()
    return user.memberships.current().filter(group__in=_groups_of(subject))


@rules.predicate
def has_begun(user: User, note: Note) -> bool:
    return note.created_by_id == user.pk


rules.add_perm("groups", coordinates)
rules.add_perm("groups.view_note", belongs)
rules.add_perm("groups.change_note", writes)
rules.add_perm("groups.close_note", coordinates | (has_begun & writes))
for name in ("interestsignup", "organisation"):
    for verb in ("view", "add", "change"):
        rules.add_perm(f"groups.{verb}_{name}", coordinates)
for name in ("workinggroup", "membership", "invitation", "barrierreport"):
    for verb in ("view", "change"):
        rules.add_perm(f"groups.{verb}_{name}", coordinates)
rules.add_perm("groups.review_interestsignup", coordinates)
