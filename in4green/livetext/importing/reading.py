"""A file as the content of a text, by pandoc and the same lists as everything that is pasted."""

import io
import re
from collections.abc import Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.exceptions import PermissionDenied, ValidationError

from in4green.common.documents import Unprintable
from in4green.common.documents.word import TooMuch, pandoc
from in4green.common.uploads.archives import Unusable
from in4green.livetext.content import plain
from in4green.livetext.content.html_in import from_html
from in4green.livetext.content.tree import Content
from in4green.livetext.importing.fitting import fitting, paragraphs
from in4green.livetext.importing.pictures import WITHOUT_WORDS, Pictures
from in4green.livetext.importing.survey import survey
from in4green.livetext.models import TextImport

Problem = TextImport.Problem
PATIENCE = 60.0  # seconds
# Of what pandoc writes; a plan of 60,000 words is half a megabyte.
MOST_BYTES = 6_000_000
MOST_NODES = 60_000
_MEDIA = re.compile(r"word/(media|embeddings)/|(Pictures|Thumbnails)/")
_NOTE = re.compile(r'<a href="#fn\d+" class="footnote-ref"[^>]*><sup>(\d+)</sup></a>')
_BACK = re.compile(r'<a href="#fnref\d+" class="footnote-back"[^>]*>[^<]*</a>')
_RAISED = re.compile(r"<(sup|sub)>([0-9+()=n−-]+)</\1>")
_SMALL = {
    "sup": str.maketrans("0123456789+−-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+−-=()n", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ"),
}


class Unreadable(Exception):
    """``args[0]`` is a Problem."""


def read(row: TextImport) -> tuple[Content, dict[str, Any]]:
    """The content, and a report in numbers; pictures are in the text's storage by then.

    For a worker: takes up to a minute and 512 MB in pandoc. Raises Unreadable.
    """
    try:
        with row.file.open("rb") as file, ZipFile(file) as archive:
            return _read(archive, row)
    except TooMuch:
        raise Unreadable(Problem.LONG) from None
    except (Unprintable, Unusable):
        raise Unreadable(Problem.UNREADABLE) from None
    except PermissionDenied:
        raise Unreadable(Problem.RIGHT) from None
    except ValidationError as error:
        raise Unreadable(Problem.DEEP if error.code == "deep" else Problem.LONG) from None


def _read(archive: ZipFile, row: TextImport) -> tuple[Content, dict[str, Any]]:
    found = survey(archive)
    pictures = Pictures(archive, row.text, row.by, found.words)
    content = from_html(
        _html(archive, row.format),
        language=row.language,
        most_bytes=MOST_BYTES,
        most_nodes=MOST_NODES,
        picture=pictures.meet,
    )
    for node in images_in(content):
        if node["attrs"]["alt"] == WITHOUT_WORDS:
            node["attrs"]["alt"] = ""
    if not plain.to_text(content).strip() and not any(images_in(content)):
        raise Unreadable(Problem.EMPTY)
    counts = found.counts + pictures.left_out
    counts.pop("paragraphs", None)
    return content, {
        "left_out": dict(counts),
        "paragraphs": paragraphs(content["content"]),
        "fits": fitting(content["content"]),
    }


def _html(archive: ZipFile, kind: str) -> str:
    arguments = (f"--from={kind}", "--to=html", "--standalone", "--wrap=none")
    written = pandoc(_without_media(archive), *arguments, patience=PATIENCE).decode()
    html = written[written.index("<body>") :]
    html = _NOTE.sub(r" [\1]", _BACK.sub("", html))
    return _RAISED.sub(lambda found: found[2].translate(_SMALL[found[1]]), html)


def _without_media(archive: ZipFile) -> bytes:
    """Pandoc needs no picture to say where it stands."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as light:
        for entry in archive.infolist():
            content = b"" if _MEDIA.match(entry.filename) else archive.read(entry)
            stored = entry.filename == "mimetype"
            light.writestr(entry.filename, content, ZIP_STORED if stored else ZIP_DEFLATED)
    return target.getvalue()


def images_in(content: Content) -> Iterator[Content]:
    """Every picture, in the order of the text."""
    waiting = [content]
    while waiting:
        node = waiting.pop()
        if node["type"] == "image":
            yield node
        waiting.extend(reversed(node.get("content", [])))
