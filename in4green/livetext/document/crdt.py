"""The one module that knows the CRDT library.

What it works around: a failed ``apply_update`` leaves a half-changed document, errors can be
``BaseException``, an update that waits for another one is left out in silence, offsets in a text
are bytes of UTF-8, integers would reach a browser as BigInt, and ``str()`` of a document neither
escapes nor survives depth.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pycrdt
from pycrdt import XmlElement, XmlFragment, XmlText

from in4green.livetext import schema
from in4green.livetext.content import nodes, tree
from in4green.livetext.content.attributes import clean
from in4green.livetext.content.tree import Content, Node, Run, Text
from in4green.livetext.content.validating import validate
from in4green.livetext.document import edits, replacing
from in4green.livetext.gate.known import read_state_vector
from in4green.livetext.gate.lib0 import read_var_uint

Doc = pycrdt.Doc[Any]

_GROUP = 64  # updates merged at once: the cost grows with the square


class Unreadable(ValueError):
    """Bytes that are no update. The document they were applied to must be thrown away."""


class Incomplete(ValueError):
    """Something waits for a predecessor that isn't there."""


def load(states: Iterable[bytes]) -> Doc:
    """A document of these updates, in any order; raises Incomplete or Unreadable."""
    updates = [state for state in states if state]
    doc: Doc = pycrdt.Doc(client_id=secrets.randbits(32))  # as Yjs counts; the library: 53 bits
    try:
        with doc.transaction():
            for update in updates:
                doc.apply_update(update)
        vector = doc.get_state()
        complete = all(_is_held(update, vector) for update in updates)
    except BaseException as error:
        raise _translated(error) from None
    if not complete:
        raise Incomplete("an update waits for another one")
    return doc


def _translated(error: BaseException) -> BaseException:
    """A panic of the library is no ``Exception``; an interrupt stays what it is."""
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        return error
    return Unreadable(str(error))


def _is_held(update: bytes, vector: bytes) -> bool:
    """Whether the document has all of it, deletions of what it doesn't have included."""
    rest = pycrdt.get_update(update, vector)
    if rest[0]:  # number of clients with structs that aren't there
        return False
    clocks = read_state_vector(vector)
    return all(end <= clocks.get(client, 0) for client, end in _deletions(rest))


def _deletions(update: bytes) -> Iterator[tuple[int, int]]:
    """Clients and ends of what an update without structs deletes."""
    clients, at = read_var_uint(update, 1)
    for _client in range(clients):
        client, at = read_var_uint(update, at)
        ranges, at = read_var_uint(update, at)
        for _range in range(ranges):
            clock, at = read_var_uint(update, at)
            length, at = read_var_uint(update, at)
            yield client, clock + length


def state(doc: Doc) -> bytes:
    return doc.get_update()


def state_vector(doc: Doc) -> bytes:
    return doc.get_state()


def merge(updates: Sequence[bytes]) -> bytes:
    """One update of many; gaps between them stay gaps. Raises Unreadable."""
    merged = list(updates) or [b"\x00\x00"]
    try:
        while len(merged) > 1:
            groups = (merged[at : at + _GROUP] for at in range(0, len(merged), _GROUP))
            merged = [pycrdt.merge_updates(*group) for group in groups]
    except BaseException as error:
        raise _translated(error) from None
    return merged[0]


def missing(state: bytes, state_vector: bytes) -> bytes:
    """What somebody lacks who has come as far as the state vector. Builds no document."""
    try:
        return pycrdt.get_update(state, state_vector)
    except BaseException as error:
        raise _translated(error) from None


def content_json(doc: Doc) -> Content:
    """ProseMirror's JSON, as a browser's editor shows the text; what it can't build is left out."""
    return tree.to_json(read(doc))


def read(doc: Doc) -> Node:
    """The text as a tree whose nodes know their shared counterparts."""
    return tree.prune(read_all(doc))


