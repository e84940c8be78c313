"""What should be known before the plan is published: said in words, nobody is stopped by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actionplan import whole
from actionplan.editions.freezing import Record
from actionplan.models import Plan, Section

# Of each action, by what in its record one sees that it is there.
SIX_THINGS: dict[str, Any] = {
    "timing": (gettext_lazy("when"), lambda row: row["starts_on"] and row["ends_on"]),
    "responsibility": (
        gettext_lazy("who leads it"),
        lambda row: row["lead_organisation"] or row["lead_person"],
    ),
    "cost": (gettext_lazy("what it costs"), lambda row: row["cost"] is not None),
    "funding": (
        gettext_lazy("who pays for it"),
        lambda row: row["fundings"] or row["is_unfunded"],
    ),
    "indicators": (gettext_lazy("by what its success is seen"), lambda row: row["indicators"]),
    "risk": (gettext_lazy("what can go wrong"), lambda row: row["risks"]),
}


@dataclass(frozen=True)
class Place:
    """Where something is to be done: its name, and what is missing there."""

    name: str
    address: str
    missing: str = ""


@dataclass(frozen=True)
class Warned:
    """Something that readers will notice; ``rows`` name where."""

    title: str
    rows: list[Place]


def look_at(plan: Plan) -> list[Warned]:
    said = {language: whole.collect(plan, language) for language in plan.languages}
    original = said[plan.language]
    names = _Names(plan, said.get(get_language() or "", original))
    found = [
        *_about_sections(names, original["sections"]),
        *_about_actions(names, original["actions"]),
    ]
    for language in plan.languages[1:]:
        found += _about_translation(names, said[language]["sections"], language)
    return [warned for warned in found if warned.rows]


class _Names:
    """Of sections and actions, as whoever looks at them reads them."""

    def __init__(self, plan: Plan, said: Record) -> None:
        self.slug = plan.slug
        self.names = {row["id"]: f"{row['number']} {row['title']}" for row in said["sections"]}
        self.titles = {row["number"]: row["title"] for row in said["actions"]}

    def sections(self, rows: list[Record]) -> list[Place]:
        return [
            Place(self.names[row["id"]], reverse("plan:section", args=[self.slug, row["id"]]))
            for row in rows
        ]

    def action(self, number: int, missing: list[str]) -> Place:
        address = reverse("plan:action", args=[self.slug, number])
        return Place(self.titles[number], address, ", ".join(missing))


def _about_sections(names: _Names, rows: list[Record]) -> Iterator[Warned]:
    parents = {row["part_of"] for row in rows}
    agreed = Section.Status.APPROVED
    yield Warned(
        _("These sections have not been agreed yet:"),
        names.sections([row for row in rows if row["content"] and row["status"] != agreed]),
    )
    yield Warned(
        _("In these sections nothing has been written:"),
        names.sections([row for row in rows if not row["content"] and row["id"] not in parents]),
    )


def _about_translation(names: _Names, rows: list[Record], language: str) -> Iterator[Warned]:
    """Nothing where nobody has begun to translate."""
    if not any(row["language"] == language for row in rows):
        return
    yield Warned(
        _("The translation of these sections is older than the original:"),
        names.sections([row for row in rows if row["language"] == language and row["is_older"]]),
    )
    yield Warned(
        _("These sections have not been translated:"),
        names.sections([row for row in rows if row["language"] not in (language, None)]),
    )


def _about_actions(names: _Names, rows: list[Record]) -> Iterator[Warned]:
    missing = {row["number"]: _missing(row) for row in rows if not row["dropped_on"]}
    yield Warned(
        _("These actions do not say everything that an action must say:"),
        [names.action(number, words) for number, words in missing.items() if words],
    )


def _missing(row: Record) -> list[str]:
    return [str(name) for name, is_there in SIX_THINGS.values() if not is_there(row)]
