"""What every document shows around its contents: who thanks whom, whose it is, of which day."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

_mark: list[Callable[[], str]] = []


def register_mark(draw: Callable[[], str]) -> None:
    """Given by the room that knows the cities: their dots as SVG, in colours for white paper."""
    _mark[:] = [draw]


def drawings() -> dict[str, bytes]:
    """By the names under which templates find them."""
    drawn = {"emblem.svg": emblem()}
    if _mark:
        drawn["mark.svg"] = _mark[0]().encode()
    return drawn


@cache
def emblem() -> bytes:
    """The one of the pages, without what is only for a browser."""
    page = render_to_string("frame/eu_emblem.html")
    paths = "".join(re.findall(r"<path.*?/>", page, re.DOTALL))
    namespace = "http://www.w3.org/2000/svg"
    return f'<svg xmlns="{namespace}" viewBox="0 0 810 540">{paths}</svg>'.encode()


def words(*, title: str, language: str, landscape: bool, at: datetime) -> dict[str, Any]:
    """In the active language. Typst fills in the numbers of pages."""
    return {
        "title": title,
        "language": language.partition("-")[0],
        "landscape": landscape,
        "portal": str(settings.PORTAL_NAME),
        "tagline": str(settings.PORTAL_TAGLINE),
        "has_mark": bool(_mark),
        "emblem": _("Flag of the European Union"),
        "funding": _("Co-funded by the European Union"),
        "made": _("As of %(day)s")
        % {"day": date_format(timezone.localtime(at), "SHORT_DATE_FORMAT")},
        "page": _("Page {number} of {total}"),
        "square": _("Characters that this document’s typeface does not have are shown as □."),
    }
