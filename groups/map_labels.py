"""Where the names of the cities stand on the map, so that none covers another or a dot."""

from collections.abc import Sequence
from typing import NamedTuple

from groups.geography import Place

GAP = 0.55  # from a dot's middle to its label, in heights of the letters
NARROW, WIDE = "fijlrtI.,'()[] ", "mwMWÄÖÜDGOQ"


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Label(NamedTuple):
    """x and y of the text's anchor on its base line, as SVG places text."""

    place: Place
    x: float
    y: float
    anchor: str
    box: Box


def arrange(places: Sequence[Place], size: float, width: float, height: float) -> list[Label]:
    """The first arrangement without a collision; each label prefers the right of its dot.

    ``size`` is the letters' height, all in units of the drawing. Where there is no such
    arrangement, every label stands at the right: legible is better than nothing.
    """
    frame = Box(0, 0, width, height)
    dots = [_around(place, size * 0.4) for place in places]
    choices = [
        [
            label
            for label in _candidates(place, size)
            if _inside(label.box, frame)
            and not any(label.box.meets(dot) for dot in dots if dot != own_dot)
        ]
        for place, own_dot in zip(places, dots, strict=True)
    ]
    return _first_fit(choices, []) or [_candidates(place, size)[0] for place in places]


def _first_fit(choices: list[list[Label]], chosen: list[Label]) -> list[Label] | None:
    if len(chosen) == len(choices):
        return chosen
    for label in choices[len(chosen)]:
        if not any(label.box.meets(other.box) for other in chosen):
            fit = _first_fit(choices, [*chosen, label])
            if fit:
                return fit
    return None


def _candidates(place: Place, size: float) -> list[Label]:
    gap, below = size * GAP, size * 1.15
    return [
        _label(place, place.x + gap, place.y + size * 0.32, "start", size),
        _label(place, place.x - gap, place.y + size * 0.32, "end", size),
        _label(place, place.x, place.y - size * 0.55, "middle", size),
        _label(place, place.x, place.y + below, "middle", size),
        _label(place, place.x + gap * 0.4, place.y + below, "start", size),
        _label(place, place.x + gap * 0.4, place.y - size * 0.45, "start", size),
        _label(place, place.x - gap * 0.4, place.y + below, "end", size),
        _label(place, place.x - gap * 0.4, place.y - size * 0.45, "end", size),
    ]


def _label(place: Place, x: float, y: float, anchor: str, size: float) -> Label:
    width = text_width(place.name, size) * (1.12 if place.is_own else 1)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Label(place, x, y, anchor, Box(left, y - size * 0.8, left + width, y + size * 0.24))


def text_width(text: str, size: float) -> float:
    """A little more than Source Sans 3 needs; good enough to keep names apart."""
    return sum(
        size * (0.3 if letter in NARROW else 0.75 if letter in WIDE else 0.55) for letter in text
    )


def _around(place: Place, radius: float) -> Box:
    return Box(place.x - radius, place.y - radius, place.x + radius, place.y + radius)


def _inside(box: Box, frame: Box) -> bool:
    return (
        box.left >= frame.left
        and box.right <= frame.right
        and box.top >= frame.top
        and box.bottom <= frame.bottom
    )
