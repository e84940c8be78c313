"""Texts of sections and actions: who may do what in them."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from actionplan import records, tables
from actionplan.models import Action, Plan, Section, SectionText
from groups.models import Membership
from groups.writing import register_rows, role_in
from in4green.livetext.owners import Access, Tables
from in4green.livetext.services import tell_tables_changed

SECTION = "plan_section"
ACTION = "plan_action"
Role, Status = Membership.Role, Section.Status


def _role(user: Any, row: SectionText) -> str | None:
    """Asked once, however often a page asks for the same row."""
    roles: dict[Any, str | None] = row.__dict__.setdefault("roles", {})
    if user.pk not in roles:
        roles[user.pk] = role_in(row.group_id, user)
    return roles[user.pk]


def _is_responsible(user: Any, row: SectionText) -> bool:
    """The same way."""
    answers: dict[Any, bool] = row.__dict__.setdefault("responsible", {})
    if user.pk not in answers:
        answers[user.pk] = row.section.responsible.filter(pk=user.pk).exists()
    return answers[user.pk]


def _access_to_section(user: Any, row: SectionText) -> Access:
    """In review those who are responsible work in what the others say and propose; what is
    agreed, and what is in the bin, can only be read."""
    role = _role(user, row)
    if role is None:
        return Access.NOTHING
    section = row.section
    if section.is_deleted or section.status == Status.APPROVED:
        return Access.READ
    if role == Role.READER:
        return Access.SUGGEST
    if role == Role.COORDINATOR or section.status == Status.DRAFT:
        return Access.WRITE
    return Access.WRITE if _is_responsible(user, row) else Access.SUGGEST


def _access_to_action(user: Any, action: Action) -> Access:
    role = role_in(action.group_id, user)
    if role is None:
        return Access.NOTHING
    if action.deleted_at or action.is_dropped:
        return Access.READ
    return Access.SUGGEST if role == Role.READER else Access.WRITE


def _tables(row: SectionText) -> Tables:
    """In the language of the text, as the actions are now."""

    def html(slugs: Collection[str]) -> dict[str, SafeString]:
        found, today = _find(row.section.plan, tables.parts_of(slugs)), timezone.localdate()
        data = tables.of_found(found, language=row.language, only=slugs, today=today)
        return {slug: tables.html(slug, each) for slug, each in data.items()}

    return Tables(tuple(tables.NAMES), html)


def _find(plan: Plan, parts: frozenset[str]) -> records.Found:
    """Once for a page that shows the text in both languages."""
    kept: dict[frozenset[str], records.Found] = plan.__dict__.setdefault("found", {})
    if parts not in kept:
        kept[parts] = records.find(plan, parts)
    return kept[parts]


def tell_tables(plan: Plan) -> None:
    """What the plan's actions say has changed: wherever it is shown, it is fetched anew."""
    rows = SectionText.objects.filter(section__plan=plan, section__deleted_at=None)
    tell_tables_changed(rows.values_list("text", flat=True))


def _section_texts() -> QuerySet[SectionText]:
    return SectionText.objects.select_related("section__plan__group")


def _actions() -> QuerySet[Action]:
    return Action.objects.select_related("plan__group")


register_rows(
    SECTION, _section_texts, group="section__plan__group", access=_access_to_section, tables=_tables
)
register_rows(
    ACTION,
    _actions,
    group="plan__group",
    access=_access_to_action,
    url=lambda action: reverse("plan:action_text", args=[action.plan.slug, action.number]),
)
