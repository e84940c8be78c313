"""Where the partner cities lie: on Earth, and in a drawing of equal area."""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from groups.reference import read_network

LAND = Path(__file__).parent / "reference" / "land.json"


class Place(NamedTuple):
    """A city in the drawing's units, from its upper left corner."""

    slug: str
    name: str
    country: str
    language: str
    x: float
    y: float
    is_own: bool


@cache
def land() -> dict[str, Any]:
    """The coast and the projection it was drawn with; made by ``npm run land``."""
    drawing: dict[str, Any] = json.loads(LAND.read_text(encoding="utf-8"))
    return drawing


@cache
def places() -> tuple[Place, ...]:
    """The partner cities; the own one is that of the group whose portal this is."""
    network = read_network()
    own = {group["city"] for group in network["groups"] if group["slug"] == settings.DEFAULT_GROUP}
    return tuple(
        Place(
            city["slug"],
            city["name"],
            city["country"],
            city["language"],
            *project(city["latitude"], city["longitude"]),
            city["slug"] in own,
        )
        for city in network["cities"]
    )


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Lambert's azimuthal equal-area projection (Snyder 1987, 24-2 to 24-4), y downwards."""
    drawing = land()
    middle, south_to_north = (math.radians(degrees) for degrees in drawing["centre"])
    east, north = math.radians(longitude) - middle, math.radians(latitude)
    sine, cosine = math.sin(south_to_north), math.cos(south_to_north)
    towards = sine * math.sin(north) + cosine * math.cos(north) * math.cos(east)
    scale = drawing["scale"] * math.sqrt(2 / (1 + towards))
    x = math.cos(north) * math.sin(east)
    y = cosine * math.sin(north) - sine * math.cos(north) * math.cos(east)
    return drawing["width"] / 2 + scale * x, drawing["height"] / 2 - scale * y


def own_place() -> Place:
    return next(place for place in places() if place.is_own)
