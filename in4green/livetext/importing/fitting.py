"""How much of a long content one text takes: a change as large as the gate lets in."""

from collections.abc import Sequence

from django.conf import settings

from in4green.livetext.content.lines import lines
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from in4green.livetext.gate import Limits, check
from in4green.livetext.gate.known import Known

GUESSES = 8


def paragraphs(blocks: Sequence[Content]) -> int:
    """As people count them: items of lists, headings, cells and pictures, too."""
    return sum(1 for _line in lines({"type": "doc", "content": list(blocks)}))


def fitting(blocks: Sequence[Content]) -> int:
    """How many paragraphs from the beginning an empty text takes: all of them, if they fit.

    Where paragraphs are of very different length it may be a few more.
    """
    low, high, filled, full = 0, len(blocks), 0.0, load(blocks)
    if full <= 1:
        return paragraphs(blocks)
    for _guess in range(GUESSES):
        if high - low < 2:
            break
        guess = low + int((high - low) * (1 - filled) / (full - filled))
        middle = min(max(guess, low + 1), high - 1)
        share = load(blocks[:middle])
        low, filled = (middle, share) if share <= 1 else (low, filled)
        high, full = (high, full) if share <= 1 else (middle, share)
    return paragraphs(blocks[:low])


def load(blocks: Sequence[Content]) -> float:
    """What they take of what a text takes in one change: above one they do not fit."""
    state = crdt.from_json({"type": "doc", "content": list(blocks)})
    structs = check(state, Known(), Limits(structs=2**31)).structs
    limits = settings.LIVETEXT
    return max(len(state) / limits["STATE_BYTES"], structs / limits["UPLOAD_STRUCTS"])
