"""Where each part of a text hangs, in one byte: how deep, and in what.

A struct says where it hangs only if it has no neighbour; else it hangs where its neighbour does. To
bound how deep elements lie within elements, over any number of small updates, the gate remembers a
code for every run of structs. ``code >> 3`` counts the elements around the place (0 is the text's
root), the low bits are one of the kinds below.
"""

from array import array
from bisect import bisect_right

DEEPEST = 24  # elements within elements

# GONE: nobody has its place any more (collected), or it hangs under such a struct.
# GONE_TYPE: an element or text there. CHILD: a deleted child. ELEMENT, TEXT: a child that holds.
GONE, GONE_TYPE, CHILD, ELEMENT, TEXT, INLINE, ATTRIBUTE = range(7)
NOWHERE = 255  # answers of the tables: it can't be there

TOP = CHILD  # where children of the text itself hang
COLLECTED = GONE
# What was committed though it contradicts what came before it: nothing may be put inside.
MISFIT = DEEPEST << 3 | GONE


def _table(answers: dict[int, tuple[int, int]]) -> bytes:
    """By code: kind → (kind of the answer, how much deeper it is)."""
    table = bytearray([NOWHERE] * 256)
    for kind, (result, deeper) in answers.items():
        for depth in range(DEEPEST + 1):
            table[depth << 3 | kind] = min(depth + deeper, DEEPEST) << 3 | result
    return bytes(table)


def _only_above_deepest(table: bytes, kinds: tuple[int, ...]) -> bytes:
    bounded = bytearray(table)
    for kind in kinds:
        bounded[DEEPEST << 3 | kind] = NOWHERE
    return bytes(bounded)


# From a struct to the place beside it: an element's own code gives the list it is in.
BESIDE = _table(
    {
        GONE: (GONE, 0),
        GONE_TYPE: (GONE, 0),
        CHILD: (CHILD, 0),
        ELEMENT: (CHILD, 0),
        TEXT: (CHILD, 0),
        INLINE: (INLINE, 0),
        ATTRIBUTE: (ATTRIBUTE, 0),
    }
)
# From a struct to the places in it. What is deleted may have held something; the depth counts on.
INSIDE = _table(
    {
        GONE: (GONE, 1),
        GONE_TYPE: (GONE, 1),
        CHILD: (GONE, 1),
        ELEMENT: (CHILD, 1),
        TEXT: (INLINE, 0),
    }
)
ATTRIBUTE_OF = _table(
    {GONE: (GONE, 1), GONE_TYPE: (GONE, 1), CHILD: (GONE, 1), ELEMENT: (ATTRIBUTE, 1)}
)
# From a place and what is put there to the new struct's code.
DELETED_AT = BESIDE
INLINE_AT = _table({GONE: (GONE, 0), INLINE: (INLINE, 0)})
VALUE_AT = _table({GONE: (GONE, 0), ATTRIBUTE: (ATTRIBUTE, 0)})
ELEMENT_AT = _only_above_deepest(_table({GONE: (GONE_TYPE, 0), CHILD: (ELEMENT, 0)}), (GONE, CHILD))
# An editor can't show letters that stand in no element.
TEXT_AT = bytes(
    NOWHERE if code == TOP else answer
    for code, answer in enumerate(_table({GONE: (GONE_TYPE, 0), CHILD: (TEXT, 0)}))
)


def is_gone(code: int) -> bool:
    return code & 7 <= GONE_TYPE


class Runs:
    """The codes of one client's structs. What is typed on hangs where the letter before does."""

    __slots__ = ("codes", "end", "starts")

    def __init__(self, start: int) -> None:
        self.starts = array("I")
        self.codes = bytearray()
        self.end = start

    def append(self, length: int, code: int) -> None:
        codes = self.codes
        if not codes or codes[-1] != code:
            self.starts.append(self.end)
            codes.append(code)
        self.end += length

    def extend(self, later: "Runs") -> None:
        for start, end, code in later.spans():
            self.append(end - start, code)

    def at(self, clock: int) -> int:
        return self.codes[bisect_right(self.starts, clock) - 1]

    @property
    def start(self) -> int:
        return self.starts[0] if self.starts else self.end

    def copy(self) -> "Runs":
        twin = Runs(self.end)
        twin.starts = self.starts[:]
        twin.codes = self.codes[:]
        return twin

    def spans(self) -> list[tuple[int, int, int]]:
        """Start, end and code of each run."""
        ends = [*self.starts[1:], self.end]
        return list(zip(self.starts, ends, self.codes, strict=True))
