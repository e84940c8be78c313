"""Typst at work on a folder; as a program of its own where it must be possible to end it.

Started with the folder, that of the typeface and the time; writes the PDF to its output. Imports
nothing of the portal.
"""

import resource
import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

STANDARDS: list[Any] = ["a-2a", "ua-1"]
DATA = "data.json"
MEMORY = 2 * 1024**3  # bytes of addresses; a long report takes a tenth of that


@cache
def fonts(folder: str) -> typst.Fonts:
    """None of the machine's own, so that a document looks the same wherever it is made."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def typeset(folder: Path, typeface: typst.Fonts, at: datetime) -> bytes:
    return typst.compile(
        folder / "main.typ",
        root=folder,
        format="pdf",
        font_paths=typeface,
        sys_inputs={"data": (folder / DATA).read_text()},
        pdf_standards=STANDARDS,
        timestamp=at,
    )


def main(folder: str, typeface: str, at: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    made = typeset(Path(folder), fonts(typeface), datetime.fromisoformat(at))
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
