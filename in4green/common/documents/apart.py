"""Typst at work on a folder; as a program of its own where it must be possible to end it.

Started with the folder, that of the typeface and the time; writes the PDF to its output. Imports
nothing of the portal.
"""

import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

STANDARDS: list[Any] = ["a-2a", "ua-1"]
DATA = "data.json"
MEMORY = 2 * 1024**3  # bytes of addresses; a long report takes a tenth of that


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
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[typeface]
    )
    sys.stdout.buffer.write(typeset(Path(folder), fonts, datetime.fromisoformat(at)))


if __name__ == "__main__":
    main(*sys.argv[1:])
