"""Texts of sections and actions: who may do what in them."""

from typing import Any

from django.db.models import QuerySet

from actionplan.models import Action, Section, SectionText
from groups.models import Membership
from groups.writing import register_rows, role_in
from in4green.livetext.owners import Access

SECTION = "plan_section"
ACTION = "plan_action"
Role, Status = Membership.Role, Section.Status


def _access_to_section(user: Any, row: SectionText) -> Access:
    """In review everybody proposes; what is agreed, and what is in the bin, can only be read."""
    role = role_in(row.group_id, user)
    if role is None:
        return Access.NOTHING
    section = row.section
    if section.is_deleted or section.status == Status.APPROVED:
        return Access.READ
    if role == Role.COORDINATOR or (role == Role.EDITOR and section.status == Status.DRAFT):
        return Access.WRITE
    return Access.SUGGEST


def _access_to_action(user: Any, action: Action) -> Access:
    role = role_in(action.group_id, user)
    if role is None:
        return Access.NOTHING
    if action.deleted_at or action.is_dropped:
        return Access.READ
    return Access.SUGGEST if role == Role.READER else Access.WRITE


def _section_texts() -> QuerySet[SectionText]:
    return SectionText.objects.select_related("section__plan__group")


def _actions() -> QuerySet[Action]:
    return Action.objects.select_related("plan__group")


register_rows(SECTION, _section_texts, group="section__plan__group", access=_access_to_section)
register_rows(ACTION, _actions, group="plan__group", access=_access_to_action)
