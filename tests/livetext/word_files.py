"""Word and OpenDocument files, made on the fly: by pandoc, or part by part."""

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from in4green.common.documents.word import pandoc
from tests.support.uploads import OFFICE, upload

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENTS = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default'
    ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml"'
    f' ContentType="{OFFICE}wordprocessingml.document.main+xml"/></Types>'
)
_ROOT = (
    f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Target="word/document.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


def written(html: str, kind: str = "docx", name: str = "") -> SimpleUploadedFile:
    """What an office program might have made of this."""
    content = pandoc(html.encode(), "--from=html", f"--to={kind}")
    return upload(name or f"Konzept.{kind}", content)


def raw(body: str, *more: tuple[str, Any], name: str = "Konzept.docx") -> SimpleUploadedFile:
    """``body``: what stands in Word's XML; ``more``: further parts of the archive."""
    document = f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>"
    parts = [("[Content_Types].xml", _CONTENTS), ("_rels/.rels", _ROOT)]
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for path, content in [*parts, ("word/document.xml", document), *more]:
            file.writestr(path, content)
    return upload(name, target.getvalue())


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def changed(file: SimpleUploadedFile, *changes: tuple[str, str, Any]) -> SimpleUploadedFile:
    """With parts exchanged (name, "", new content) or words in them (name, old, new)."""
    given = {name: (old, new) for name, old, new in changes}
    target = io.BytesIO()
    with ZipFile(file) as before, ZipFile(target, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            old, new = given.get(entry.filename, ("", None))
            if new is not None:
                content = content.replace(old.encode(), new.encode()) if old else new
            stored = entry.filename == "mimetype"
            after.writestr(entry.filename, content, ZIP_STORED if stored else ZIP_DEFLATED)
    return upload(str(file.name), target.getvalue())
