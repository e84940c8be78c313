"""What people upload: each kind that is taken is proven to be it, everything else is refused."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pypandoc
import pytest
import typst
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from openpyxl import Workbook
from PIL import Image

from in4green.common import uploads
from in4green.common.uploads import archives, documents, pictures
from tests.support.uploads import (
    DOCX_CONTENTS,
    SECRET,
    archive,
    docx,
    huge,
    odt,
    pdf,
    picture,
    positioned,
    upload,
)

HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def refusal(file):
    with pytest.raises(ValidationError) as caught:
        uploads.take_in(file)
    [sentence] = caught.value.messages
    assert sentence.endswith(".")
    return caught.value.code


def xlsx():
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


@pytest.mark.parametrize("ending", ["docx", "pptx", "odt"])
def test_what_office_programs_write_is_taken(tmp_path: Path, ending):
    path = tmp_path / f"a.{ending}"
    pypandoc.convert_text("# Abwärme\n\nein Absatz", ending, "markdown", outputfile=str(path))

    taken = uploads.take_in(upload("Protokoll_Mai.DOCX"[:-4] + ending, path.read_bytes()))

    assert taken.media_type == documents.MEDIA_TYPES[f".{ending}"]
    assert taken.title == "Protokoll Mai"
    assert taken.content.read() == path.read_bytes()
    assert not taken.is_picture


def test_spreadsheets_and_pdf_are_taken():
    written = typst.compile(b"= Programm")

    assert uploads.take_in(upload("a.xlsx", xlsx())).size == len(xlsx())
    assert uploads.take_in(upload("a.pdf", written)).media_type == "application/pdf"
    assert uploads.take_in(pdf()).name.endswith(".pdf")


def test_a_picture_is_written_anew_without_its_place_and_upright():
    taken = uploads.take_in(positioned())

    content = taken.content.read()
    assert taken.is_picture
    assert SECRET not in content
    assert (taken.width, taken.height) == (20, 40) == Image.open(io.BytesIO(content)).size
    assert not Image.open(io.BytesIO(content)).getexif()


def test_what_hangs_on_a_picture_is_not_taken_along():
    polyglot = picture("JPEG").read() + archive([("a.html", HTML)])

    content = uploads.take_in(upload("a.jpg", polyglot, "image/jpeg")).content.read()

    assert b"PK" not in content
    assert HTML not in content


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../etc/passwd.png", "passwd"),
        ("C:\\Users\\anna\\Foto_1.png", "Foto 1"),
        ("a\r\nBcc: b@example.org.png", "a Bcc: b@example.org"),
        ("x" * 250 + ".png", "x" * 200),
        ("\u202e.png", None),
    ],
)
def test_a_file_is_kept_under_a_name_that_nobody_guesses(name, title):
    file = picture()
    file._name = name  # past what Django itself makes of it

    taken = uploads.take_in(file)

    assert re.fullmatch(r"[0-9a-f]{32}\.png", taken.name)
    assert taken.title == (title or _("Without a title"))


@pytest.mark.parametrize(
    "file",
    [
        upload("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        upload("a.html", HTML, "text/html"),
        upload("a.docm", b"PK\x03\x04"),
        upload("a.zip", archive([("a", "b")])),
        upload("a.gif", b"GIF89a", "image/gif"),
        upload("a", b"%PDF-"),
    ],
    ids=lambda file: file.name,
)
def test_a_kind_that_is_not_listed_is_refused(file):
    assert refusal(file) == "kind"


@pytest.mark.parametrize(
    "file",
    [
        upload("a.png", HTML, "image/png"),
        upload("a.jpg", picture("JPEG").read()[:200], "image/jpeg"),
        upload("a.png", picture("JPEG").read(), "image/png"),
        upload("a.png", picture("GIF").read(), "image/png"),
        upload("a.jpg", b"%PDF-1.4", "image/jpeg"),
    ],
    ids=["html", "torn", "jpeg", "gif", "pdf"],
)
def test_what_is_not_the_picture_of_its_name_is_refused(file):
    assert refusal(file) == "format"


def test_a_picture_bomb_is_refused_before_a_pixel_is_decoded(monkeypatch):
    assert refusal(huge()) == "pixels"  # beyond what Pillow itself opens
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    assert refusal(picture(size=(11, 10))) == "pixels"
    assert uploads.take_in(picture(size=(10, 10))).width == 10


@pytest.mark.parametrize(
    "file",
    [
        pdf(before=HTML),
        pdf(after=archive([("a.html", HTML)])),
        pdf(table=b"no table"),
        upload("a.pdf", b"%PDF-1.4\n%%EOF"),
        upload("a.pdf", HTML, "application/pdf"),
        upload("a.docx", HTML),
        upload("a.docx", pdf().read()),
        docx(before=HTML),
        docx(after=HTML),
        docx(name="a.xlsx"),
        docx(contents="<Types/>"),
        docx(contents=DOCX_CONTENTS.replace("document.main", "document.macroEnabled.main")),
        docx(contents="<!DOCTYPE a [<!ENTITY b 'c'>]>" + DOCX_CONTENTS),
        docx(text="<w>"),
        docx(text="<!DOCTYPE w SYSTEM 'http://example.org/'><w/>"),
        docx(contents=DOCX_CONTENTS.replace("/word/document", "/word/missing")),
        docx(("../../etc/cron.d/a", "x")),
        docx(("/etc/passwd", "x")),
        docx(("..\\a", "x")),
        odt(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
        odt(mimetype="text/html"),
        odt(content="<!DOCTYPE o><o/>"),
        upload("a.odt", archive([("content.xml", "<o/>"), ("mimetype", "x")])),
        upload("a.odt", archive([("mimetype", "application/vnd.oasis.opendocument.text")])),
    ],
    ids=str,
)
def test_what_is_not_the_document_of_its_name_is_refused(file):
    assert refusal(file) == "content"


def test_one_entry_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        file = docx(("word/document.xml", "<other/>"))

    assert refusal(file) == "content"


def test_a_damaged_entry_is_found():
    content = bytearray(docx(("word/media/a.bin", bytes(range(256)) * 50)).read())
    place = content.index(b"word/media/a.bin") + 60
    content[place] ^= 255

    assert refusal(upload("a.docx", bytes(content))) == "content"


def test_an_archive_bomb_is_refused(monkeypatch):
    assert refusal(docx(("word/zeros.xml", bytes(3_000_000)))) == "bomb"
    monkeypatch.setattr(archives, "MOST_ENTRIES", 2)
    assert refusal(docx(("word/a.xml", "<a/>"))) == "bomb"
    monkeypatch.setattr(archives, "MOST_UNPACKED", 10)
    assert refusal(docx()) == "bomb"


def test_what_an_archive_says_of_its_size_is_not_believed(monkeypatch):
    """The list at the end says ten bytes, and so does the entry; there is more in it."""
    content = docx(("word/a.xml", b"x" * 5000)).read()
    lying = content.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content

    assert refusal(upload("a.docx", lying)) in {"content", "bomb"}


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "xl/VBAPROJECT.BIN", "Basic/a.xml"])
def test_macros_are_refused(name):
    assert refusal(docx((name, "x"))) == "macros"


def test_a_locked_document_is_refused():
    content = docx().read()
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(head) + flags
        content = content[:place] + b"\x01" + content[place + 1 :]

    assert refusal(upload("a.docx", content)) == "password"


def test_office_files_under_a_password_are_told_apart_from_damaged_ones():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    parts = [("mimetype", documents.MEDIA_TYPES[".odt"]), ("META-INF/manifest.xml", manifest)]
    locked = archive([*parts, ("content.xml", b"\x00\x01")])

    assert refusal(upload("a.docx", ole)) == "password"
    assert refusal(upload("a.odt", locked)) == "password"


def test_size_is_limited(monkeypatch):
    assert refusal(upload("a.pdf", b"")) == "empty"
    monkeypatch.setattr(uploads, "LARGEST_FILE", 100)
    assert refusal(upload("a.pdf", bytes(101))) == "large"
    monkeypatch.undo()
    monkeypatch.setattr(pictures, "LARGEST", 10)
    assert refusal(picture()) == "large"


def test_reading_leaves_the_file_as_it_was():
    file = docx()
    before = file.read()

    assert uploads.take_in(file).content.read() == before
    assert ZipFile(io.BytesIO(before)).testzip() is None
    assert isinstance(file, SimpleUploadedFile)
