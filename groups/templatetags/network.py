"""The ten cities as a sign: ten dots at their true positions, the own city filled."""

from functools import cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from groups.geography import Place, places

register = template.Library()

MARK_WIDTH, MARK_HEIGHT, MARK_MARGIN = 40, 30, 3
DOT, OWN_DOT = 2, 3


@register.simple_tag
@cache
def mark() -> SafeString:
    """Decoration beside the portal's name: a screen reader hears the name alone."""
    dots = format_html_join("", '<circle{} cx="{}" cy="{}" r="{}"/>', map(_dot, mark_positions()))
    return format_html(
        '<svg class="mark" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>',
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
    own = SafeString(' class="mark__here"') if place.is_own else ""
    return own, f"{x:.1f}", f"{y:.1f}", OWN_DOT if place.is_own else DOT
