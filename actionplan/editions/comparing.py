"""What has changed between two editions: in plain words, and word by word.

Both are frozen, so that nothing but the two records is needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from actionplan.editions import facts_changed
from in4green.livetext.content import diff
from in4green.livetext.content.tree import Content

Record = dict[str, Any]
NOTHING: Content = {"type": "doc", "content": []}


@dataclass(frozen=True)
class Changed:
    """A section or an action: what is said of it, and its text before and after."""

    kind: str  # new | gone | dropped | back | changed
    title: str
    sentences: tuple[str, ...] = ()
    blocks: tuple[diff.Block, ...] = ()

    @property
    def sections(self) -> list[diff.Section]:
        """As ``livetext/difference.html`` takes them."""
        return diff.sections(self.blocks)

    @property
    def words(self) -> int:
        """How many came or went."""
        pieces = (piece for block in self.blocks for piece in block.pieces)
        return sum(len(one.text.split()) for one in pieces if one.kind in ("added", "removed"))


@dataclass(frozen=True)
class Difference:
    actions: list[Changed]
    sections: list[Changed]


def compare(old: Record, new: Record) -> Difference:
    """Two wholes of one language, in words of the active one."""
    return Difference(
        actions=list(_actions(by(old["actions"], "number"), by(new["actions"], "number"))),
        sections=list(_sections(by(old["sections"], "id"), by(new["sections"], "id"))),
    )


def by(rows: list[Record], name: str) -> dict[Any, Record]:
    return {row[name]: row for row in rows}


def _actions(old: dict[int, Record], new: dict[int, Record]) -> Iterator[Changed]:
    for number, row in new.items():
        before = old.get(number)
        if before is None:
            yield Changed("new", row["title"], tuple(filter(None, [row["summary"]])))
        elif row["dropped_on"] and not before["dropped_on"]:
            because = _("Because: %(why)s") % {"why": row["dropped_because"]}
            yield Changed("dropped", row["title"], (because,))
        elif before["dropped_on"] and not row["dropped_on"]:
            yield Changed("back", row["title"])
        elif changed := _of_action(before, row):
            yield changed
    yield from (Changed("gone", row["title"]) for number, row in old.items() if number not in new)


def _of_action(old: Record, new: Record) -> Changed | None:
    said = tuple(facts_changed.sentences(old, new))
    blocks = _blocks(old["description"], new["description"])
    return Changed("changed", new["title"], said, blocks) if said or blocks else None


def _blocks(old: Content | None, new: Content | None) -> tuple[diff.Block, ...]:
    """None where nothing differs: most texts stay as they are, and nobody looks at those."""
    return () if old == new else tuple(diff.compare(old or NOTHING, new or NOTHING))


def _sections(old: dict[int, Record], new: dict[int, Record]) -> Iterator[Changed]:
    moved = _moved(list(old), list(new))
    for number, row in new.items():
        before = old.get(number)
        if before is None:
            yield Changed("new", _name(row), (), _blocks(None, row["content"]))
        elif changed := _of_section(before, row, has_moved=number in moved):
            yield changed
    gone = (row for number, row in old.items() if number not in new)
    yield from (Changed("gone", _name(row), (), _blocks(row["content"], None)) for row in gone)


def _moved(old: list[int], new: list[int]) -> set[int]:
    """Those in both that stand among the others at another place."""
    both = set(old) & set(new)
    before, after = ([one for one in row if one in both] for row in (old, new))
    matching = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return both - {one for block in matching for one in before[block.a : block.a + block.size]}


def _of_section(old: Record, new: Record, *, has_moved: bool) -> Changed | None:
    said = []
    if old["title"] != new["title"]:
        said.append(_("It was called “%(before)s”.") % {"before": old["title"]})
    if has_moved or old["part_of"] != new["part_of"]:
        said.append(_("It has moved: it was %(before)s.") % {"before": old["number"]})
    blocks = _blocks(old["content"], new["content"])
    return Changed("changed", _name(new), tuple(said), blocks) if said or blocks else None


def _name(row: Record) -> str:
    return f"{row['number']} {row['title']}"
