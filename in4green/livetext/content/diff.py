"""What has changed between two states of a text: by block, then by word, for people to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from in4green.livetext.content import describing, pairing, words
from in4green.livetext.content.lines import Line, lines
from in4green.livetext.content.sequences import Change, changes
from in4green.livetext.content.tree import Content, Marks, Text, overlaps
from in4green.livetext.document.rewording import Passage

_ALIKE = 0.35  # share of common words from which a line counts as changed, not as exchanged
_SAME_COLUMN = 0.4  # numbers in a table have no word in common
_SAME_FORM = 0.05
_NEAR = 1  # unchanged lines that are shown around a change
_FOLDED = 3  # fewer are not worth a fold


@dataclass(frozen=True)
class Piece:
    kind: Literal["same", "added", "removed", "reformatted"]
    text: str


@dataclass(frozen=True)
class Block:
    """A line before and after; one of them is None where it was added or removed."""

    old: Line | None
    new: Line | None
    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> Literal["same", "added", "removed", "changed"]:
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        changed = self.old.form != self.new.form or any(p.kind != "same" for p in self.pieces)
        return "changed" if changed else "same"

    @property
    def label(self) -> str:
        """What it is; empty for a plain paragraph."""
        line = self.new or self.old
        return describing.label(line) if line else ""

    @property
    def html(self) -> SafeString:
        return format_html_join("", "{}", ((marked(piece),) for piece in self.pieces))

    @property
    def notes(self) -> list[str]:
        """In words, what the marked words alone don't show."""
        if self.old is None or self.new is None:
            return []
        notes = []
        if self.old.form != self.new.form:
            notes.append(describing.reshaped(self.old, self.new))
        if any(piece.kind == "reformatted" for piece in self.pieces):
            notes.append(_("Formatting changed"))
        return notes


def marked(piece: Piece) -> SafeString:
    """With no space around it: it may be part of a word."""
    text = linebreaksbr(piece.text)
    if piece.kind == "same":
        return text
    return format_html(_MARKED[piece.kind], said=_SAID[piece.kind], text=text)


_HIDDEN = '<span class="visually-hidden">{said} </span>'
_MARKED = {
    "added": f"<ins>{_HIDDEN}{{text}}</ins>",
    "removed": f"<del>{_HIDDEN}{{text}}</del>",
    "reformatted": f'<span class="difference__formatted">{_HIDDEN}{{text}}</span>',
}
_SAID = {
    "added": gettext_lazy("inserted:"),
    "removed": gettext_lazy("deleted:"),
    "reformatted": gettext_lazy("formatted differently:"),
}


def compare(old: Content, new: Content) -> list[Block]:
    """All blocks in the order of the new text, removed ones where they were."""
    before, after = list(lines(old)), list(lines(new))
    blocks: list[Block] = []
    for change in changes([line.key for line in before], [line.key for line in after]):
        ours = before[change.old_start : change.old_end]
        theirs = after[change.new_start : change.new_end]
        if change.kind == "equal":
            pairs = zip(ours, theirs, strict=True)
            blocks.extend(Block(a, b, (Piece("same", b.text),)) for a, b in pairs)
        else:
            blocks.extend(_exchanged(ours, theirs))
    return blocks


def _exchanged(old: Sequence[Line], new: Sequence[Line]) -> Iterator[Block]:
    found = pairing.pairs(old, new, _weigh, hints=(_beginning, _ending))
    a = b = 0
    for one, other in [*found, (len(old), len(new))]:
        yield from (Block(line, None, (Piece("removed", line.text),)) for line in old[a:one])
        yield from (Block(None, line, (Piece("added", line.text),)) for line in new[b:other])
        if one < len(old):
            yield Block(old[one], new[other], tuple(_reworded(old[one], new[other])))
        a, b = one + 1, other + 1


def _weigh(old: Line, new: Line) -> float:
    alike = words.likeness(old.bag, new.bag)
    same_form = _SAME_FORM if old.form == new.form else 0.0
    if old.number("tableRow") and new.number("tableRow"):
        columns = [line.number("tableCell") or line.number("tableHeader") for line in (old, new)]
        return alike + same_form + _SAME_COLUMN if columns[0] == columns[1] else 0.0
    return alike + same_form if alike >= _ALIKE else 0.0


def _beginning(line: Line) -> tuple[str, ...]:
    return words.beginning(line.text)


def _ending(line: Line) -> tuple[str, ...]:
    return words.ending(line.text)


def _reworded(old: Line, new: Line) -> Iterator[Piece]:
    """Neighbours of one kind as one piece."""
    for kind, pieces in groupby(_pieces(old, new), lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in pieces))


def _pieces(old: Line, new: Line) -> Iterator[Piece]:
    ours, theirs = words.split(old.text), words.split(new.text)
    before, after = Passage(Text(list(old.runs))), Passage(Text(list(new.runs)))
    old_at = new_at = 0
    for change in _whole_phrases(changes(ours, theirs), ours):
        gone = "".join(ours[change.old_start : change.old_end])
        come = "".join(theirs[change.new_start : change.new_end])
        if change.kind == "equal":
            yield from _same(before, after, old_at, new_at, len(come))
        else:
            yield from (Piece("removed", gone),) if gone else ()
            yield from (Piece("added", come),) if come else ()
        old_at, new_at = old_at + len(gone), new_at + len(come)


def _whole_phrases(found: list[Change], old: Sequence[str]) -> Iterator[Change]:
    """Two changes with only a space between them are one: people read phrases."""
    waiting: Change | None = None
    for place, change in enumerate(found):
        alone = (
            change.kind == "equal" and not "".join(old[change.old_start : change.old_end]).strip()
        )
        between = 0 < place < len(found) - 1
        if change.kind == "equal" and not (alone and between):
            yield from (waiting,) if waiting else ()
            yield change
            waiting = None
        elif waiting:
            waiting = waiting._replace(old_end=change.old_end, new_end=change.new_end)
        else:
            waiting = change._replace(kind="replace")
    yield from (waiting,) if waiting else ()


def _same(old: Passage, new: Passage, old_at: int, new_at: int, length: int) -> Iterator[Piece]:
    """Equal words; where they are marked differently, they are said to be."""
    for start, end, before in old.pieces(old_at, old_at + length):
        shift = new_at - old_at
        for first, last, after in new.pieces(start + shift, end + shift):
            same = _plain(before) == _plain(after)
            yield Piece("same" if same else "reformatted", new.text[first:last])


def _plain(marks: Marks) -> Marks:
    return {key: value for key, value in marks.items() if not overlaps(key)}


@dataclass(frozen=True)
class Section:
    """Blocks to show, or a run of unchanged ones to fold away."""

    blocks: tuple[Block, ...]
    folded: bool = False


def sections(blocks: Sequence[Block]) -> list[Section]:
    """The blocks in their order, long unchanged runs folded but for the nearest to a change."""
    changed = [at for at, block in enumerate(blocks) if block.kind != "same"]
    near = {at + by for at in changed for by in range(-_NEAR, _NEAR + 1)}
    found: list[Section] = []
    for shown, group in groupby(range(len(blocks)), lambda at: at in near):
        run = tuple(blocks[at] for at in group)
        found.append(Section(run, folded=not shown and len(run) >= _FOLDED))
    return found
