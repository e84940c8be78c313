"""What happens to the report of a meeting: assembled once, later only beside what people wrote."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groups.models import User
from in4green.activity.services import record
from in4green.livetext.archive import versions
from in4green.livetext.content.tree import Content
from in4green.livetext.document import crdt
from in4green.livetext.models import TextUpdate
from in4green.livetext.services import edit
from meetings import report_drafting
from meetings.models import Meeting, MeetingText
from meetings.services import minutes
from meetings.services.entering import lock
from meetings.timing import can_be_reported

REPORT = MeetingText.Kind.REPORT


@transaction.atomic
def begin_report(meeting: Meeting, *, by: User) -> MeetingText:
    """Assembled from the record. Who comes second finds what the first has begun.

    Raises ValidationError before there is anything to report.
    """
    lock(meeting)
    found = MeetingText.objects.filter(meeting=meeting, kind=REPORT).first()
    if found:
        return found
    if not can_be_reported(meeting):
        raise ValidationError(
            _("A report is written after the meeting: this one is not over, or it was cancelled."),
            code="early",
        )
    return minutes.begin(meeting, REPORT, by=by, content=report_drafting.report)


@transaction.atomic
def append_record(row: MeetingText, *, by: User) -> None:
    """What the record says now, below what people wrote. Raises as every edit does."""
    with translation.override(row.meeting.written_in):
        words = _("From the record, as of %(day)s") % {"day": date_format(timezone.localdate())}
    heading = {"type": "heading", "attrs": {"level": 2}, "content": [_text(words)]}
    added = [heading, *report_drafting.report(row)["content"]]

    def change(doc: crdt.Doc) -> bytes | None:
        now = crdt.content_json(doc)
        return crdt.replace(doc, {**now, "content": [*now.get("content", []), *added]})

    edit(row.text, change, by=by, kind=TextUpdate.Kind.IMPORT)
    record(by, "report.appended", row)


@transaction.atomic
def assemble_again(row: MeetingText, *, by: User) -> None:
    """In place of what people wrote, which stays as a version. Raises as every edit does."""
    with translation.override(row.meeting.written_in):
        label = _("Before it was assembled anew")
    versions.save(row.text, by=by, label=label)
    content: Content = report_drafting.report(row)
    minutes.write(row.text, content, by=by)
    record(by, "report.assembled", row)


def _text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}
