"""HTML that somebody pasted, posted or imported, as a text that the schema allows.

First nh3 keeps what is on the lists below and repairs the rest; then every element is read for
what it means. Word's and LibreOffice's ways of writing are understood (``word_lists``). Nothing
is trusted: addresses and attributes are typed (``attributes``), and nothing recurses.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any, NamedTuple

import nh3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from in4green.livetext.content import elements, formatting, live_tables, nodes
from in4green.livetext.content.attributes import clean
from in4green.livetext.content.building import Builder
from in4green.livetext.content.formatting import Style
from in4green.livetext.content.tree import Content, Node, to_json, walk
from in4green.livetext.content.word_lists import WordLists

_DEEPEST = 20  # nodes one in another; the gate takes 24
_MOST = 20_000  # nodes of one text, as many as an upload may bring
_UNCLOSED = 1000  # elements one in another; beyond, the parser's time grows with the square


Picture = Callable[[dict[str, str]], dict[str, str]]


def from_html(
    html: str,
    *,
    language: str | None = None,
    most_bytes: int | None = None,
    most_nodes: int = _MOST,
    picture: Picture = lambda given: given,
) -> Content:
    """ProseMirror's JSON; raises ValidationError for what is too large or nested too deeply.

    ``language``: what the surrounding text is in; passages marked with it need no mark. Word
    marks every word. ``picture`` is given the attributes of each picture and answers those that
    it has on this site.
    """
    if len(html.encode()) > (most_bytes or settings.LIVETEXT["UPLOAD_BYTES"]):
        raise ValidationError(_("This text is too large."), code="large")
    if _unclosed(html) > _UNCLOSED:
        raise _too_deep()
    safe = nh3.clean(
        html,
        tags=elements.ALLOWED,
        clean_content_tags=elements.UNREAD,
        attributes=elements.ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        filter_style_properties=formatting.PROPERTIES,
    )
    reader = _Reader(language, shift="<h1" in safe, picture=picture)
    reader.feed(safe)
    reader.close()
    return _checked(reader.builder.finish(), most_nodes)


_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")


def _unclosed(html: str) -> int:
    """How deep elements stand in one another at most; more than they do if tags are wrong."""
    stack: list[str] = []
    deepest = 0
    for closing, name in _TAG.findall(html):
        tag = name.lower()
        if tag in elements.IMPLIED or tag in elements.VOID:
            continue
        if not closing:
            stack.append(tag)
            deepest = max(deepest, len(stack))
        elif stack and stack[-1] == tag:
            stack.pop()
    return deepest


def _checked(root: Node, most_nodes: int) -> Content:
    """Not deeper and not more than a text may be."""
    if sum(1 for _node in walk(root)) > most_nodes:
        raise ValidationError(_("This text has too many parts."), code="large")
    level = [root]
    for _depth in range(_DEEPEST):
        level = [child for node in level for child in node.children if isinstance(child, Node)]
    if level:
        raise _too_deep()
    return to_json(root)


def _too_deep() -> ValidationError:
    message = _("Lists, quotes and tables are nested too deeply in this text.")
    return ValidationError(message, code="deep")


class _Open(NamedTuple):
    """An element whose end is still to come."""

    tag: str
    depth: int  # frames to return to
    around: Style
    written: int  # what the builder had written before


class _Reader(HTMLParser):
    """Knows which element means what; the builder knows what may stand where."""

    def __init__(self, language: str | None, *, shift: bool, picture: Picture) -> None:
        super().__init__(convert_charrefs=True)
        self.picture = picture
        self.builder = Builder()
        self.word_lists = WordLists(self.builder)
        # With a heading of the first level all go down one: the page has its own.
        self.shift = 1 if shift else 0
        self.stack: list[_Open] = []
        self.style = Style(base=language)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        around = self.style
        self.style = around.inside(tag, given)
        if self.style.hidden:
            self._push(tag, len(self.builder.frames), around)
            return
        depth = self._open(tag, given)
        self._push(tag, len(self.builder.frames) if depth is None else depth, around)

    def _push(self, tag: str, depth: int, around: Style) -> None:
        if tag in elements.EMPTY:
            self.style = around
        else:
            self.stack.append(_Open(tag, depth, around, self.builder.written))

    def _open(self, tag: str, given: dict[str, str]) -> int | None:
        """Answers to how many frames the end of the element returns, if not to those now open."""
        depth = len(self.builder.frames)
        if tag == "p" and self.word_lists.begins(self.style):
            return len(self.builder.frames)
        if tag in elements.BLOCKS or tag in elements.HEADINGS or tag in elements.CONTAINERS:
            self.word_lists.end()
            depth = min(depth, len(self.builder.frames))
        self._begin(tag, given)
        return depth

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if live_tables.is_known(slug := given.get("data-live-table")):
            self.builder.leaf(live_tables.NODE, table=slug)
            self.style = replace(self.style, hidden=True)  # what it says is made anew
        elif tag in elements.HEADINGS:
            level = min(max(elements.HEADINGS[tag] + self.shift, 2), 4)
            self.builder.begin_block({"type": "heading", "attrs": {"level": level}})
        elif tag in elements.BLOCKS:
            self.builder.begin_block()
        elif tag in _OPENERS:
            _OPENERS[tag](self.builder, given)
        elif tag == "br":
            self.builder.line_break()
        elif tag == "img":
            self._image(given)

    def handle_endtag(self, tag: str) -> None:
        ended = self.stack.pop()
        hidden, self.style = self.style.hidden, ended.around
        if hidden:
            return
        if ended.written == self.builder.written and self._keeps_room(tag):
            self.builder.empty_block()
        if tag in elements.BLOCKS or tag in elements.HEADINGS:
            self.builder.end_block()
            self.word_lists.writing = False
        if tag in elements.CONTAINERS:
            self.builder.close(ended.depth)
            self.word_lists.forget()

    def _keeps_room(self, tag: str) -> bool:
        return tag in elements.HEADINGS or (tag == "p" and not self.word_lists.writing)

    def handle_data(self, data: str) -> None:
        if self.style.marker:
            self.word_lists.mark(data)
        if self.style.hidden:
            return
        if self.builder.block is None and not data.strip(" \t\n\r\f"):
            return
        if not self.word_lists.writing:
            self.word_lists.end()
        lines = data.split("\n") if self._exact() else [data]
        for number, line in enumerate(lines):
            if number:
                self.builder.line_break()
            self.builder.text(line, self.style.marks(), exact=self._exact())

    def _exact(self) -> bool:
        return any(element.tag == "pre" for element in self.stack)

    def _image(self, given: dict[str, str]) -> None:
        """One of this site with its description; of others the description stays as text."""
        lang = self.style.language
        wanted = {**self.picture(given), **({"lang": lang} if lang else {})}
        attributes = clean(nodes.specification("image"), wanted)
        if attributes["src"] and attributes["alt"].strip():
            self.builder.leaf("image", **attributes)
        elif attributes["alt"].strip():
            self.builder.text(attributes["alt"], self.style.marks())


def _number(value: str | None, default: int) -> int:
    return (
        int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else default
    )


def _list(builder: Builder, given: dict[str, str]) -> None:
    tasks = given.get("data-type") == "taskList" or "tasks" in given.get("class", "").split()
    builder.open("taskList" if tasks else "bulletList")


def _item(builder: Builder, given: dict[str, str]) -> None:
    checked = given.get("data-checked") == "true" or "done" in given.get("class", "").split()
    builder.open("listItem", checked=checked)


def _cell(name: str) -> Any:
    def open_cell(builder: Builder, given: dict[str, str]) -> None:
        spans = {span: _number(given.get(span), 1) for span in ("colspan", "rowspan")}
        builder.open(name, **spans)

    return open_cell


def _checkbox(builder: Builder, given: dict[str, str]) -> None:
    """At the start of an item: this is a list of tasks."""
    if given.get("type") == "checkbox" and builder.top.name == "listItem":
        builder.top.attributes["checked"] = "checked" in given
        builder.frames[-2].name = "taskList"


_OPENERS: dict[str, Any] = {
    "ul": _list,
    "ol": lambda builder, given: builder.open("orderedList", start=_number(given.get("start"), 1)),
    "li": _item,
    "input": _checkbox,
    "blockquote": lambda builder, _given: builder.open("blockquote"),
    "table": lambda builder, _given: builder.open("table"),
    "caption": lambda builder, _given: builder.open("caption"),
    "tr": lambda builder, _given: builder.open("tableRow"),
    "td": _cell("tableCell"),
    "th": _cell("tableHeader"),
}
