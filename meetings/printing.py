"""Minutes and reports on paper: PDF by typst, Word files by pandoc, both with their pictures."""

import io
import re
from base64 import b64encode
from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from PIL import Image

from in4green.common.documents import docx, pdf
from in4green.livetext.content.blocks import Picture, to_blocks
from in4green.livetext.content.render import to_html
from in4green.livetext.content.tree import Content, from_json, walk
from in4green.livetext.models import TextImage
from meetings.models import MeetingText, Printout
from meetings.sheets import meeting_facts

PATIENCE = 60.0  # seconds for typst; a report takes less than one
LARGEST = (1400, 1400)  # pixels of a picture: sharp on a page, and 200 of them still fit
PIXELS_OF_A_LINE = 1000  # a picture of fewer is shown smaller
_SOURCE = re.compile(r'<img src="([^"]*)"')
_FIRST_ROW = re.compile("<tbody>(<tr>.*?</tr>)", re.DOTALL)


def print_text(printout: Printout, content: Content) -> bytes:
    """In the language of the record. Raises Unprintable."""
    row = printout.of
    pictures = dict(_pictures(row, content))
    with translation.override(printout.language):
        if printout.format == Printout.Format.PDF:
            return _as_pdf(row, content, pictures)
        return _as_docx(row, content, pictures)


def _as_pdf(row: MeetingText, content: Content, pictures: dict[str, bytes]) -> bytes:
    names = {address: f"picture-{n}.jpg" for n, address in enumerate(pictures)}
    shown = {
        address: Picture(f"/{names[address]}", _width(pictures[address])) for address in pictures
    }  # fmt: skip
    return pdf(
        "documents/writing.typ",
        {"facts": _facts(row), "blocks": to_blocks(content, shown)},
        title=str(row),
        images={names[address]: made for address, made in pictures.items()},
        patience=PATIENCE,
    )


def _as_docx(row: MeetingText, content: Content, pictures: dict[str, bytes]) -> bytes:
    def source(found: re.Match[str]) -> str:
        made = pictures.get(found[1])
        # Where a picture is no longer there, pandoc writes its words.
        data = f"data:image/jpeg;base64,{b64encode(made).decode()}" if made else "gone"
        return f'<img src="{data}"'

    facts = format_html_join("", "<p><strong>{}:</strong> {}</p>", _facts(row))
    body = _FIRST_ROW.sub(_as_head, _SOURCE.sub(source, to_html(content)))
    return docx(facts + body, title=str(row))


def _as_head(found: re.Match[str]) -> str:
    """Pandoc repeats on each page, and tells screen readers, what stands in ``thead``."""
    row = found[1]
    is_head = "<td" not in row and "<table" not in row
    return f"<thead>{row}</thead><tbody>" if is_head else found[0]


def _facts(row: MeetingText) -> list[tuple[str, str]]:
    """Of the meeting, and what this text is: a draft says so on paper, too."""
    if row.approved_at:
        day = date_format(timezone.localtime(row.approved_at))
        state = _("approved on %(when)s") % {"when": day}
    else:
        state = _("being written")
    return [*meeting_facts(row.meeting), (_("State"), state)]


def _pictures(row: MeetingText, content: Content) -> Iterator[tuple[str, bytes]]:
    """Of this text's own, by their address in it; what is no longer there is left out."""
    shown = {
        str(node.attributes["src"]) for node in walk(from_json(content)) if node.name == "image"
    }
    for image in row.text.images.order_by("created_at"):
        if image.get_absolute_url() in shown and (made := _smaller(image)):
            yield image.get_absolute_url(), made


def _smaller(image: TextImage) -> bytes:
    try:
        with image.file.open("rb") as file, Image.open(file) as picture:
            picture.thumbnail(LARGEST)
            paper = Image.new("RGB", picture.size, "white")
            shape = picture.convert("RGBA")
            paper.paste(shape, mask=shape.getchannel("A"))
    except FileNotFoundError:
        return b""
    made = io.BytesIO()
    paper.save(made, "JPEG", quality=85)
    return made.getvalue()


def _width(made: bytes) -> int:
    """Per cent of the line."""
    with Image.open(io.BytesIO(made)) as picture:
        return max(10, min(100, picture.width * 100 // PIXELS_OF_A_LINE))
