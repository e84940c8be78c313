"""What may be done through a socket, and how quickly a right that ends is felt there."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from groups.models import Membership, User
from in4green.livetext import schema, services
from in4green.livetext.models import LiveText, TextUpdate
from in4green.livetext.wire import Close
from tests.factories import NoteFactory, UserFactory
from tests.livetext.live import Live, Writer, session_of
from tests.livetext.people import editor_of, reader_of
from tests.livetext.replay import stored_text
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

SOON = 5
"""Seconds. It takes some hundredths; the timer that asks everybody anew would take a minute."""


def updates_of(text: LiveText) -> int:
    return TextUpdate.objects.filter(text=text).count()


def test_a_reader_reads_and_cannot_write(live: Live):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    reader = live.join(note.text, reader_of(note.group))
    anna.type("Nur lesen.")
    reader.wait_for_text("Nur lesen.")

    reader.type(" Doch nicht.")

    reader.wait_for(lambda: any("refused" in said for said in reader.controls))
    assert (anna.mode, reader.mode) == ("write", "read")
    assert reader.acked == 0
    assert updates_of(note.text) == 1


def test_unknown_and_forbidden_texts_answer_alike(live: Live):
    note = NoteFactory()
    member = editor_of(note.group)
    foreign = NoteFactory()
    unknown = LiveText(pk=foreign.text.pk + 1000, epoch=1)

    codes = {live.connect(t, member).wait_for_close() for t in (foreign.text, unknown)}

    assert codes == {Close.UNKNOWN}


def test_a_stranger_and_a_made_up_session_are_turned_away(live: Live):
    note = NoteFactory()

    codes = [live.connect(note.text, UserFactory(), cookie=key).wait_for_close()
             for key in ("", "made-up")]  # fmt: skip

    assert codes == [Close.SIGNED_OUT] * 2


def test_another_site_s_page_gets_no_socket(live: Live):
    note = NoteFactory()

    with pytest.raises(Exception, match="403"):
        Writer(live.address(note.text), session_of(editor_of(note.group)),
               origin="https://evil.example")  # fmt: skip


def end_membership(user) -> None:
    with transaction.atomic():
        user.memberships.update(ends_on=timezone.localdate() - timedelta(days=1),
                                starts_on=timezone.localdate() - timedelta(days=9))  # fmt: skip
        services.recheck(user)


def test_a_removed_member_s_socket_ends_at_once(live: Live):
    note = NoteFactory()
    anna, ben = editor_of(note.group), editor_of(note.group)
    writers = [live.join(note.text, person) for person in (anna, ben)]
    writers[0].type("Hallo")
    writers[0].wait_for_ack()

    end_membership(anna)
    begun = time.monotonic()

    assert writers[0].wait_for_close() == Close.RIGHT_ENDED
    assert time.monotonic() - begun < SOON
    writers[1].type("Ich bin noch da.")
    writers[1].wait_for_ack()
    assert writers[1].code is None


def test_an_editor_who_becomes_a_reader_reads_on_and_writes_no_more(live: Live):
    note = NoteFactory()
    anna = editor_of(note.group)
    writer = live.join(note.text, anna)
    writer.type("Eins ")
    writer.wait_for_ack()

    anna.memberships.update(role=Membership.Role.READER)
    services.recheck(anna)
    writer.wait_for(lambda: writer.mode == "read")
    writer.type("zwei")
    writer.wait_for(lambda: any("refused" in said for said in writer.controls))

    assert updates_of(note.text) == 1
    assert writer.code is None


def waits_for_our_lock() -> bool:
    """Whether a live process has sent its statement, and the row keeps it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE application_name = 'live-writer'"
            " AND wait_event_type = 'Lock' AND datname = current_database()"
        )
        return cursor.fetchone() is not None


def becomes_reader(person: User, text: LiveText) -> None:
    person.memberships.update(role=Membership.Role.READER)
    services.recheck(person)


def is_removed(person: User, text: LiveText) -> None:
    person.memberships.all().delete()
    services.recheck(person)


def freezes(person: User, text: LiveText) -> None:
    LiveText.objects.filter(pk=text.pk).update(quarantined_at=timezone.now())


