"""The family that documents are set in, and which letters it has.

PDF/UA forbids what a font cannot show. Somebody's emoji must not keep a whole document from being
made, so it is shown as a square, and the document says so.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_source_sans_3

FOLDER = Path(fontpkg_source_sans_3.ROOT) / "files"
INSTEAD = "\N{WHITE SQUARE}"
_SEGMENTS, _GROUPS = 4, 12  # the two formats of a table of letters that fonts use today


def showable(value: Any) -> tuple[Any, bool]:
    """The same data with a square for each letter that is missing, and whether there was one."""
    if isinstance(value, str):
        if _known().issuperset(value):  # nearly always, and much faster than letter by letter
            return value, False
        shown = "".join(map(_shown, value))
        return shown, INSTEAD in shown and INSTEAD not in value
    if isinstance(value, dict):
        kept = {name: showable(each) for name, each in value.items()}
        return {name: each for name, (each, _) in kept.items()}, any(m for _, m in kept.values())
    if isinstance(value, list | tuple):
        found = [showable(each) for each in value]
        return [each for each, _ in found], any(missing for _, missing in found)
    return value, False


@cache
def _shown(letter: str) -> str:
    if letter == "\n" or ord(letter) in letters():
        return letter
    if letter == "\t" or unicodedata.category(letter) == "Zs":
        return " "
    # Joiners, soft hyphens, variants of a sign: nobody sees them, nobody misses them.
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Mn", "Me") else INSTEAD


@cache
def _known() -> frozenset[str]:
    return frozenset(map(chr, letters())) - {INSTEAD} | {"\n"}


@cache
def letters() -> frozenset[int]:
    """Code points that both the upright and the italic font have."""
    found = [frozenset(_code_points(file.read_bytes())) for file in FOLDER.glob("*.ttf")]
    return frozenset.intersection(*found)


def _code_points(font: bytes) -> Iterator[int]:
    """Of a TrueType font's ``cmap``, as the OpenType specification describes it."""
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(tables))
    start = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">L", font, start + 4 + 8 * n + 4)[0]
        kind = struct.unpack_from(">H", font, at)[0]
        if kind in _READERS:
            yield from _READERS[kind](font, at)


def _in_segments(font: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)


def _in_groups(font: bytes, at: int) -> Iterator[int]:
    for n in range(struct.unpack_from(">L", font, at + 12)[0]):
        first, last, _glyph = struct.unpack_from(">3L", font, at + 16 + 12 * n)
        yield from range(first, last + 1)


_READERS = {_SEGMENTS: _in_segments, _GROUPS: _in_groups}
