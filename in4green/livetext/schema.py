"""The one definition of what a text may hold; the editor, the gate and the renderer read it.

``schema.json`` follows ProseMirror: ``content`` is its content expression, ``html`` the element
that shows a node or mark. Attribute types: ``integer``, ``boolean``, ``text``, ``language``
(BCP 47), ``address`` (http, https, mailto), ``path`` (on this site), ``uuid``, ``slug`` (a name for
programs), ``widths`` (pixels, for the editor alone).
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("schema.json")


@cache
def definition() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(FILE.read_text())
    return schema


def version() -> int:
    """Raised with every change that an editor of yesterday couldn't build."""
    number: int = definition()["version"]
    return number


def root() -> str:
    """The name of the shared type that holds the text."""
    name: str = definition()["root"]
    return name


def elements() -> frozenset[str]:
    """Names of the nodes that are stored as XML elements."""
    return frozenset(definition()["nodes"]) - {definition()["top"], "text"}


def marks() -> frozenset[str]:
    return frozenset(definition()["marks"])
