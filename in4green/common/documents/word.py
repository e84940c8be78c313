"""Word files by pandoc: a program of its own, without files, net or much memory."""

import subprocess
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pypandoc
from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from in4green.common.documents import frame
from in4green.common.documents.fonts import FOLDER
from in4green.common.documents.printing import Unprintable

ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEMORY = "-M512M"
NO_MEMORY = 251  # what its run-time system ends with
PATIENCE = 30.0  # seconds
_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg", width: %dpt)'


class TooMuch(Unprintable):
    """It would have taken more time, or more memory."""


def docx(html: str, *, title: str, language: str | None = None) -> bytes:
    """Headings begin with ``h2``; pictures stand in the HTML as ``data:``. Raises Unprintable.

    For a worker where people can make the text long: it takes up to half a minute and 512 MB.
    """
    language = language or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        funded = _funding_line()
    return pandoc(
        (funded + html).encode(),
        *("--from=html", "--to=docx", "--shift-heading-level-by=-1"),
        *(f"--metadata=title:{title}", f"--metadata=lang:{language}"),
    )


def docx_response(filename: str, content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=DOCX,
        headers={"Content-Disposition": f'attachment; filename="{filename}.docx"'},
    )


def pandoc(source: bytes, *arguments: str, patience: float = PATIENCE) -> bytes:
    """What pandoc makes of it; it reads and writes nothing else. Raises Unprintable, TooMuch."""
    command = [pypandoc.get_pandoc_path(), "--sandbox", *arguments, "--output=-"]
    command += ["+RTS", MEMORY, "-RTS"]
    try:
        done = subprocess.run(command, input=source, capture_output=True, timeout=patience)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise TooMuch(f"pandoc took longer than {patience} s") from None
    if done.returncode == NO_MEMORY:
        raise TooMuch("pandoc: no memory left")
    if done.returncode:
        raise Unprintable(f"pandoc: {done.stderr.decode(errors='replace').strip()[:500]}")
    return done.stdout


def _funding_line() -> str:
    alt, said = map(escape, thanks())
    return f'<p><img src="{emblem()}" alt="{alt}" width="60" height="40"> {said}</p>'


def thanks() -> tuple[str, str]:
    """What the emblem shows, and what stands beside it, in the active language."""
    return _("Flag of the European Union"), _("Co-funded by the European Union")


@cache
def emblem() -> str:
    return f"data:image/png;base64,{b64encode(pixels(frame.emblem(), width=60)).decode()}"


def pixels(drawing: bytes, *, width: int) -> bytes:
    """SVG as PNG, ``width`` points wide at 144 to the inch: Word shows no SVG everywhere."""
    import typst

    from in4green.common.documents import apart

    with TemporaryDirectory() as folder:
        page = Path(folder) / "main.typ"
        page.write_text(_PAGE % width)
        (Path(folder) / "drawing.svg").write_bytes(drawing)
        made: bytes = typst.compile(page, format="png", font_paths=apart.fonts(str(FOLDER)))
    return made
