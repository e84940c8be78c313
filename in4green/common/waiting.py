"""What waits for whoever opens the admin: its first page is this list. Each room adds its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Item:
    """``text`` is a whole sentence and links to ``url``.

    ``tone`` is "red" for what went wrong, "attention" for what is overdue, "" for ordinary work.
    ``note`` stands on the side: a date or a figure.
    """

    text: str
    url: str
    tone: str = ""
    note: str = ""


Source = Callable[[HttpRequest], Iterable[Item]]
TONES = ("red", "attention", "")
_sources: list[Source] = []


def register(source: Source) -> None:
    """``source`` is asked on every opening of the page: it lists only what this person may see."""
    _sources.append(source)


def items(request: HttpRequest) -> list[Item]:
    """Most urgent first; among equals in the order of registration."""
    found = [item for source in _sources for item in source(request)]
    return sorted(found, key=lambda item: TONES.index(item.tone))
