"""Where somebody's caret stands, in the one shape that editors can draw.

A browser hands a caret on as JSON of two of Yjs's relative positions
(https://docs.yjs.dev/api/relative-positions). One of another shape would make every editor that
draws it fail in the middle of a change: what it shows would lag behind the text, and its next key
would delete what others have written since.
"""

from collections.abc import Callable
from typing import Any

from in4green.livetext import schema
from in4green.livetext.gate.lib0 import LARGEST
from in4green.livetext.gate.parsing import END_OF_CLOCKS

Json = dict[str, Any]


def caret(said: Any) -> Json | None:
    """None where nobody's caret is shown, and where no editor would have written it so."""
    if not isinstance(said, dict) or said.keys() != {"anchor", "head"}:
        return None
    anchor, head = position(said["anchor"]), position(said["head"])
    return {"anchor": anchor, "head": head} if anchor and head else None


def position(said: Any) -> Json | None:
    """Beside a part of the text, or at the end of the element or the root that it names."""
    if not isinstance(said, dict):
        return None
    named = {key: value for key, value in said.items() if value is not None}
    fits = named.keys() & PLACES and all(key in SHAPES and SHAPES[key](named[key]) for key in named)
    return named if fits else None


def _is_id(said: Any) -> bool:
    return (
        isinstance(said, dict)
        and said.keys() == {"client", "clock"}
        and _is_whole(said["client"], 0, LARGEST)
        and _is_whole(said["clock"], 0, END_OF_CLOCKS)
    )


def _is_whole(said: Any, least: int, most: int) -> bool:
    return type(said) is int and least <= said <= most


PLACES = {"type", "item", "tname"}
SHAPES: dict[str, Callable[[Any], bool]] = {
    "type": _is_id,
    "item": _is_id,
    "tname": lambda said: bool(said == schema.root()),
    "assoc": lambda said: _is_whole(said, -1, 1),
}
