"""Kinds of notification: each room registers its own, with its words and its doubts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from in4green.activity.models import Delivery


@dataclass(frozen=True)
class CalendarPart:
    """What a calendar does with the mail: ``method`` is REQUEST or CANCEL (RFC 5546)."""

    method: str
    content: bytes  # of the whole calendar, which names the same method


@dataclass(frozen=True)
class Letter:
    """A mail before it has a form: what ``templates/mail/letter.*`` take."""

    subject: str
    paragraphs: list[str]
    button: str = ""
    url: str = ""
    after: list[str] = field(default_factory=list)  # small print below the button
    reply_to: str = ""
    # Why this person gets this mail; without it the footer says it in general words.
    reason: str = ""
    calendar: CalendarPart | None = None


@dataclass(frozen=True)
class Kind:
    """``title`` names it for people; it may be a lazy translation."""

    name: str
    # Called under the delivery's language; makes links anew, so a retry carries the same ones.
    write: Callable[[Delivery], Letter]
    # False once the recipient no longer needs the mail: it is cancelled instead of sent.
    still_due: Callable[[Delivery], bool]
    title: Any = ""
    # The subjects whose deliveries a coordinator may see in the admin, for example
    # ``InterestSignup.objects.visible_to``; without it only superusers see them.
    subjects: Callable[[Any], QuerySet[Any]] | None = None
    # False for mails that carry a secret: it is gone once they are final.
    repeatable: bool = True
    # What its letter reads beside the subject, as ``select_related`` names it.
    related: tuple[str, ...] = ()


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def unregister(name: str) -> None:
    """For tests that brought a kind of their own."""
    del _kinds[name]


def get_kind(name: str) -> Kind:
    """Raises KeyError for a kind that no room has registered."""
    return _kinds[name]


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def title_of(name: str) -> str:
    """For people; the name itself where a kind is gone or has no title."""
    kind = _kinds.get(name)
    return str(kind.title if kind and kind.title else name)
