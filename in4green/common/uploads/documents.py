"""Documents: PDF, Microsoft Office and OpenDocument, each proven to be what its name says."""

import re
from typing import IO
from zipfile import ZIP_STORED, ZipFile

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from in4green.common.uploads.archives import Unusable, open_checked, parse

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".odt": f"{_OPEN}text",
    ".ods": f"{_OPEN}spreadsheet",
    ".odp": f"{_OPEN}presentation",
}
_CONTENTS = "[Content_Types].xml"
_MANIFEST = "META-INF/manifest.xml"
# How Office keeps a file under a password, and kept every file before 2007.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"(^|/)vbaproject\.bin$|^(basic|scripts)/", re.IGNORECASE)
_PDF_TAIL = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF[\s\0]*\Z")
_PDF_TABLE = re.compile(rb"\s*(xref\s|\d+\s+\d+\s+obj\b)")
_TAIL = 2048  # bytes, in which a PDF says where its table is


def check(file: UploadedFile, ending: str) -> None:
    """Raises ValidationError with a sentence unless the content is what ``ending`` says."""
    try:
        if ending == ".pdf":
            _check_pdf(file)
        else:
            _check_office(file, MEDIA_TYPES[ending])
    except Unusable:
        raise ValidationError(
            _("The file is damaged, or it is not what the end of its name says."), code="content"
        ) from None


def _check_pdf(file: IO[bytes]) -> None:
    """From the first byte to the last: its table of contents is where the end says."""
    file.seek(0)
    content = file.read()
    tail = _PDF_TAIL.search(content, max(0, len(content) - _TAIL))
    if not content.startswith(b"%PDF-") or tail is None or b"/Root" not in content:
        raise Unusable
    if not _PDF_TABLE.match(content, int(tail[1])):
        raise Unusable


def _check_office(file: IO[bytes], media_type: str) -> None:
    file.seek(0)
    if file.read(len(_OLE)) == _OLE:
        raise _locked(
            _(
                "The file is locked by a password, or of an old kind such as .doc. Please save it"
                " without a password and in the present kind."
            )
        )
    with open_checked(file) as archive:
        if any(_MACROS.search(name) for name in archive.namelist()):
            raise ValidationError(
                _("The file contains macros. Please save it without macros."), code="macros"
            )
        if media_type.startswith(_OPEN):
            _check_open_document(archive, media_type)
        else:
            _check_microsoft(archive, media_type)


def _check_open_document(archive: ZipFile, media_type: str) -> None:
    first = archive.infolist()[0]
    if (first.filename, first.compress_type) != ("mimetype", ZIP_STORED):
        raise Unusable
    if archive.read(first) != media_type.encode():
        raise Unusable
    if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
        raise _locked(_("The file is locked by a password. Please save it without one."))
    _parse(archive, "content.xml")


def _locked(sentence: str) -> ValidationError:
    return ValidationError(sentence, code="password")


def _check_microsoft(archive: ZipFile, media_type: str) -> None:
    """Its list of contents names the main part, which is of the right kind and is XML."""
    main: list[str] = []

    def note(name: str, attributes: dict[str, str]) -> None:
        if attributes.get("ContentType") == f"{media_type}.main+xml":
            main.append(attributes.get("PartName", "").lstrip("/"))

    _parse(archive, _CONTENTS, note)
    if len(main) != 1:
        raise Unusable
    _parse(archive, main[0])


def _parse(archive: ZipFile, name: str, element: object = None) -> None:
    if name not in archive.namelist():
        raise Unusable
    with archive.open(name) as content:
        parse(content, element or (lambda name, attributes: None))  # type: ignore[arg-type]
