"""What kills a process that builds it: no gate lets it in, so tests write it into the log."""

from in4green.livetext import schema
from in4green.livetext.gate.lib0 import var_bytes, var_uint

CLIENT = 7
DEEP = 100_000  # more than a native stack of eight megabytes holds


def deleted_tower(depth: int = DEEP) -> bytes:
    """An update with quotes within quotes, of which the outermost is deleted: with all inside."""
    structs = [_quote(b"\x01" + var_bytes(schema.root().encode()))]
    structs += [_quote(b"\x00" + var_uint(CLIENT) + var_uint(clock)) for clock in range(depth - 1)]
    head = [var_uint(number) for number in (1, depth, CLIENT, 0)]
    deletion = [var_uint(number) for number in (1, CLIENT, 1, 0, 1)]
    return b"".join([*head, *structs, *deletion])


def _quote(parent: bytes) -> bytes:
    """A struct that holds a type (7), an XML element (3)."""
    return b"\x07" + parent + b"\x03" + var_bytes(b"blockquote")
