"""What should be known before the plan is published: said in words, nobody is stopped by it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
class Warned:
    """Something that readers will notice; ``rows`` name where."""

    title: str
    rows: list[str] = field(default_factory=list)


def look_at(plan: Plan) -> list[Warned]:
    said = {language: whole.collect(plan, language) for language in plan.languages}
    original = said[plan.language]
    found = [*_about_sections(original["sections"]), *_about_actions(original["actions"])]
    for language in plan.languages[1:]:
        found += _about_translation(said[language]["sections"], language)
    return [warned for warned in found if warned.rows]


def _about_sections(rows: list[Record]) -> Iterator[Warned]:
    parents = {row["part_of"] for row in rows}
    agreed = Section.Status.APPROVED
    yield Warned(
        _("These sections have not been agreed yet:"),
        [_name(row) for row in rows if row["content"] and row["status"] != agreed],
    )
    yield Warned(
        _("In these sections nothing has been written:"),
        [_name(row) for row in rows if not row["content"] and row["id"] not in parents],
    )


def _about_translation(rows: list[Record], language: str) -> Iterator[Warned]:
    """Nothing where nobody has begun to translate."""
    if not any(row["language"] == language for row in rows):
        return
    yield Warned(
        _("The translation of these sections is older than the original:"),
        [_name(row) for row in rows if row["language"] == language and row["is_older"]],
    )
    yield Warned(
        _("These sections have not been translated:"),
        [_name(row) for row in rows if row["language"] not in (language, None)],
    )


def _about_actions(rows: list[Record]) -> Iterator[Warned]:
    missing = {row["title"]: _missing(row) for row in rows if not row["dropped_on"]}
    yield Warned(
        _("These actions do not say everything that an action must say:"),
        [
            _("%(action)s: %(missing)s") % {"action": title, "missing": ", ".join(names)}
            for title, names in missing.items()
            if names
        ],
    )


def _missing(row: Record) -> list[str]:
    return [str(name) for name, is_there in SIX_THINGS.values() if not is_there(row)]


def _name(row: Record) -> str:
    return f"{row['number']} {row['title']}"
