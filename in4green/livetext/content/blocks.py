"""A text for print: the blocks and runs of ``templates/documents/text.typ``, as plain data.

Nothing of it is ever a command. What PDF/UA refuses is put right on the way: a skipped level of
headings, a picture without words, a table whose rows do not fit together.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from in4green.livetext.content import live_tables, nodes
from in4green.livetext.content.attributes import clean
from in4green.livetext.content.grids import fitted
from in4green.livetext.content.tree import Content

Block = dict[str, Any]
DEEPEST = 8  # lists, quotes and tables in one another; beyond, typst's own stack would end
_HIGHEST = 2  # level of headings in a text: the title is above


class Picture(NamedTuple):
    """``source``: a name among the document's files; ``width``: per cent of the line."""

    source: str
    width: int


def to_blocks(
    content: Content,
    pictures: Mapping[str, Picture],
    tables: Mapping[str, list[Block]] | None = None,
) -> list[Block]:
    """``pictures`` by their address in the text, ``tables`` what live tables are on paper, by slug;
    what isn't there is told in words.
    """
    return _Printer(pictures, tables or {}).blocks(content, 0)


class _Printer:
    def __init__(self, pictures: Mapping[str, Picture], tables: Mapping[str, list[Block]]) -> None:
        self.pictures = pictures
        self.tables = tables
        self.level = _HIGHEST - 1

    def blocks(self, node: Content, depth: int) -> list[Block]:
        return [
            block
            for child in node.get("content", [])
            if child.get("type") in _PRINTED
            for block in _PRINTED[child["type"]](self, child, depth)
        ]

    def paragraph(self, node: Content, _depth: int) -> list[Block]:
        runs = _runs(node)
        return [{"kind": "paragraph", "runs": runs}] if runs else []

    def heading(self, node: Content, depth: int) -> list[Block]:
        """One within a list or table is a bold line: it would head what comes after that."""
        runs = _runs(node)
        if not runs:
            return []
        if depth:
            return [{"kind": "paragraph", "runs": [{**run, "bold": True} for run in runs]}]
        self.level = min(_attributes(node)["level"], self.level + 1)
        return [{"kind": "heading", "level": self.level - _HIGHEST + 1, "runs": runs}]

    def quote(self, node: Content, depth: int) -> list[Block]:
        inside = self.blocks(node, depth + 1)
        return [{"kind": "quote", "blocks": inside}] if depth < DEEPEST else inside

    def listed(self, node: Content, depth: int) -> list[Block]:
        inside = [self.blocks(item, depth + 1) for item in node.get("content", [])]
        if depth >= DEEPEST:
            return [block for item in inside for block in item]
        if node["type"] == "bulletList":
            return [{"kind": "bullets", "items": inside}]
        return [{"kind": "numbers", "start": _attributes(node)["start"], "items": inside}]

    def tasks(self, node: Content, depth: int) -> list[Block]:
        items = []
        for item in node.get("content", []):
            word = _("Done:") if _attributes(item)["checked"] else _("To do:")
            said = {"kind": "text", "text": f"{word} ", "bold": True}
            items.append(_begun_with(said, self.blocks(item, depth + 1)))
        if depth >= DEEPEST:
            return [block for item in items for block in item]
        return [{"kind": "tasks", "items": items}]

    def table(self, node: Content, depth: int) -> list[Block]:
        def cell(part: Content) -> Block:
            spans = _attributes(part)
            return {
                "colspan": spans["colspan"],
                "rowspan": spans["rowspan"],
                "header": part["type"] == "tableHeader",
                "blocks": self.blocks(part, depth + 1),
            }

        rows = [[cell(part) for part in row.get("content", [])] for row in node.get("content", [])]
        rows = [row for row in rows if row]
        if not rows or depth >= DEEPEST:
            return [block for row in rows for part in row for block in part["blocks"]]
        return [{"kind": "table", **fitted(rows)}]

    def image(self, node: Content, _depth: int) -> list[Block]:
        given = _attributes(node)
        alt = given["alt"].strip() or _("Picture without a description")
        picture = self.pictures.get(given["src"] or "")
        if picture is None:
            return [{"kind": "paragraph", "runs": [{"kind": "text", "text": alt}]}]
        shown = {"source": picture.source, "width": picture.width}
        return [{"kind": "image", "alt": alt, "language": _language(given["lang"]), **shown}]

    def live_table(self, node: Content, _depth: int) -> list[Block]:
        slug = _attributes(node)["table"]
        words = f"{_('Table')}: {live_tables.name(slug)}"
        return self.tables.get(slug) or [
            {"kind": "paragraph", "runs": [{"kind": "text", "text": words}]}
        ]


_PRINTED: dict[str, Callable[[_Printer, Content, int], list[Block]]] = {
    "paragraph": _Printer.paragraph,
    "heading": _Printer.heading,
    "blockquote": _Printer.quote,
    "bulletList": _Printer.listed,
    "orderedList": _Printer.listed,
    "taskList": _Printer.tasks,
    "table": _Printer.table,
    "image": _Printer.image,
    live_tables.NODE: _Printer.live_table,
}


def _attributes(node: Content) -> dict[str, Any]:
    return clean(nodes.specification(node["type"]), node.get("attrs") or {})


def _begun_with(run: dict[str, Any], blocks: list[Block]) -> list[Block]:
    if blocks and blocks[0]["kind"] == "paragraph":
        return [{"kind": "paragraph", "runs": [run, *blocks[0]["runs"]]}, *blocks[1:]]
    return [{"kind": "paragraph", "runs": [run]}, *blocks]


def _runs(node: Content) -> list[dict[str, Any]]:
    return [_run(part) for part in node.get("content", []) if part["type"] in ("text", "hardBreak")]


def _run(part: Content) -> dict[str, Any]:
    if part["type"] == "hardBreak":
        return {"kind": "break"}
    run: dict[str, Any] = {"kind": "text", "text": part["text"]}
    for mark in part.get("marks", []):
        given = clean(nodes.mark(mark["type"]), mark.get("attrs") or {})
        if mark["type"] == "link" and given["href"]:
            run["href"] = given["href"]
        elif mark["type"] == "language" and given["lang"]:
            run["language"] = _language(given["lang"])
        elif mark["type"] in ("bold", "italic", "strike"):
            run[mark["type"]] = True
    return run


def _language(code: str | None) -> str | None:
    """Typst takes the language alone."""
    return code.partition("-")[0].lower() if code else None
