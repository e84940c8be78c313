"""The plan as Word and OpenDocument file. Written part by part rather than by a program that would
hold all of it several times: what somebody typed is a text in it, and nothing else.
"""

from collections.abc import Mapping

from actionplan.printing.cover import Cover
from actionplan.printing.document import Record
from actionplan.printing.manuscript import manuscript
from actionplan.printing.opendocument import as_opendocument
from actionplan.printing.word import as_word

_MADE = {"docx": as_word, "odt": as_opendocument}


def as_office(kind: str, whole: Record, cover: Cover, pictures: Mapping[str, bytes]) -> bytes:
    """``kind``: docx or odt. Raises Unprintable."""
    return _MADE[kind](manuscript(whole, cover, pictures))
