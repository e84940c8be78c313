"""What a text holds against the schema. Concurrent edits can leave it; nobody repairs it here."""

from in4green.livetext import nodes
from in4green.livetext.tree import Node, walk


def misfits(root: Node) -> list[str]:
    """What an editor would delete, with all that is in it, for everybody: a line for each node."""
    return [
        f"{node.name}: {', '.join(inside) or 'nothing inside'}"
        for node in walk(root)
        # A text that nobody has begun has no blocks, and every editor puts the first one in.
        if (inside := _inside(node) or ([] if node is not root else None)) is not None
        and not nodes.fits(node.name, inside)
    ]


def _inside(node: Node) -> list[str]:
    return [child.name for child in node.children if isinstance(child, Node) or child.runs]
