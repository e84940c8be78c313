"""Office files are archives: looked through entry by entry before anybody opens them.

Nothing is unpacked to disk. What an archive says of itself is not believed: each entry is read to
its end, in parts, and counted.
"""

import zlib
from collections.abc import Callable
from typing import IO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_ENTRIES = 3000
MOST_UNPACKED = 120 * 1024 * 1024  # bytes, all entries together
# A drawing's XML shrinks to a fiftieth; an entry that shrinks to less is nothing but repetition.
MOST_RATIO = 200
SMALL = 1024 * 1024  # bytes; below, no ratio does harm
PART = 256 * 1024
BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError)
ENCRYPTED = 1  # bit of an entry's flags
END, END_LENGTH = b"PK\x05\x06", 22


class Unusable(Exception):
    """The file is not what it says."""


def open_checked(file: IO[bytes]) -> ZipFile:
    """Raises Unusable for what is no plain archive, ValidationError with a sentence for a bomb."""
    _check_ends(file)
    try:
        archive = ZipFile(file)
        entries = archive.infolist()
        _check_entries(entries)
        _read_through(archive, entries)
    except BROKEN:
        raise Unusable from None
    return archive


def _check_ends(file: IO[bytes]) -> None:
    """An archive from the first byte to the last: not behind a picture, not before a script."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise Unusable
    file.seek(-END_LENGTH, 2)
    end = file.read(END_LENGTH)
    if end[:4] != END or end[-2:] != b"\0\0":
        raise Unusable


def _check_entries(entries: list[ZipInfo]) -> None:
    names = {entry.filename for entry in entries}
    if len(names) < len(entries) or any(_is_dangerous(entry) for entry in entries):
        raise Unusable
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise ValidationError(
            _("The file is locked by a password. Please save it without one."), code="password"
        )
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or total > MOST_UNPACKED or any(map(_explodes, entries)):
        raise _bomb()


def _is_dangerous(entry: ZipInfo) -> bool:
    """A name that leads out of the archive, or a way of packing that no office program uses."""
    name = entry.orig_filename.replace("\\", "/")
    leads_out = name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name
    return leads_out or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED)


def _explodes(entry: ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > MOST_RATIO * entry.compress_size


def _bomb() -> ValidationError:
    return ValidationError(
        _("Unpacked, this file would be far larger than a document is."), code="bomb"
    )


def _read_through(archive: ZipFile, entries: list[ZipInfo]) -> None:
    """Checks the checksum of each entry; stops at what is more than was said."""
    left = MOST_UNPACKED
    for entry in entries:
        with archive.open(entry) as content:
            while part := content.read(PART):
                left -= len(part)
                if left < 0:
                    raise _bomb()


def parse(
    content: IO[bytes],
    element: Callable[[str, dict[str, str]], None],
    *,
    ended: Callable[[str], None] | None = None,
    letters: Callable[[str], None] | None = None,
) -> None:
    """``element`` hears of each start tag. Raises Unusable for what is no plain XML."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = letters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        while part := content.read(PART):
            parser.Parse(part)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise Unusable from None


def _refuse_doctype(*_declaration: object) -> None:
    """No office program writes one; it is how entities are made to explode or to fetch."""
    raise Unusable
