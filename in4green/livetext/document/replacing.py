"""The small edits that turn one text into another: blocks that stay are not touched at all."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from in4green.livetext.content import pairing, words
from in4green.livetext.content.sequences import changes
from in4green.livetext.content.tree import Node, Text, overlaps, walk, without_comments
from in4green.livetext.document import rewording
from in4green.livetext.document.edits import Delete, Edit, Insert, SetAttribute

_SAME_KIND = 0.05  # added to the likeness, so that parts without a common word can be a pair


def plan(old: Node, new: Node) -> list[Edit]:
    """Edits in an order in which each one's places are right; none if nothing changes."""
    keys = _Keys()
    keys.read(old)
    keys.read(new)
    edits: list[Edit] = []
    waiting: list[tuple[Node, Node]] = [(old, new)]
    while waiting:
        before, after = waiting.pop()
        edits.extend(_attributes(before, after))
        for kept, wanted in _align(before, after, keys, edits):
            if isinstance(kept, Text) and isinstance(wanted, Text):
                edits.extend(rewording.plan(kept, wanted))
            elif isinstance(kept, Node) and isinstance(wanted, Node):
                waiting.append((kept, wanted))
    return edits


def _attributes(old: Node, new: Node) -> Iterator[Edit]:
    for name, value in new.attributes.items():
        if old.attributes.get(name) != value:
            yield SetAttribute(old.shared, name, value)


Pair = tuple[Node | Text, Node | Text]


def _align(old: Node, new: Node, keys: "_Keys", edits: list[Edit]) -> list[Pair]:
    """Plan what comes and goes among the children; answer those that only change inside."""
    ours, theirs = old.children, new.children
    found: list[Pair] = []
    # From the end to the start, so that the places before stay right.
    for change in reversed(changes([keys[c] for c in ours], [keys[c] for c in theirs])):
        mine = ours[change.old_start : change.old_end]
        wanted = theirs[change.new_start : change.new_end]
        if change.kind == "equal":
            found.extend(pair for pair in zip(mine, wanted, strict=True) if keys.recomment(*pair))
            continue
        pairs = pairing.pairs(mine, wanted, keys.weigh, hints=(_beginning, _ending))
        found.extend((mine[a], wanted[b]) for a, b in pairs)
        end = ours[change.old_end].index if change.old_end < len(ours) else None
        edits.extend(_arrange(old, mine, wanted, pairs, end))
    return found


def _arrange(
    parent: Node,
    old: Sequence[Node | Text],
    new: Sequence[Node | Text],
    pairs: list[tuple[int, int]],
    end: int | None,
) -> Iterator[Edit]:
    """``end``: the place in the shared document of what follows; None at the parent's end."""
    old_end, new_end = len(old), len(new)
    for a, b in [*reversed(pairs), (-1, -1)]:
        gone, come = old[a + 1 : old_end], new[b + 1 : new_end]
        if come:
            yield Insert(parent.shared, _place(parent, old, old_end, end), come)
        yield from _delete(parent, gone)
        old_end, new_end = a, b


def _place(parent: Node, old: Sequence[Node | Text], at: int, end: int | None) -> int:
    if at < len(old):
        return old[at].index
    if end is not None:
        return end
    return parent.children[-1].index + 1 if parent.children else 0


def _delete(parent: Node, gone: Sequence[Node | Text]) -> Iterator[Edit]:
    """Neighbours in one edit; what an editor can't see may stand between them and stays."""
    places = [child.index for child in reversed(gone)]
    for _, row in groupby(enumerate(places), lambda pair: pair[0] + pair[1]):
        indexes = [index for _, index in row]
        yield Delete(parent.shared, indexes[-1], len(indexes))


@dataclass
class _Keys:
    """Equal parts have equal keys; comments don't count, they are kept apart."""

    known: dict[Any, int] = field(default_factory=dict)
    held: list[Node | Text] = field(default_factory=list)  # an id is only good while its object is
    parts: dict[int, int] = field(default_factory=dict)
    comments: dict[int, Any] = field(default_factory=dict)
    bags: dict[int, Counter[str]] = field(default_factory=dict)

    def __getitem__(self, part: Node | Text) -> int:
        return self.parts[id(part)]

    def read(self, root: Node) -> None:
        for node in reversed(list(walk(root))):
            inside = _visible(node)
            self.held.extend(inside)
            for part in (*node.children, *inside):
                if isinstance(part, Text) and id(part) not in self.parts:
                    content = ("text", *without_comments(part.runs))
                    self._note(part, content, _commented(part))
            attributes = json.dumps(node.attributes, sort_keys=True) if node.attributes else ""
            comments = tuple(self.comments[id(part)] for part in inside)
            inner = tuple(self[part] for part in inside)
            self._note(node, (node.name, attributes, inner), comments if any(comments) else ())

    def _note(self, part: Node | Text, content: Any, comments: Any) -> None:
        self.parts[id(part)] = self.known.setdefault(content, len(self.known))
        self.comments[id(part)] = comments

    def recomment(self, old: Node | Text, new: Node | Text) -> bool:
        """Whether the new part, equal otherwise, brings comments that the old one lacks."""
        comments = self.comments[id(new)]
        return bool(comments) and comments != self.comments[id(old)]

    def weigh(self, old: Node | Text, new: Node | Text) -> float:
        if old.name != new.name:
            return 0
        return _SAME_KIND + words.likeness(self._bag(old), self._bag(new))

    def _bag(self, part: Node | Text) -> Counter[str]:
        if id(part) not in self.bags:
            self.bags[id(part)] = words.bag(_all_text(part))
        return self.bags[id(part)]


def _all_text(part: Node | Text) -> str:
    if isinstance(part, Text):
        return part.text
    texts = (
        child.text for node in walk(part) for child in node.children if isinstance(child, Text)
    )
    return " ".join(texts)


def _beginning(part: Node | Text) -> tuple[str, ...]:
    return part.name, *words.beginning(_all_text(part))


def _ending(part: Node | Text) -> tuple[str, ...]:
    return part.name, *words.ending(_all_text(part))


def _visible(node: Node) -> list[Node | Text]:
    """The children as an editor shows them: texts side by side are one, an empty one is none."""
    shown: list[Node | Text] = []
    for is_text, group in groupby(node.children, lambda child: isinstance(child, Text)):
        parts = list(group)
        if is_text:
            texts = [part for part in parts if isinstance(part, Text) and part.runs]
            parts = list(texts) if len(texts) < 2 else [Text([r for t in texts for r in t.runs])]
        shown.extend(parts)
    return shown


def _commented(text: Text) -> tuple[Any, ...]:
    """Which characters carry which comments; empty without any."""
    found, at = [], 0
    for run in text.runs:
        keys = tuple(sorted(filter(overlaps, run.marks)))
        if keys:
            found.append((at, len(run.text), keys))
        at += len(run.text)
    return tuple(found)
