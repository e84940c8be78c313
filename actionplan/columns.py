"""Columns of actions and their funding in spreadsheets: alike when they leave and when they come.

Headings are what the fields are called in pages, in the reader's language; whoever reads a table
knows them in each language, and some more that people write themselves.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, override

from actionplan.models import Action, Funding, FundingSource, Indicator, Risk, Step
from in4green.common.names import fold

# Several in one cell (topics, partners) are parted by this sign.
SEPARATOR = ";"
ACTIONS = (
    "number", "title", "summary", "objective", "area", "topics", "lead_organisation",
    "lead_member", "lead_name", "partners", "starts_on", "ends_on", "cost", "cost_note",
    "is_unfunded", "title_en", "summary_en",
)  # fmt: skip
# One row for each source and year; the number is that of the action.
FUNDINGS = ("number", "title", "source", "kind", "year", "planned", "secured", "spent")
_OF_FUNDING = {"source": Funding, "year": Funding, "planned": Funding, "secured": Funding,
               "spent": Funding, "kind": FundingSource}  # fmt: skip
# Sheets of what belongs to actions: the model, its columns beside the number and the title of the
# action, and those by which such a sheet is known.
PARTS: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    "steps": (
        Step,
        ("step_no", "title", "responsible", "starts_on", "ends_on", "after", "title_en"),
        ("title",),
    ),
    "fundings": (Funding, ("source", "year", "planned", "secured", "spent"), ("source", "year")),
    "risks": (
        Risk,
        ("kind", "title", "likelihood", "impact", "mitigation", "owner", "title_en"),
        ("title", "likelihood"),
    ),
    "indicators": (
        Indicator,
        ("kind", "measure", "title", "unit", "baseline", "baseline_words", "baseline_on", "target",
         "target_words", "target_on", "source", "responsible", "title_en"),
        ("title", "measure"),
    ),
}  # fmt: skip
# No field of a model: what other rows of the file call this one.
_OTHER = {"step_no": gettext_lazy("Step no.")}
# As people head their own tables, folded.
_ALSO = {
    "number": {"nr", "nr.", "no", "no.", "#", "id"},
    "title": {"massnahme", "name", "action", "measure"},
    "summary": {"kurzbeschreibung", "beschreibung", "description", "summary"},
    "lead_organisation": {"federfuhrung", "lead", "lead partner"},
    "lead_name": {"verantwortlich", "responsible", "responsible person"},
    "partners": {"partner", "beteiligte"},
    "starts_on": {"beginn", "start", "von", "from"},
    "ends_on": {"ende", "end", "bis", "to", "until"},
    "cost": {"kosten", "cost", "costs", "budget"},
}


def head(name: str) -> str:
    """In the active language."""
    return _head_of(_OF_FUNDING.get(name, Action), name)


def heads(names: Iterable[str]) -> list[str]:
    return [head(name) for name in names]


def known(names: Iterable[str]) -> dict[str, str]:
    """Which column a heading means, by its folded letters, in whatever language."""
    found = {word: name for name in names for word in _ALSO.get(name, ())}
    for code, _language in settings.LANGUAGES:
        with override(code):
            found |= {fold(head(name)): name for name in names}
    return found


def part_sheet(kind: str) -> tuple[str, list[str]]:
    """Its title and headings."""
    model, names, _needs = PARTS[kind]
    own = [_head_of(model, name) for name in names]
    return _plural(model), [*heads(("number", "title")), *own]


def part_known(kind: str) -> dict[str, str]:
    """As ``known``; ``action`` is the title of the action that a row belongs to."""
    model, names, _needs = PARTS[kind]
    of_action = known(("number", "title"))
    found = {word: "action" if name == "title" else name for word, name in of_action.items()}
    for code, _language in settings.LANGUAGES:
        with override(code):
            found |= {fold(_head_of(model, name)): name for name in names}
    return found


def _head_of(model: Any, name: str) -> str:
    if name in _OTHER:
        return str(_OTHER[name])
    return capfirst(str(model._meta.get_field(name).verbose_name))


def _plural(model: Any) -> str:
    return capfirst(str(model._meta.verbose_name_plural))
