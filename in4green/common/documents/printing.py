"""PDF/UA-1 and PDF/A-2a by typst, which refuses what a screen reader could not read."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation

from in4green.common.documents import frame
from in4green.common.documents.fonts import fonts, showable

STANDARDS: list[Any] = ["a-2a", "ua-1"]
FRAME = ("documents/frame.typ", "documents/text.typ")


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
) -> bytes:
    """``template`` below ``templates/``, filled with ``data`` (whatever JSON can say).

    The words around it are in ``language``, by default the active one. ``images`` are found under
    their names. The same data at the same time give the same bytes. Raises Unprintable.
    """
    language = language or translation.get_language() or settings.LANGUAGE_CODE
    at = at or timezone.now()
    with translation.override(language):
        around = frame.words(title=title, language=language, landscape=landscape, at=at)
        drawings = frame.drawings()
    shown, has_squares = showable({**data, "frame": around})
    shown["frame"]["has_squares"] = has_squares
    files = {**drawings, **(images or {}), **_sources(template)}
    return _compile(template, files, json.dumps(shown, ensure_ascii=False), at)


def pdf_response(filename: str, content: bytes) -> HttpResponse:
    """Opened in the browser's own viewer; ``filename`` comes without its ending."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{filename}.pdf"'},
    )


def _compile(template: str, files: dict[str, bytes], data: str, at: datetime) -> bytes:
    """The template finds these files, and nothing else of the machine."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "documents").mkdir()
        for path, content in files.items():
            (folder / path).write_bytes(content)
        try:
            return typst.compile(
                folder / "main.typ",
                root=folder,
                format="pdf",
                font_paths=fonts(),
                sys_inputs={"data": data},
                pdf_standards=STANDARDS,
                timestamp=at.replace(microsecond=0),
            )
        except typst.TypstError as error:
            said = "; ".join([error.message, *error.hints])
            raise Unprintable(f"{template}: {said}") from error


def _sources(template: str) -> dict[str, bytes]:
    return {"main.typ": _source(template), **{name: _source(name) for name in FRAME}}


@cache
def _source(name: str) -> bytes:
    return (settings.BASE_DIR / "templates" / name).read_bytes()
