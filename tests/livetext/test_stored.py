"""What a room finds of its text in the database."""

import pytest
from django.utils import timezone

from in4green.livetext.archive import snapshots
from in4green.livetext.gate.known import read_state_vector
from in4green.livetext.live.database import Link
from in4green.livetext.live.stored import Stored, load
from in4green.livetext.models import LiveText
from tests.factories import NoteFactory
from tests.livetext.texts import Person, written
from tests.support.loops import run

pytestmark = pytest.mark.django_db(transaction=True)


async def found(text: LiveText, epoch: int) -> Stored | None:
    link = Link("test")
    try:
        return await load(link, text.pk, epoch)
    finally:
        await link.close()


def test_it_finds_the_last_snapshot_what_followed_and_whose_client_ids_are_whose():
    text, person = written("first", "second")
    written("another text")
    for words in ("third", "fourth"):  # two snapshots, and one more update behind each
        snapshots.take(text)
        person.add(words)
        text.refresh_from_db()

    stored = run(found(text, text.epoch))

    assert stored
    last = text.snapshots.order_by("-seq")[0]
    tail = text.updates.filter(seq__gt=last.seq).order_by("seq")
    assert (stored.base_seq, stored.base) == (last.seq, bytes(last.state))
    assert stored.rows == [(row.seq, row.author_id, bytes(row.payload)) for row in tail] != []
    assert stored.head == text.head_seq > last.seq
    assert stored.owners == dict(text.clients.values_list("client_id", "user_id")) != {}
    assert stored.known.clocks == {person.doc.client_id: clock_of(person)}
    assert (stored.perm_version, stored.frozen) == (text.perm_version, False)


def clock_of(person: Person) -> int:
    return read_state_vector(person.doc.get_state())[person.doc.client_id]


def test_of_a_frozen_text_it_finds_only_the_last_snapshot():
    text, person = written("first")
    snapshots.take(text)
    person.add("second")
    LiveText.objects.filter(pk=text.pk).update(quarantined_at=timezone.now())

    stored = run(found(text, text.epoch))

    assert stored
    assert (stored.frozen, stored.rows, stored.head) == (True, [], 1)


def test_a_new_text_is_empty_and_one_of_another_epoch_is_not_there():
    text = NoteFactory().text

    stored = run(found(text, text.epoch))

    assert stored
    assert (stored.head, stored.rows, stored.known.clocks) == (0, [], {})
    assert run(found(text, text.epoch + 1)) is None
