"""The tree of a plan's sections: numbered in the order of reading, and what may move where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from actionplan.models import Section

DEEPEST = 3
Branch = TypeVar("Branch", bound=Any)


@dataclass(eq=False)
class Place:
    """A section where it stands."""

    section: Section
    number: str
    depth: int
    above: "Place | None" = None
    children: list["Place"] = field(default_factory=list)
    # Its neighbours in the same part.
    before: Section | None = None
    after: Section | None = None

    @property
    def height(self) -> int:
        """How many levels it takes, its own included."""
        return 1 + max((child.height for child in self.children), default=0)

    @property
    def fits_into_neighbour(self) -> bool:
        return self.before is not None and self.depth + self.height <= DEEPEST


def tree(sections: Iterable[Section]) -> list[Place]:
    """The top level; ``sections`` come in the order of their positions."""
    by_parent: dict[int | None, list[Section]] = {}
    found = list(sections)
    there = {section.pk for section in found}
    for section in found:
        parent = section.parent_id if section.parent_id in there else None
        by_parent.setdefault(parent, []).append(section)
    return _level(by_parent, None)


def _level(by_parent: dict[int | None, list[Section]], above: Place | None) -> list[Place]:
    siblings = by_parent.get(above.section.pk if above else None, [])
    places = []
    for at, section in enumerate(siblings):
        number = f"{above.number}.{at + 1}" if above else f"{at + 1}"
        place = Place(section, number, above.depth + 1 if above else 1, above)
        place.before = siblings[at - 1] if at else None
        place.after = siblings[at + 1] if at + 1 < len(siblings) else None
        place.children = _level(by_parent, place)
        places.append(place)
    return places


def in_order(places: Iterable[Branch]) -> Iterator[Branch]:
    """As they are read: each, then what is part of it."""
    for place in places:
        yield place
        yield from in_order(place.children)
