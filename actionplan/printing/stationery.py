"""What Word and OpenDocument files look like: pandoc's own reference with our letters, colours,
page and running lines. Built anew for each file: it carries the words of its foot, and "Draft".
"""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pypandoc

from actionplan.printing import odf, word_parts
from actionplan.printing.cover import Cover

FONT = "Source Sans 3"
Rewrite = Callable[[str], str]


@contextmanager
def stationery(kind: str, cover: Cover) -> Iterator[Path]:
    """``kind``: docx or odt."""
    made = {"docx": _word, "odt": _open_document}[kind](cover)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"reference.{kind}"
        path.write_bytes(made)
        yield path


def _word(cover: Cover) -> bytes:
    foot, mark = escape(cover.foot), escape(cover.watermark or "")
    rewrites: dict[str, Rewrite] = {
        "word/theme/theme1.xml": lambda xml: re.sub(
            r'<a:latin typeface="Aptos[^>]*>', f'<a:latin typeface="{FONT}"/>', xml
        ),
        "word/styles.xml": word_parts.styles,
        "word/fontTable.xml": word_parts.font_table,
        "word/document.xml": word_parts.page,
        "[Content_Types].xml": word_parts.content_types,
        "word/_rels/document.xml.rels": word_parts.relations,
    }
    added = {
        "word/header1.xml": word_parts.header(mark),
        "word/footer1.xml": word_parts.footer(foot),
    }
    return rewritten(_reference("docx"), rewrites, added)


def _open_document(cover: Cover) -> bytes:
    foot, mark = escape(cover.foot), escape(cover.watermark or "")
    return rewritten(
        _reference("odt"), {"styles.xml": lambda xml: odf.styles(xml, foot=foot, mark=mark)}
    )


@cache
def _reference(kind: str) -> bytes:
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", f"reference.{kind}"]
    return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603


def rewritten(
    archive: bytes, rewrites: Mapping[str, Rewrite], added: Mapping[str, str] | None = None
) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename in rewrites:
                content = rewrites[entry.filename](content.decode()).encode()
            after.writestr(entry, content)
        for name, text in (added or {}).items():
            after.writestr(name, text)
    return made.getvalue()
