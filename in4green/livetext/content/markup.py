"""A text as plain lines that people can edit in an ordinary form, and back.

``## `` begins a heading, ``- ``, ``1. `` and ``[ ] `` an item of a list (two spaces deeper: a list
in it), ``> `` a quotation; an empty line ends a block. ``[[2: …]]`` stands for what can't be
written in lines, such as a table: it can be moved or taken away. A backslash before such a sign
means the sign itself. ``{{Table: Timeline}}`` is a table that is made from a room's records.

Formatting has no signs. It stays on the words that stay, and blocks whose lines are unchanged stay
as they are to the last detail.
"""

import re
import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from in4green.common.cleaning import clean_lines
from in4green.livetext.content import lists, live_tables, rewriting, tree
from in4green.livetext.content.plain import to_text
from in4green.livetext.content.sequences import changes
from in4green.livetext.content.tree import Content

_HEADING = re.compile(r"(#{1,6}) (.*)", re.DOTALL)
_QUOTED = re.compile(r"> ?(.*)", re.DOTALL)
_KEPT = re.compile(r"\[\[(\d{1,6})\b.*\]\]")
_TABLE = re.compile(r"\{\{\s*\w{1,20}:\s*([^{}]{1,80}?)\s*\}\}")
_LONGEST_NAME = 60  # letters by which a kept block is recognised
_NAMES = {
    "table": gettext_lazy("table"),
    "image": gettext_lazy("picture"),
    "blockquote": gettext_lazy("quotation"),
}


def write(content: Content) -> str:
    return "\n\n".join(_chunks(content))


def read(lines: str, base: Content, tables: Collection[str] = ()) -> Content:
    """What ``lines``, edited from ``write(base)``, are as content.

    ``tables``: slugs of the live tables that may be added; those in ``base`` may stay anyhow.
    Raises ValidationError for a line that stands for a part which ``base`` doesn't have.
    """
    typed = clean_lines(lines)
    if typed == clean_lines(write(base)):
        return base
    before, parts = base.get("content", []), typed.split("\n\n")
    old, new = [_normal(c) for c in _chunks(base)], [_normal(part) for part in parts]
    if not any(old):  # as an editor shows an empty text: nothing to keep
        before, old = [], []
    kept = [block for block in before if not _is_simple(block)]
    known = dict.fromkeys([*tables, *live_tables.shown_in(base)])
    blocks: list[Content] = []
    for change in changes(old, new):
        ours = before[change.old_start : change.old_end]
        if change.kind == "equal":
            blocks.extend(ours)
            continue
        reader = _Reader("\n\n".join(parts[change.new_start : change.new_end]), kept, list(known))
        blocks.extend(reader.blocks())
        rewriting.keep_marks(ours, reader.fresh)
    return tree.to_json(tree.from_json({"type": "doc", "content": blocks}))


def _normal(chunk: str) -> str:
    """What is compared: blanks at the ends of lines and names of kept blocks don't count."""
    lines = (line.rstrip() for line in clean_lines(chunk).strip("\n").split("\n"))
    return "\n".join(_KEPT.sub(r"[[\1]]", line) for line in lines)


def _chunks(content: Content) -> Iterator[str]:
    kept = 0
    for block in content.get("content", []):
        if _is_simple(block):
            yield _WRITERS[block["type"]](block)
        else:
            kept += 1
            yield f"[[{kept}: {_name(block)}]]"


def _name(block: Content) -> str:
    """``table, Maßnahme Federführung …``: enough to recognise it by."""
    words = re.sub(r"[\[\]]", "", to_text(block))
    shown = textwrap.shorten(words, _LONGEST_NAME, placeholder=" …")
    return ", ".join(filter(None, [str(_NAMES.get(block["type"], _("list"))), shown]))


def _is_simple(block: Content) -> bool:
    name, children = block["type"], block.get("content", [])
    if name == "blockquote":
        return all(child["type"] == "paragraph" for child in children)
    if name == live_tables.NODE:
        return live_tables.is_known(live_tables.slug_of(block))
    return name in ("paragraph", "heading") or lists.is_simple(block)


def escape(line: str) -> str:
    return f"\\{line}" if _means_something(line) else line


