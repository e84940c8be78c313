"""The plan as Word and OpenDocument file: pandoc is told the blocks in its own data, not in HTML.

So nothing that somebody typed is ever read as markup, each part has its style, and no program has
to find out first what a page of HTML means.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from actionplan.printing import odf, word_parts
from actionplan.printing.cover import Cover
from actionplan.printing.document import Record, document
from actionplan.printing.stationery import rewritten, stationery
from in4green.common.cleaning import clean_lines
from in4green.common.documents import word
from in4green.livetext.content.blocks import Block
from in4green.livetext.paper import named

Part = Any  # of pandoc's data
WIDTH = 480  # points of a drawing, as wide as a line
API = [1, 23, 1]  # of pandoc's data; it reads those of the versions near its own
_NO_ATTRIBUTES: list[Any] = ["", [], []]
_DEFAULT = {"t": "AlignDefault"}


def as_office(kind: str, whole: Record, cover: Cover, pictures: Mapping[str, bytes]) -> bytes:
    """``kind``: docx or odt. Raises Unprintable."""
    shown, files = named(dict(pictures))
    tree = document(whole, shown)
    given = {f"/{name}": _data("image/jpeg", content) for name, content in files.items()}
    given |= {
        f"/{name}": _data("image/png", word.pixels(svg.encode(), width=WIDTH))
        for name, svg in tree.drawings.items()
    }
    writer = _Writer(given)
    blocks = [*_front(cover), *writer.blocks(tree.blocks), *_back(cover)]
    meta = {name: {"t": "MetaInlines", "c": _words(value)} for name, value in {
        "title": whole["title"], "subtitle": cover.kicker, "lang": whole["language"],
        "toc-title": cover.contents,
    }.items()}  # fmt: skip
    source = json.dumps({"pandoc-api-version": API, "meta": meta, "blocks": blocks})
    with stationery(kind, cover) as reference:
        made = word.pandoc(
            source.encode(),
            *("--from=json", f"--to={kind}", "--standalone", "--toc", "--toc-depth=3"),
            f"--reference-doc={reference}",
        )
    alts = _alts(blocks)
    rewrites = {
        "word/document.xml": word_parts.without_sources,
        "content.xml": lambda xml: odf.described(xml, alts),
    }
    return rewritten(made, rewrites)


def _alts(part: Part) -> list[str]:
    """What the pictures show, in their order: pandoc doesn't tell OpenDocument."""
    if isinstance(part, list):
        return [alt for each in part for alt in _alts(each)]
    if not isinstance(part, dict):
        return []
    if part["t"] == "Image":
        return [part["c"][1][0]["c"]]
    return _alts(part.get("c"))


def _data(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode()}"


def _front(cover: Cover) -> list[Part]:
    facts = [_styled("Facts", [_para([_strong(f"{name}: "), *_words(value)])])
             for name, value in cover.facts]  # fmt: skip
    watermark = [_styled("Draft Mark", [_para(_words(cover.watermark))])] if cover.watermark else []
    note = [_para(_words(cover.note))] if cover.note else []
    return [_funding(), *watermark, *facts, *note]


def _back(cover: Cover) -> list[Part]:
    return [_styled("Small Print", [_para(_words(text)) for text in cover.last])]


def _funding() -> Part:
    alt, said = word.thanks()
    size = ["", [], [["width", "1.6cm"], ["height", "1.07cm"]]]
    image = {"t": "Image", "c": [size, _words(alt), [word.emblem(), ""]]}
    return _styled("Funding", [_para([image, {"t": "Space"}, *_words(said)])])


class _Writer:
    def __init__(self, pictures: Mapping[str, str]) -> None:
        self.pictures = pictures

    def blocks(self, blocks: Iterable[Block]) -> list[Part]:
        return [part for block in blocks for part in _WRITTEN[block["kind"]](self, block)]

    def paragraph(self, block: Block) -> list[Part]:
        return [_para(_runs(block["runs"]))]

    def heading(self, block: Block) -> list[Part]:
        return [{"t": "Header", "c": [block["level"], _NO_ATTRIBUTES, _runs(block["runs"])]}]

    def quote(self, block: Block) -> list[Part]:
        return [{"t": "BlockQuote", "c": self.blocks(block["blocks"])}]

    def bullets(self, block: Block) -> list[Part]:
        return [{"t": "BulletList", "c": [self.blocks(item) for item in block["items"]]}]

    def numbers(self, block: Block) -> list[Part]:
        style = [block["start"], {"t": "Decimal"}, {"t": "Period"}]
        return [{"t": "OrderedList", "c": [style, [self.blocks(item) for item in block["items"]]]}]

    def table(self, block: Block) -> list[Part]:
        def cell(part: Block) -> Part:
            inside = self.blocks(part["blocks"])
            return [_NO_ATTRIBUTES, _DEFAULT, part["rowspan"], part["colspan"], inside]

        head, body = (
            [[cell(part) for part in row] for row in block[name]] for name in ("head", "body")
        )
        return [_table([1.0] * block["columns"], [False] * block["columns"], head, [body])]

    def records(self, block: Block) -> list[Part]:
        columns = block["columns"]
        notes = [_styled("Small Print", [_para(_words(note))]) for note in block["notes"]]
        if not any(column["title"] for column in columns):
            return [*_names_and_values(block), *notes]
        head = [[_cell([column["title"]]) for column in columns]]
        bodies = [list(_rows(body, len(columns))) for body in block["bodies"]]
        widths = [column["width"] for column in columns]
        figures = [column["number"] for column in columns]
        return [_table(widths, figures, head, bodies, block["caption"]), *notes]

    def image(self, block: Block) -> list[Part]:
        attributes = ["", [], [["width", f"{block['width']}%"]]]
        image = {
            "t": "Image",
            "c": [attributes, _words(block["alt"]), [self.pictures[block["source"]], ""]],
        }
        return [_para([image])]

    def hint(self, block: Block) -> list[Part]:
        return [_para([{"t": "Emph", "c": _words(block["text"])}])]

    def passage(self, block: Block) -> list[Part]:
        attributes = ["", [], [["lang", block["language"]]]]
        return [{"t": "Div", "c": [attributes, self.blocks(block["blocks"])]}]

    def page(self, _block: Block) -> list[Part]:
        """The style of the highest headings begins one."""
        return []


