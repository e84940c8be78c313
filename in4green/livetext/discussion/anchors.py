"""Where a comment hangs: its passage is found by its words and marked with the thread's id.

A text is read here as editors read it (ProseMirror's ``textBetween``): a line end between blocks,
a space for a picture, a live table and a break within a block.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from in4green.livetext.content import live_tables, nodes
from in4green.livetext.content.tree import Content, Node, Text, from_json, mark_key, walk
from in4green.livetext.document.edits import Format

_CUT = "\ufffd"  # what is left of a letter that a browser has cut through


@dataclass(frozen=True)
class Passage:
    quote: str
    # Letters around it: they tell passages with the same words apart.
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class _Piece:
    start: int
    words: str
    text: Text | None = None  # none for a line end, a picture, a break

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def mark(root: Node, passage: Passage, thread: str) -> list[Format]:
    """None where the passage isn't in the text; of several the one with the likest neighbours."""
    pieces = list(_pieces(root))
    start, end = _find("".join(piece.words for piece in pieces), passage)
    attributes = {"thread": thread}
    marks = {mark_key("comment", attributes): attributes}
    within = (piece for piece in pieces if piece.start < end and piece.end > start)
    return [_format(piece, piece.text, start, end, marks) for piece in within if piece.text]


def unmark(root: Node, thread: str) -> list[Format]:
    """Every place where the thread hangs."""
    key = mark_key("comment", {"thread": thread})
    found = []
    for node in walk(root):
        for child in node.children:
            at = 0
            for run in child.runs if isinstance(child, Text) else []:
                length = len(run.text.encode())
                if key in run.marks:
                    found.append(Format(child.shared, at, length, {key: None}))
                at += length
    return found


def threads(content: Content) -> list[str]:
    """Those whose passages are in the text, in its order."""
    found: dict[str, None] = {}
    waiting = [content]
    while waiting:
        part = waiting.pop()
        for each in part.get("marks", []):
            if each["type"] == "comment" and each["attrs"]["thread"]:
                found.setdefault(each["attrs"]["thread"])
        waiting.extend(reversed(part.get("content", [])))
    return list(found)


def passages(content: Content, *, around: int) -> list[Passage]:
    """Each block with words, with so many letters around it."""
    text = "".join(piece.words for piece in _pieces(from_json(content)))
    found, at = [], 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            found.append(Passage(line, text[max(0, at - around) : at], text[end : end + around]))
        at = end + 1
    return found


def _pieces(root: Node) -> Iterator[_Piece]:
    at = 0
    for words, text in _words(root):
        yield _Piece(at, words, text)
        at += len(words)


_LEAVES = ("image", live_tables.NODE)  # blocks that an editor selects as one letter


def _words(root: Node) -> Iterator[tuple[str, Text | None]]:
    is_first = True
    for node in walk(root):
        is_leaf = node.name in _LEAVES
        if not nodes.holds_text(node.name) and not is_leaf:
            continue
        if not is_first:
            yield "\n", None
        is_first = False
        if is_leaf:
            yield " ", None
        for child in node.children:
            yield (child.text, child) if isinstance(child, Text) else (" ", None)


def _find(text: str, passage: Passage) -> tuple[int, int]:
    """Start and end; nothing (0, 0) where it isn't. Spaces at the ends of a quote don't count."""
    quote = passage.quote.strip(_CUT)
    words = quote.strip()
    if not words:
        return 0, 0
    lead, rest = quote[: len(quote) - len(quote.lstrip())], quote[len(quote.rstrip()) :]
    before, after = passage.prefix.strip(_CUT) + lead, rest + passage.suffix.strip(_CUT)

    def likeness(at: int) -> int:
        end = at + len(words)
        left, right = text[max(0, at - len(before)) : at], text[end : end + len(after)]
        return _common(left[::-1], before[::-1]) + _common(right, after)

    best = max(_places(text, words), key=likeness, default=None)
    return (0, 0) if best is None else (best, best + len(words))


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _common(one: str, other: str) -> int:
    """How many letters both begin with. By halves: there may be very many places to compare."""
    same, different = 0, min(len(one), len(other)) + 1
    while different - same > 1:
        middle = (same + different) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            different = middle
    return same


def _format(
    piece: _Piece, text: Text, start: int, end: int, marks: dict[str, dict[str, str]]
) -> Format:
    first, last = max(0, start - piece.start), end - piece.start
    at = len(piece.words[:first].encode())
    return Format(text.shared, at, len(piece.words[first:last].encode()), marks)
