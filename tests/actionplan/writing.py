"""Words in the texts of a plan, for tests."""

from actionplan.models import SectionText
from actionplan.services.sections import write
from in4green.livetext.archive import reading, snapshots
from in4green.livetext.content.plain import to_text
from tests.livetext.writing import doc, p


def say(row: SectionText, *paragraphs: str, by) -> None:
    """In place of what it says; as if the worker had been there since."""
    write(row, doc(*map(p, paragraphs)), by=by)
    snapshots.take(row.text)
    row.text.refresh_from_db()


def said(row: SectionText) -> str:
    row.text.refresh_from_db()
    return to_text(reading.content(row.text))