@pytest.mark.parametrize("happens", [becomes_reader, is_removed, freezes])
@pytest.mark.parametrize("stays", [True, False])
def test_for_an_update_in_flight_the_commit_decides(live: Live, happens, stays):
    """The right ends while the update waits for the text's row: it is never written."""
    note = NoteFactory()
    anna = editor_of(note.group)
    writer, other = (live.join(note.text, person) for person in (anna, editor_of(note.group)))
    writer.type("Eins ")
    writer.wait_for_ack()
    other.wait_for_text("Eins ")

    with transaction.atomic():
        LiveText.objects.select_for_update().get(pk=note.text.pk)
        writer.type("zwei")
        wait_for(waits_for_our_lock, every=0.001)
        if not stays:
            writer.close()
        happens(anna, note.text)
    number = other.type("drei")
    other.wait_for(
        lambda: other.acked >= number or any(said.get("refused") for said in other.controls)
    )

    assert updates_of(note.text) == 1 + (happens is not freezes)
    assert "zwei" not in other.text


def test_a_session_that_ends_takes_its_sockets_along(live: Live):
    note = NoteFactory()
    anna = editor_of(note.group)
    key = session_of(anna)
    ending = live.connect(note.text, anna, cookie=key).greet()
    other = live.join(note.text, anna)

    Session.objects.filter(session_key=key).delete()
    begun = time.monotonic()

    assert ending.wait_for_close() == Close.SIGNED_OUT
    assert time.monotonic() - begun < SOON
    other.type("Eine andere Sitzung.")
    other.wait_for_ack()
    assert other.code is None


def test_another_epoch_is_never_merged(live: Live):
    note = NoteFactory()
    anna = editor_of(note.group)
    writer = live.join(note.text, anna)
    writer.type("Alte Geschichte.")
    writer.wait_for_ack()

    services.begin_epoch(note.text)

    assert writer.wait_for_close() == Close.OTHER_EPOCH
    assert live.connect(note.text, anna).wait_for_close() == Close.OTHER_EPOCH
    note.text.refresh_from_db()
    assert live.join(note.text, anna).text == "Alte Geschichte."  # without what was unsent


def test_a_client_with_an_older_schema_reads_and_can_delete_nothing(live: Live):
    note = NoteFactory()
    anna = editor_of(note.group)
    writer = live.join(note.text, anna)
    writer.type("Bleibt.")
    writer.wait_for_ack()
    address = live.address(note.text).replace(f"schema={schema.version()}", "schema=0")
    old = Writer(address, session_of(anna)).greet()

    old.change(lambda root: root.children.__delitem__(0))

    old.wait_for(lambda: any("refused" in said for said in old.controls))
    assert old.controls[0]["reload"] is True
    assert updates_of(note.text) == 1
    old.close()


def test_a_frozen_text_is_read_only(live: Live):
    note = NoteFactory()
    writer = live.join(note.text, editor_of(note.group))
    writer.type("Vorher.")
    writer.wait_for_ack()

    LiveText.objects.filter(pk=note.text.pk).update(quarantined_at=timezone.now())
    services.recheck_text(note.text)
    writer.wait_for(lambda: writer.mode == "read")
    writer.type("Nachher.")
    writer.wait_for(lambda: any("refused" in said for said in writer.controls))

    assert updates_of(note.text) == 1


def test_rights_are_felt_without_the_bell(live: Live, deaf: None):
    note = NoteFactory()
    anna = editor_of(note.group)
    writer = live.join(note.text, anna)
    writer.type("Hallo")
    writer.wait_for_ack()

    anna.memberships.all().delete()
    LiveText.objects.filter(pk=note.text.pk).update(perm_version=1)
    begun = time.monotonic()

    assert writer.wait_for_close() == Close.RIGHT_ENDED
    assert time.monotonic() - begun < 10


def test_an_ended_session_is_felt_without_the_bell(live: Live, deaf: None):
    note = NoteFactory()
    writer = live.join(note.text, editor_of(note.group))
    begun = time.monotonic()

    Session.objects.all().delete()

    assert writer.wait_for_close() == Close.SIGNED_OUT
    assert time.monotonic() - begun < 10


def test_a_check_of_rights_that_fails_is_made_again(live: Live):
    """The database can say what is committed, but not who is a member."""
    note = NoteFactory()
    anna = editor_of(note.group)
    writer = live.join(note.text, anna)
    writer.type("Eins ")
    writer.wait_for_ack()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE groups_membership RENAME TO away")
        try:
            services.recheck(anna)
            writer.type("zwei ")
            live.process.wait_for_output("the database is away")
        finally:
            cursor.execute("ALTER TABLE away RENAME TO groups_membership")

    writer.type("drei")
    writer.wait_for_ack()
    assert stored_text(note.text) == "Eins zwei drei"
