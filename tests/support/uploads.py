"""Files as people upload them, and as attackers do."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

MEDIA = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}
SECRET = b"51.17 north, 7.08 east"
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX_CONTENTS = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override'
    f' PartName="/word/document.xml" ContentType="{OFFICE}wordprocessingml.document.main+xml"/>'
    "</Types>"
)


def picture(kind="PNG", size=(40, 20), mode="RGB", name=None, **options):
    target = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else "green").save(target, kind, **options)
    ending = {"JPEG": "jpg"}.get(kind, kind.lower())
    return SimpleUploadedFile(name or f"a.{ending}", target.getvalue(), MEDIA[kind])


def positioned():
    """As a telephone writes it: turned by a quarter, with its place and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    exif[0x010E] = SECRET.decode()
    return picture("JPEG", exif=exif, comment=SECRET)


def chunk(name, data):
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)


def huge():
    """A PNG of a few bytes that says it is 60,000 by 60,000."""
    head = (60_000).to_bytes(4) * 2 + b"\x08\x00\x00\x00\x00"
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + parts, "image/png")


def upload(name, content, media_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, media_type)


def archive(entries, *, before=b"", after=b""):
    """``entries``: pairs of a name and its content."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for name, content in entries:
            packing = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            file.writestr(name, content, packing)
    return before + target.getvalue() + after


def docx(*more, contents=DOCX_CONTENTS, text="<w/>", name="a.docx", **around):
    parts = [("[Content_Types].xml", contents), ("word/document.xml", text), *more]
    return upload(name, archive(parts, **around))


def odt(mimetype="application/vnd.oasis.opendocument.text", content="<office/>", name="a.odt"):
    return upload(name, archive([("mimetype", mimetype), ("content.xml", content)]))


def pdf(before=b"", after=b"", name="a.pdf", table=b"xref"):
    body = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    start = len(before + body)
    tail = table + b"\n0 2\ntrailer<</Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return upload(name, before + body + tail + after, "application/pdf")
