"""Where the names of the cities stand on the map, so that none covers another or a dot."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from groups.geography import Place

# From a dot's middle to the start, middle or end of its label's base line, in heights of letters.
SPOTS = [
    (0.5, 0.32, "start"),
    (0.5, 0.05, "start"),
    (0.5, 0.6, "start"),
    (-0.5, 0.32, "end"),
    (-0.5, 0.05, "end"),
    (-0.5, 0.6, "end"),
    (0, -0.5, "middle"),
    (0, 1.15, "middle"),
    (0.2, 1.15, "start"),
    (0.2, -0.45, "start"),
    (-0.2, 1.15, "end"),
    (-0.2, -0.45, "end"),
]
MOST_TRIES = 20_000  # a fraction of a second; whatever needs more has no room for its names
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
    dots = [_around(place, size * 0.34) for place in places]
    choices = [
        [
            label
            for label in _candidates(place, size)
            if _inside(label.box, frame)
            and not any(label.box.meets(dot) for dot in dots if dot != own_dot)
        ]
        for place, own_dot in zip(places, dots, strict=True)
    ]
    # Those with the least room choose first: the search then hardly ever has to turn back.
    fit = _first_fit(sorted(choices, key=len), [], iter(range(MOST_TRIES)))
    return fit or [_candidates(place, size)[0] for place in places]


def _first_fit(
    choices: list[list[Label]], chosen: list[Label], tries: Iterator[int]
) -> list[Label] | None:
    if len(chosen) == len(choices):
        return chosen
    for label in choices[len(chosen)]:
        if next(tries, None) is None:
            return None
        if not any(label.box.meets(other.box) for other in chosen):
            fit = _first_fit(choices, [*chosen, label], tries)
            if fit:
                return fit
    return None


def _candidates(place: Place, size: float) -> list[Label]:
    """Right, left, above, below and between, in the order in which maps are read best."""
    return [
        _label(place, place.x + across * size, place.y + down * size, anchor, size)
        for across, down, anchor in SPOTS
    ]


def _label(place: Place, x: float, y: float, anchor: str, size: float) -> Label:
    width = text_width(place.name, size) * (1.12 if place.is_own else 1)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Label(
        place, x, y, anchor, Box(left, y - size * 0.76, left + width + size * 0.15, y + size * 0.2)
    )


def text_width(text: str, size: float) -> float:
    """A little more than Source Sans 3 needs; good enough to keep names apart."""
    return sum(
        size * (0.26 if letter in NARROW else 0.72 if letter in WIDE else 0.52) for letter in text
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
