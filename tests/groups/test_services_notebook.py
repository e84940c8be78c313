import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from groups.services.notebook import begin_note, close_note, rename_note, reopen_note
from in4green.activity.models import LogEntry
from in4green.livetext.models import TextVersion
from in4green.livetext.owners import Access, access
from tests.factories import MembershipFactory, NoteFactory
from tests.livetext.people import editor_of, reader_of
from tests.livetext.talking import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def note():
    return NoteFactory()


def logged():
    return list(LogEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_note_begins_empty_and_members_may_write_in_it(note):
    editor, reader = editor_of(note.group), reader_of(note.group)
    stranger = MembershipFactory().user

    begun = begin_note(note.group, title="Ideen", by=editor)

    assert [access(who, begun.text) for who in (editor, reader, stranger)] == [
        Access.WRITE,
        Access.READ,
        Access.NOTHING,
    ]
    assert (begun.title, begun.created_by, logged()) == ("Ideen", editor, ["notes.begun"])


def test_renaming_is_logged_and_the_same_title_is_no_change(note):
    editor = editor_of(note.group)

    rename_note(note, title="Neu", by=editor)
    rename_note(note, title="Neu", by=editor)

    note.refresh_from_db()
    assert (note.title, logged()) == ("Neu", ["notes.renamed"])


def test_nobody_writes_in_a_closed_note_and_its_state_is_kept(note):
    editor = editor_of(note.group)
    write(note.text, editor, "Fertig")
    before = note.text.perm_version

    close_note(note, by=editor)

    note.text.refresh_from_db()
    version = TextVersion.objects.get(text=note.text)
    assert (version.kind, version.snapshot.plain_text) == (TextVersion.Kind.STATUS, "Fertig")
    assert note.text.perm_version > before  # what is under way is checked again
    with pytest.raises(PermissionDenied):
        write(note.text, editor, "Noch etwas")


def test_a_note_that_is_opened_again_can_be_written(note):
    editor = editor_of(note.group)
    close_note(note, by=editor)

    reopen_note(note, by=editor)
    write(note.text, editor, "Weiter")

    assert logged() == ["notes.closed", "notes.reopened"]


def test_whoever_clicks_second_is_told(note):
    editor = editor_of(note.group)

    close_note(note, by=editor)
    with pytest.raises(ValidationError):
        close_note(note, by=editor)
    reopen_note(note, by=editor)
    with pytest.raises(ValidationError):
        reopen_note(note, by=editor)
