"""What a proposal makes of a text that has gone on since: from contents alone.

A text is looked at as rows of blocks, and so are lists and tables within it. Each block that the
proposal changes is looked for in the present text: if it still stands there, both changes are put
together; if it is gone, what was proposed for it would vanish without a word, and is *lost*.
Texts are nested less than thirty deep (``gate``), so that this may recurse.
"""

from bisect import bisect_left
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from in4green.livetext.content import nodes
from in4green.livetext.content.alignment import Blocks, Span, find_changes, key, matches
from in4green.livetext.content.joining import join
from in4green.livetext.content.tree import Content

Row = tuple[Content, ...]


@dataclass(frozen=True)
class Merged:
    """``after`` drops what is lost, ``anew`` has it where it would have stood."""

    after: Row
    anew: Row
    lost: Row = ()
    # Both changed the same words, and the proposal's stand.
    is_contested: bool = False


@dataclass(frozen=True)
class Outcome:
    """What one change does to the present text: ``before`` becomes ``merged``."""

    number: int
    at: int  # place in the present text
    before: Row
    merged: Merged
    # Somebody else has changed the block since the proposal was begun.
    is_newer: bool = False

    @property
    def is_moot(self) -> bool:
        return self.before == self.merged.after and not self.merged.lost

    @property
    def would_vanish(self) -> bool:
        """All of it: accepting without inserting anew would change nothing."""
        return self.before == self.merged.after and bool(self.merged.lost)


def outcomes(
    base: Blocks,
    proposed: Blocks,
    now: Blocks,
    spans: Sequence[Span],
    *,
    taken: Container[int] = (),
) -> list[Outcome]:
    """Of all changes but those that were ``taken`` (numbers): these the text has already."""
    expected, slots = _expected(base, proposed, spans, taken)
    here = matches(expected, now)
    known = set(here.values())
    free = {key(block) for at, block in enumerate(now) if at not in known}
    order = list(here)
    found = []
    for number, (span, slot) in enumerate(zip(spans, slots, strict=True)):
        if number not in taken:
            old = base[span.old_start : span.old_end]
            new = proposed[span.new_start : span.new_end]
            at = here.get(slot) if old else None
            if at is None:
                place = _place(slot, order, here, len(now))
                found.append(_without_block(number, place, old, new, free))
            else:
                found.append(_with_block(number, at, old[0], new, now[at]))
    return found


def _expected(
    base: Blocks, proposed: Blocks, spans: Iterable[Span], taken: Container[int]
) -> tuple[list[Content], list[int]]:
    """The text as it would be if nobody else had written, and where in it each change is."""
    blocks: list[Content] = []
    slots: list[int] = []
    at = 0
    for number, span in enumerate(spans):
        blocks.extend(base[at : span.old_start])
        slots.append(len(blocks))
        old, new = base[span.old_start : span.old_end], proposed[span.new_start : span.new_end]
        blocks.extend(new if number in taken else old)
        at = span.old_end
    return [*blocks, *base[at:]], slots


def _place(slot: int, order: Sequence[int], here: Mapping[int, int], end: int) -> int:
    """Behind the nearest block before it that is still there; else before the next one."""
    following = bisect_left(order, slot)
    if following:
        return here[order[following - 1]] + 1
    return here[order[0]] if order else end


def _without_block(number: int, at: int, old: Blocks, new: Blocks, free: Container[str]) -> Outcome:
    """Something to be put in, or a change of what is no longer there."""
    come = tuple(block for block in new if key(block) not in free)
    if old and come:
        return Outcome(number, at, (), Merged((), come, come), is_newer=True)
    return Outcome(number, at, (), Merged(come, come))


def _with_block(number: int, at: int, old: Content, new: Blocks, now: Content) -> Outcome:
    merged = merge(old, new[0], now) if new else Merged((), ())
    return Outcome(number, at, (now,), merged, is_newer=old != now)


def apply(now: Blocks, found: Iterable[Outcome], *, anew: Container[int] = ()) -> list[Content]:
    """The text with these changes; what is lost of the ones in ``anew`` is put in again."""
    come: dict[int, list[Content]] = {}
    instead: dict[int, Row] = {}
    for each in found:
        said = each.merged.anew if each.number in anew else each.merged.after
        if each.before:
            instead[each.at] = said
        else:
            come.setdefault(each.at, []).extend(said)
    blocks: list[Content] = []
    for at in range(len(now) + 1):
        blocks.extend(come.get(at, []))
        blocks.extend(instead.get(at, now[at : at + 1]))
    return blocks


def merge(base: Content, proposed: Content, now: Content) -> Merged:
    """One block that was changed twice."""
    if base == now or proposed == now:
        return Merged((proposed,), (proposed,))
    if proposed == base:
        return Merged((now,), (now,))
    shape = _shape(base, proposed, now)
    if len({nodes.holds_text(block["type"]) for block in (base, proposed, now)}) > 1:
        return _apart(proposed, now)
    if nodes.holds_text(base["type"]):
        joined = join(base, proposed, now)
        block = _block(shape, joined.content)
        return Merged((block,), (block,), is_contested=joined.is_contested)
    return _merge_children(shape, base, proposed, now)


def _apart(proposed: Content, now: Content) -> Merged:
    """The two are too different: the present one stays unless the reviewer wants both."""
    return Merged((now,), (now, proposed), (proposed,))


def _shape(base: Content, proposed: Content, now: Content) -> Content:
    """Kind and attributes: what the proposal changed is as it says, the rest as it is now."""
    kind = proposed["type"] if proposed["type"] != base["type"] else now["type"]
    old, wanted, present = (_attributes(block, kind) for block in (base, proposed, now))
    attributes = {
        name: wanted[name] if wanted[name] != old.get(name) else present.get(name, wanted[name])
        for name in wanted
    }
    return {"type": kind, **({"attrs": attributes} if attributes else {})}


def _attributes(block: Content, kind: str) -> dict[str, Any]:
    """All that a node of this kind has, by default where the block says nothing of it."""
    declared = nodes.specification(kind).get("attributes", {})
    given = block.get("attrs", {})
    return {name: given.get(name, rules["default"]) for name, rules in declared.items()}


def _block(shape: Content, content: Sequence[Content]) -> Content:
    return {**shape, **({"content": list(content)} if content else {})}


def _merge_children(shape: Content, base: Content, proposed: Content, now: Content) -> Merged:
    rows = [block.get("content", []) for block in (base, proposed, now)]
    found = _of_children(shape["type"], *rows)
    numbers = range(len(found))
    after = _block(shape, apply(rows[2], found))
    anew = _block(shape, apply(rows[2], found, anew=numbers))
    lost = tuple(block for each in found for block in each.merged.lost)
    if not (_fits(after) and _fits(anew)):
        return _apart(proposed, now)
    contested = any(each.merged.is_contested for each in found)
    return Merged((after,), (anew,), lost, contested)


def _of_children(kind: str, base: Blocks, proposed: Blocks, now: Blocks) -> list[Outcome]:
    """Cells of a row are told apart by their column alone, as long as none has come or gone."""
    if kind == "tableRow" and len(base) == len(proposed) == len(now):
        row = enumerate(zip(base, proposed, now, strict=True))
        return [_with_block(at, at, old, [new], cell) for at, (old, new, cell) in row]
    return outcomes(base, proposed, now, find_changes(base, proposed))


def _fits(block: Content) -> bool:
    return nodes.fits(block["type"], [child["type"] for child in block.get("content", [])])