def read_all(doc: Doc) -> Node:
    """With what an editor couldn't build."""
    with doc.transaction():
        root = Node(schema.definition()["top"], shared=_root(doc))
        waiting = [root]
        while waiting:
            node = waiting.pop()
            for index, shared in enumerate(node.shared.children):
                child = _read_child(shared, index)
                node.children.append(child)
                if isinstance(child, Node):
                    waiting.append(child)
    return root


def _root(doc: Doc) -> XmlFragment:
    return doc.get(schema.root(), type=XmlFragment)


def _read_child(shared: Any, index: int) -> Node | Text:
    if isinstance(shared, XmlText):
        runs = [Run(t, tree.clean_marks(m or {})) for t, m in shared.diff() if isinstance(t, str)]
        return Text(runs, shared, index)
    given = dict(shared.attributes)
    return Node(
        shared.tag, clean(nodes.specification(shared.tag), given), shared=shared, index=index
    )


def from_json(content: Content) -> bytes:
    """The state of a fresh text with this content; raises ValueError if the schema refuses it."""
    doc = load([])
    with doc.transaction():
        _insert(_root(doc), 0, _checked(content).children)
    return state(doc)


def replace(doc: Doc, content: Content) -> bytes | None:
    """Turn the text into ``content`` by small edits; returns the update, or None without a change.

    Blocks and words that stay keep their identity, so that other people's carets stay where they
    are, and comments stay on the words that they belong to even if ``content`` has none. Raises
    ValueError for content that the schema refuses: an editor would delete it for everybody.
    """
    old, new = read(doc), _checked(content)
    if not old.children and tree.to_json(old) == tree.to_json(new):
        return None  # nobody has begun it, and it shall be empty
    return apply(doc, replacing.plan(old, new))


def _checked(content: Content) -> Node:
    if complaints := validate(content):
        raise ValueError("; ".join(complaints))
    return tree.from_json(content)


def apply(doc: Doc, planned: Sequence[edits.Edit]) -> bytes | None:
    """Make the edits, whose places are those of a tree that ``read`` gave; None without any."""
    if not planned:
        return None
    updates: list[bytes] = []
    watching = doc.observe(lambda event: updates.append(event.update))
    with doc.transaction():
        for edit in planned:
            _apply(edit)
    doc.unobserve(watching)
    return merge(updates)


def _apply(edit: edits.Edit) -> None:
    match edit:
        case edits.SetAttribute(shared, name, None):
            del shared.attributes[name]
        case edits.SetAttribute(shared, name, value):
            shared.attributes[name] = _value(value)
        case edits.Delete(shared, index, count):
            del shared.children[index : index + count]
        case edits.Insert(shared, index, children):
            _insert(shared, index, children)
        case edits.DeleteText(shared, at, length):
            del shared[at : at + length]
        case edits.InsertText(shared, at, run):
            shared.insert(at, run.text, run.marks)
        case edits.Format(shared, at, length, marks):
            shared.format(at, at + length, marks)


def _insert(parent: Any, index: int, children: Sequence[Node | Text]) -> None:
    waiting = [(parent, index, children)]
    while waiting:
        parent, index, children = waiting.pop()
        for place, child in enumerate(children, start=index):
            if isinstance(child, Text):
                _insert_text(parent.children.insert(place, XmlText()), child)
                continue
            shared = parent.children.insert(place, XmlElement(child.name))
            for name, value in child.attributes.items():
                if value is not None:  # y-prosemirror writes defaults, but never null
                    shared.attributes[name] = _value(value)
            waiting.append((shared, 0, child.children))


def _insert_text(shared: XmlText, text: Text) -> None:
    at = 0
    for run in text.runs:
        shared.insert(at, run.text, run.marks)
        at += len(run.text.encode())


def _value(value: Any) -> Any:
    """Numbers as floats: the library writes whole ones in a way that browsers read as BigInt."""
    if isinstance(value, list):
        return [_value(part) for part in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
