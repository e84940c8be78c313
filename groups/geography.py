"""Where the partner cities lie: on Earth, and in a drawing of equal area."""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

REFERENCE = Path(__file__).parent / "reference"


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
    drawing: dict[str, Any] = json.loads((REFERENCE / "land.json").read_text())
    return drawing


@cache
def places() -> tuple[Place, ...]:
    cities = json.loads((REFERENCE / "network.json").read_text())["cities"]
    return tuple(
        Place(
            city["slug"],
            city["name"],
            city["country"],
            city["language"],
            *project(city["latitude"], city["longitude"]),
            city["slug"] == settings.DEFAULT_GROUP,
        )
        for city in cities
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
