"""PDF/UA-1 and PDF/A-2a by typst, which refuses what a screen reader could not read."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation

from in4green.common.documents import frame
from in4green.common.documents.fonts import FOLDER, showable

APART = Path(__file__).with_name("apart.py")
DATA = "data.json"  # where ``apart`` looks for it
FRAME = ("documents/frame.typ", "documents/text.typ", "documents/signing.typ")


class Unprintable(Exception):
    """No document came about. ``args[0]`` is a sentence for the log, in English."""


def pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    language: str | None = None,
    landscape: bool = False,
    images: Mapping[str, bytes] | None = None,
    at: datetime | None = None,
    patience: float | None = None,
) -> bytes:
    """``template`` below ``templates/``, filled with ``data`` (whatever JSON can say).

    The words around it are in ``language``, by default the active one. ``images`` are found under
    their names. The same data at the same time give the same bytes. ``patience``: seconds, for a
    worker where people can make the text long. Raises Unprintable.
    """
    language = language or translation.get_language() or settings.LANGUAGE_CODE
    at = at or timezone.now()
    with translation.override(language):
        around = frame.words(title=title, language=language, landscape=landscape, at=at)
        drawings = frame.drawings()
    shown, has_squares = showable({**data, "frame": around})
    shown["frame"]["has_squares"] = has_squares
    files = {**drawings, **(images or {}), **_sources(template)}
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, {**files, DATA: json.dumps(shown, ensure_ascii=False).encode()})
        moment = at.replace(microsecond=0)
        make = _compile if patience is None else partial(_compile_apart, patience=patience)
        try:
            return make(folder, moment)
        except Unprintable as error:
            raise Unprintable(f"{template}: {error}") from error


def pdf_response(filename: str, content: bytes) -> HttpResponse:
    """Opened in the browser's own viewer; ``filename`` comes without its ending."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{filename}.pdf"'},
    )


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """The template finds these, and nothing else of the machine."""
    (folder / "documents").mkdir()
    for path, content in files.items():
        (folder / path).write_bytes(content)


def _compile(folder: Path, at: datetime) -> bytes:
    """Typst comes with its first document: 8 MB that most processes never need."""
    import typst

    from in4green.common.documents import apart

    try:
        return apart.typeset(folder, apart.fonts(str(FOLDER)), at)
    except typst.TypstError as error:
        raise Unprintable("; ".join([error.message, *error.hints])) from error


def _compile_apart(folder: Path, at: datetime, patience: float) -> bytes:
    """In a process of its own: nothing else can end typst before it is finished."""
    command = [sys.executable, "-I", str(APART), str(folder), str(FOLDER), at.isoformat()]
    # What one thread gives back is of use to the others, and then to the machine: 20 MB less for a
    # long document, and 60 more in some runs.
    variables = {**os.environ, "MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "131072"}
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=patience, env=variables
        )
    except subprocess.TimeoutExpired:
        raise Unprintable(f"typst took longer than {patience} s") from None
    if done.returncode:
        raise Unprintable(f"typst: {done.stderr.decode(errors='replace').strip()[-500:]}")
    return done.stdout


def _sources(template: str) -> dict[str, bytes]:
    return {"main.typ": _source(template), **{name: _source(name) for name in FRAME}}


@cache
def _source(name: str) -> bytes:
    return (settings.BASE_DIR / "templates" / name).read_bytes()
