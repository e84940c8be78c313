"""An edition as a page: drawn once from the frozen content, without a question to the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from actionplan import tables
from actionplan.approval import in_words
from actionplan.editions.freezing import Record
from actionplan.editions.passages import Passage, passages, with_pictures
from actionplan.models import Plan
from in4green.livetext.content import live_tables
from in4green.livetext.content.render import to_text

SHEETS = "action_sheets"
_FIRST_LEVEL = 2  # of a heading: the page's own is the first


class Page(NamedTuple):
    html: str
    contents: list[Record]
    words: int


@dataclass(frozen=True)
class Part:
    """A section, with what it needs to be drawn."""

    record: Record
    id: str
    heading: str  # h2, h3 …
    passages: tuple[Passage, ...]
    # Its language where that is not the page's.
    foreign: str


@dataclass(frozen=True)
class Sheet:
    """An action, with what it needs to be drawn."""

    record: Record
    id: str
    facts: SafeString
    passages: tuple[Passage, ...]


def draw(content: Record, language: str, *, pictures: Collection[str]) -> Page:
    """``pictures``: ids of those that were kept; of the others the description is shown."""
    said = content["in"][language]
    with translation.override(language):
        page = _Drawing(said, language, pictures).page()
        frozen = facts(content, said, language)
        about = render_to_string("editions/about.html", frozen)
        cite = render_to_string("editions/cite.html", frozen)
    return page._replace(html=f"{about}{page.html}{cite}")


def facts(content: Record, said: Record, language: str) -> Record:
    """What was known of the edition when it was published, in words of the active language."""
    published_on = timezone.localdate(datetime.fromisoformat(content["published_at"]))
    path = reverse("plan:edition", args=[content["plan"], content["number"]])
    own = language != content["original"]
    title = (own and content["title_en"]) or content["title"]
    named = {"group": said["group"], "title": title, "number": content["number"]}
    named |= {"day": date_format(published_on), "address": f"{settings.BASE_URL}{path}"}
    return {
        "facts": content,
        "published_on": published_on,
        "status": Plan.Status(content["status"]).label,
        "approval": in_words(content["approval"]),
        "note": (own and content["note_en"]) or content["note"],
        "citation": _("%(group)s: %(title)s. Edition %(number)s, %(day)s. %(address)s") % named,
    }


class _Drawing:
    def __init__(self, said: Record, language: str, pictures: Collection[str]) -> None:
        self.said = said
        self.language = language
        self.pictures = pictures
        self.tables = {slug: tables.html(slug, said["tables"][slug]) for slug in self._shown()}
        # Whether a text has asked for all actions.
        self.placed = False

    def _shown(self) -> set[str]:
        """Of the live tables, those that stand in a text; all actions have a place of their own."""
        texts = (row["content"] for row in self.said["sections"] if row["content"])
        return {slug for text in texts for slug in live_tables.shown_in(text)} - {SHEETS}

    def _sheets(self, level: int) -> str:
        """All actions, under headings of this level; a dropped one has a reason, but no facts."""
        facts = iter(self.said["tables"][SHEETS]["actions"])
        found = [
            self._sheet(row, None if row["dropped_on"] else next(facts), level)
            for row in self.said["actions"]
        ]
        context = {"sheets": found, "heading": f"h{level}"}
        return render_to_string("editions/sheets.html", context)

    def _sheet(self, row: Record, facts: Any, level: int) -> Sheet:
        anchor = f"m{row['number']}"
        data = {"language": self.language, "actions": [facts]}
        return Sheet(
            record=row,
            id=anchor,
            facts=tables.html(SHEETS, data) if facts else SafeString(""),
            passages=self._passages(row["description"], anchor, anchor.upper(), below=level),
        )

    def _passages(
        self, content: Any, anchor: str, number: str, *, below: int
    ) -> tuple[Passage, ...]:
        text = with_pictures(content or {}, self.pictures)
        return tuple(passages(text, anchor=anchor, number=number, below=below, tables=self.tables))

    def page(self) -> Page:
        parts = [self._part(row) for row in self.said["sections"]]
        sheets = "" if self.placed or not self.said["actions"] else self._sheets(_FIRST_LEVEL + 1)
        html = render_to_string("editions/text.html", {"parts": parts, "sheets": sheets})
        return Page(html, self._contents(parts), _count_words(self.said))

    def _part(self, row: Record) -> Part:
        level = _FIRST_LEVEL + row["level"] - 1
        anchor = f"s{row['id']}"
        if not self.placed and SHEETS in live_tables.shown_in(row["content"] or {}):
            self.tables[SHEETS] = SafeString(self._sheets(level + 1))
            self.placed = True
        shown = self._passages(row["content"], anchor, row["number"], below=level)
        self.tables.pop(SHEETS, None)
        foreign = row["language"] if row["language"] not in (None, self.language) else ""
        return Part(row, anchor, f"h{level}", shown, foreign)

    def _contents(self, parts: list[Part]) -> list[Record]:
        """Nested as the sections are; the actions follow."""
        rows: list[Record] = []
        ways: dict[int, list[Record]] = {1: rows}
        for part in parts:
            named = {name: part.record[name] for name in ("number", "title")}
            row: Record = {"id": part.id, **named, "parts": []}
            ways[part.record["level"]].append(row)
            ways[part.record["level"] + 1] = row["parts"]
        actions = [
            {"id": f"m{one['number']}", "title": one["title"]} for one in self.said["actions"]
        ]
        return [*rows, {"id": "actions", "parts": actions}] if actions else rows


def _count_words(said: Record) -> int:
    texts = [row["content"] for row in said["sections"] if row["content"]]
    texts += [row["description"] for row in said["actions"]]
    return sum(len(to_text(text).split()) for text in texts)
