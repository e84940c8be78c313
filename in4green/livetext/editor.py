"""What a page that lets people write a live text hands to ``livetext/editor.html``."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.safestring import SafeString

from in4green.livetext.archive import reading
from in4green.livetext.content import live_tables
from in4green.livetext.models import LiveText, TextProposal
from in4green.livetext.owners import Access, access, tables
from in4green.livetext.rules import may_read_comments

# For a passage in another language: those of the network's cities, and French.
LANGUAGES = ("de", "en", "es", "ca", "pt", "it", "el", "ga", "pl", "cs", "fr")


@dataclass(frozen=True)
class Editor:
    """A text in the page of one person."""

    text: LiveText
    user: Any
    access: Access
    # What a screen reader calls the text: the title that stands above it.
    label: str
    # The text as it is read without JavaScript, until the editor has it.
    html: SafeString
    # What that was made of.
    said: reading.Read
    # Where a picture, a comment and the list of comments are; without an address no button.
    image_url: str = ""
    comment_url: str = ""
    comments_url: str = ""
    # Where a text goes that can no longer be saved.
    keep_url: str = ""
    # Whether this device may keep what isn't saved yet; not on a shared one.
    keep: bool = True

    @property
    def address(self) -> str:
        """Of the live text, without its query."""
        return f"{settings.LIVETEXT['ORIGIN']}/live/{self.text.pk}.{self.text.epoch}"

    @property
    def key(self) -> str:
        """Begins the ids of this editor's elements."""
        return f"text-{self.text.pk}"

    @property
    def is_long(self) -> bool:
        """A third of what a text may hold: time to say so to those who write."""
        limit = settings.LIVETEXT["STATE_BYTES"] / 3
        return self.access >= Access.WRITE and self.said.size > limit

    @cached_property
    def tables(self) -> dict[str, dict[str, str]]:
        """The live tables that can be put in, by slug; none where the room has none."""
        return {
            slug: {
                "name": live_tables.name(slug),
                "url": reverse("text:table", args=[self.text.pk, slug]),
            }
            for slug in tables(self.text).slugs
        }

    @property
    def tables_json(self) -> str:
        return json.dumps(self.tables) if self.tables else ""

    @property
    def languages(self) -> tuple[str, ...]:
        return LANGUAGES


def text_page(user: Any, text: LiveText, *, label: str) -> dict[str, Any]:
    """For the templates of a page that shows a text: with the editor for whoever may write."""
    right = access(user, text)
    granted = min(right, Access.READ) if text.quarantined_at else right
    said = reading.read(text)
    html = reading.html_of(text, said.content)
    editor = _editor(user, text, granted, label, html=html, said=said)
    return {
        "html": html,
        "editor": editor if granted > Access.READ else None,
        "may_write": granted >= Access.WRITE,
        "may_talk": right >= Access.COMMENT or may_read_comments(user, text),
        "proposing": _proposing(text, granted),
    }


@dataclass(frozen=True)
class Proposing:
    """What a page says of proposals: how to make one, or how many there are to decide."""

    may_only_propose: bool
    waiting: int = 0


def _proposing(text: LiveText, granted: Access) -> Proposing | None:
    """Nothing where nobody has ever sent one, for those who write themselves."""
    if granted < Access.WRITE:
        return Proposing(True) if granted == Access.SUGGEST else None
    waiting = Count("pk", filter=Q(state=TextProposal.State.SENT))
    sent = text.proposals.exclude(state=TextProposal.State.DRAFT)
    found = sent.aggregate(all=Count("pk"), waiting=waiting)
    return Proposing(False, found["waiting"]) if found["all"] else None


def _editor(user: Any, text: LiveText, granted: Access, label: str, **shown: Any) -> Editor:
    def address(name: str) -> str:
        return reverse(name, args=[text.pk])

    return Editor(
        text=text,
        user=user,
        access=granted,
        label=label,
        image_url=address("text:upload") if granted >= Access.WRITE else "",
        comment_url=address("text:comment"),
        comments_url=address("text:comment_list"),
        keep_url=address("text:keep_proposal") if granted >= Access.SUGGEST else "",
        **shown,
    )
