"""The ten cities as a sign: ten dots at their true positions, the own city filled."""

from functools import cache
from typing import Any
from unicodedata import normalize

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from groups.geography import Place, land, own_place, places
from groups.map_labels import arrange

register = template.Library()

MARK_WIDTH, MARK_HEIGHT, MARK_MARGIN = 40, 30, 3
DOT, OWN_DOT = 2, 3
COUNTRIES = {
    "CZ": _("Czechia"),
    "DE": _("Germany"),
    "ES": _("Spain"),
    "GR": _("Greece"),
    "IE": _("Ireland"),
    "IT": _("Italy"),
    "ME": _("Montenegro"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
}


@register.simple_tag
@cache
def mark() -> SafeString:
    """Decoration beside the portal's name: a screen reader hears the name alone."""
    dots = format_html_join("", '<circle{} cx="{}" cy="{}" r="{}"/>', map(_dot, mark_positions()))
    return format_html(
        '<svg class="dots" width="{0}" height="{1}" viewBox="0 0 {0} {1}" aria-hidden="true">'
        "{2}</svg>",
        MARK_WIDTH, MARK_HEIGHT, dots,
    )  # fmt: skip


def mark_positions() -> list[tuple[Place, float, float]]:
    """The cities scaled into the mark; the own one last, so that it lies on top."""
    all_places = sorted(places(), key=lambda place: place.is_own)
    left, right = min(p.x for p in all_places), max(p.x for p in all_places)
    top, bottom = min(p.y for p in all_places), max(p.y for p in all_places)
    scale = min(
        (MARK_WIDTH - 2 * MARK_MARGIN) / (right - left),
        (MARK_HEIGHT - 2 * MARK_MARGIN) / (bottom - top),
    )
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    return [
        (p, MARK_WIDTH / 2 + (p.x - middle_x) * scale, MARK_HEIGHT / 2 + (p.y - middle_y) * scale)
        for p in all_places
    ]


def _dot(position: tuple[Place, float, float]) -> tuple[str, str, str, int]:
    place, x, y = position
    own = SafeString(' class="dots__here"') if place.is_own else ""
    return own, f"{x:.1f}", f"{y:.1f}", OWN_DOT if place.is_own else DOT


@register.inclusion_tag("ui/network_map.html")
def network_map() -> dict[str, Any]:
    """The ten cities on Europe's land, with lines from the own city to the other nine."""
    own = own_place()
    others = [place for place in places() if not place.is_own]
    return {
        "land": land(),
        "own": own,
        "others": others,
        "lines": [_line(own, other) for other in others],
        "layouts": _layouts(),
    }


@cache
def _layouts() -> list[dict[str, Any]]:
    """The names placed twice: for a drawing of half a page, and for one of a phone's width."""
    drawing = land()
    return [
        {
            "name": name,
            "size": size,
            "labels": arrange(places(), size, drawing["width"], drawing["height"]),
        }
        for name, size in (("wide", 29), ("narrow", 40))
    ]


def _line(start: Place, end: Place) -> str:
    """A slightly bent path: the bend keeps lines of one direction apart."""
    bend = 0.12
    middle_x = (start.x + end.x) / 2 - (end.y - start.y) * bend
    middle_y = (start.y + end.y) / 2 + (end.x - start.x) * bend
    return f"M{start.x:.0f} {start.y:.0f}Q{middle_x:.0f} {middle_y:.0f} {end.x:.0f} {end.y:.0f}"


@register.simple_tag
def partner_cities() -> list[dict[str, Any]]:
    """The ten cities in alphabetical order, accents aside: the map as text."""
    in_order = sorted(places(), key=lambda place: normalize("NFKD", place.name).casefold())
    return [{"place": place, "country": country_name(place.country)} for place in in_order]


def country_name(code: str) -> str:
    """In the language of the page; a code without a name here stays a code."""
    return str(COUNTRIES.get(code, code))