def _means_something(line: str) -> bool:
    signs = (_HEADING, _QUOTED, lists.ITEM, _KEPT, _TABLE)
    return not line.strip() or line[0] in "\\ \t" or any(sign.fullmatch(line) for sign in signs)


def unescape(line: str) -> str:
    return line[1:] if line.startswith("\\") else line


def _write_paragraph(block: Content) -> str:
    text = lists.line_text(block)
    return "\n".join(escape(line) for line in text.split("\n")) if text else ""


def _write_heading(block: Content) -> str:
    return f"{'#' * block['attrs']['level']} {lists.line_text(block).replace(chr(10), ' ')}"


def _write_quotation(block: Content) -> str:
    inner = "\n\n".join(_write_paragraph(child) for child in block.get("content", []))
    return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))


def _write_table(block: Content) -> str:
    return f"{{{{{_('Table')}: {live_tables.name(live_tables.slug_of(block))}}}}}"


_WRITERS: dict[str, Any] = {
    live_tables.NODE: _write_table,
    "paragraph": _write_paragraph,
    "heading": _write_heading,
    "blockquote": _write_quotation,
    **dict.fromkeys(lists.KINDS, lambda block: lists.write(block, escape)),
}


@dataclass
class _Reader:
    """Reads lines from top to bottom, each block up to where another begins."""

    written: str
    kept: list[Content]
    tables: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = self.written.split("\n")
        self.at = 0
        self.fresh: list[Content] = []  # all but the kept ones

    def blocks(self) -> list[Content]:
        found: list[Content] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                self.at += 1
            elif match := _KEPT.fullmatch(line.strip()):
                self.at += 1
                found.append(self._kept(line, int(match[1])))
            elif self.tables and (match := _TABLE.fullmatch(line.strip())):
                self.at += 1
                found.append(self._table(match[1]))
            else:
                self.fresh.extend(read := self._read(line))
                found.extend(read)
        return found

    def _read(self, line: str) -> list[Content]:
        if match := _HEADING.fullmatch(line):
            self.at += 1
            level = min(max(len(match[1]), 2), 4)
            return [{"type": "heading", "attrs": {"level": level}, **lists.inline(match[2])}]
        if _QUOTED.match(line):
            return [self._quotation()]
        if lists.ITEM.fullmatch(line):
            return lists.read(self._take(_belongs_to_list))
        return [self._paragraph()]

    def _kept(self, line: str, number: int) -> Content:
        if not 0 < number <= len(self.kept):
            raise ValidationError(
                _("The line “%(line)s” stands for nothing in this text. Please take it away."),
                code="kept",
                params={"line": line.strip()[:100]},
            )
        return self.kept[number - 1]

    def _table(self, wanted: str) -> Content:
        for slug in self.tables:
            if wanted.casefold() in (slug, live_tables.name(slug).casefold()):
                return {"type": live_tables.NODE, "attrs": {"table": slug}}
        raise ValidationError(
            _("There is no table “%(name)s”. Here you can write: %(tables)s."),
            code="table",
            params={
                "name": wanted,
                "tables": ", ".join(
                    f"{{{{{_('Table')}: {live_tables.name(slug)}}}}}" for slug in self.tables
                ),
            },
        )

    def _take(self, belongs: Any) -> list[str]:
        start = self.at
        while self.at < len(self.lines) and belongs(self.lines[self.at]):
            self.at += 1
        return self.lines[start : self.at]

    def _quotation(self) -> Content:
        inner = [_QUOTED.fullmatch(line)[1] for line in self._take(_QUOTED.match)]  # type: ignore[index]
        parts = "\n".join(inner).split("\n\n")
        paragraphs = [_paragraph(part.strip("\n").split("\n")) for part in parts]
        return {"type": "blockquote", "content": paragraphs}

    def _paragraph(self) -> Content:
        first = self.lines[self.at]
        self.at += 1
        return _paragraph([first, *self._take(lambda each: not _ends_paragraph(each))])


def _ends_paragraph(line: str) -> bool:
    return not line.startswith((" ", "\t", "\\")) and _means_something(line)


def _belongs_to_list(line: str) -> bool:
    return bool(line.strip()) and (line.startswith("  ") or bool(lists.ITEM.fullmatch(line)))


def _paragraph(lines: list[str]) -> Content:
    return {"type": "paragraph", **lists.inline("\n".join(unescape(line) for line in lines))}