_WRITTEN: dict[str, Callable[[_Writer, Block], list[Part]]] = {
    "paragraph": _Writer.paragraph,
    "heading": _Writer.heading,
    "quote": _Writer.quote,
    "bullets": _Writer.bullets,
    "tasks": _Writer.bullets,
    "numbers": _Writer.numbers,
    "table": _Writer.table,
    "records": _Writer.records,
    "image": _Writer.image,
    "hint": _Writer.hint,
    "passage": _Writer.passage,
    "page": _Writer.page,
}


def _names_and_values(block: Block) -> list[Part]:
    rows = [row for body in block["bodies"] for row in body["rows"]]
    items = []
    for row in rows:
        name, *values = row["cells"]
        lines = [line for value in values for line in value]
        items.append([_words("; ".join(name)), [[_para(_words(line)) for line in lines]]])
    return [{"t": "DefinitionList", "c": items}]


def _rows(body: Block, columns: int) -> Iterable[list[Part]]:
    if body["title"]:
        yield [_cell([body["title"]], bold=True, wide=columns)]
    for row in body["rows"]:
        yield [
            _cell(lines, bold=place == 0 or row["total"])
            for place, lines in enumerate(row["cells"])
        ]


def _cell(lines: list[str], *, bold: bool = False, wide: int = 1) -> Part:
    inside = [
        {"t": "Plain", "c": [{"t": "Strong", "c": _words(line)}] if bold else _words(line)}
        for line in lines
    ]
    return [_NO_ATTRIBUTES, _DEFAULT, 1, wide, inside]


def _table(
    widths: list[float],
    figures: list[bool],
    head: list[list[Part]],
    bodies: list[list[list[Part]]],
    caption: str = "",
) -> Part:
    share = sum(widths)
    columns = [
        [{"t": "AlignRight" if figure else "AlignLeft"}, {"t": "ColWidth", "c": width / share}]
        for width, figure in zip(widths, figures, strict=True)
    ]
    said = [{"t": "Plain", "c": _words(caption)}] if caption else []

    def rows(given: list[list[Part]]) -> list[Any]:
        return [[_NO_ATTRIBUTES, row] for row in given]

    return {
        "t": "Table",
        "c": [
            _NO_ATTRIBUTES,
            [None, said],
            columns,
            [_NO_ATTRIBUTES, rows(head)],
            [[_NO_ATTRIBUTES, 0, [], rows(body)] for body in bodies],
            [_NO_ATTRIBUTES, []],
        ],
    }


def _runs(runs: Iterable[Mapping[str, Any]]) -> list[Part]:
    return [part for run in runs for part in _run(run)]


def _run(run: Mapping[str, Any]) -> list[Part]:
    if run["kind"] == "break":
        return [{"t": "LineBreak"}]
    parts = _words(run["text"])
    for mark, name in (("bold", "Strong"), ("italic", "Emph"), ("strike", "Strikeout")):
        if run.get(mark):
            parts = [{"t": name, "c": parts}]
    if run.get("language"):
        parts = [{"t": "Span", "c": [["", [], [["lang", run["language"]]]], parts]}]
    if run.get("href"):
        parts = [{"t": "Link", "c": [_NO_ATTRIBUTES, parts, [run["href"], ""]]}]
    return parts


def _words(text: str) -> list[Part]:
    """One string with its spaces: pandoc breaks no lines here."""
    return [{"t": "Str", "c": clean_lines(str(text))}]


def _strong(text: str) -> Part:
    return {"t": "Strong", "c": _words(text)}


def _para(parts: list[Part]) -> Part:
    return {"t": "Para", "c": parts}


def _styled(style: str, parts: list[Part]) -> Part:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], parts]}
