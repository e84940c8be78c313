"""Minutes and reports on paper: PDF by typst, Word files by pandoc, both with their pictures."""

import re
from base64 import b64encode
from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from in4green.common.documents import docx, pdf
from in4green.livetext.content.blocks import to_blocks
from in4green.livetext.content.render import to_html
from in4green.livetext.content.tree import Content
from in4green.livetext.paper import addresses_in, named, smaller
from meetings.models import MeetingText, Printout
from meetings.sheets import meeting_facts

PATIENCE = 60.0  # seconds for typst; a report takes less than one
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
    shown, files = named(pictures)
    return pdf(
        "documents/writing.typ",
        {"facts": _facts(row), "blocks": to_blocks(content, shown)},
        title=str(row),
        images=files,
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
    shown = addresses_in([content])
    for image in row.text.images.order_by("created_at"):
        if image.get_absolute_url() in shown and (made := smaller(image.file)):
            yield image.get_absolute_url(), made
