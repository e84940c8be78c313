"""People write through the real live process."""

import pytest

from in4green.livetext.models import TextUpdate
from in4green.livetext.wire import Close
from tests.factories import NoteFactory
from tests.livetext.live import Live, settle
from tests.livetext.people import editor_of
from tests.livetext.replay import stored_text

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_one_person_types_is_acknowledged_and_shown_to_the_other(live: Live):
    note = NoteFactory()
    people = [editor_of(note.group), editor_of(note.group)]
    anna, ben = (live.join(note.text, person) for person in people)

    number = anna.type("Grün ist gut.")

    anna.wait_for_ack(number)
    ben.wait_for_text("Grün ist gut.")
    rows = TextUpdate.objects.filter(text=note.text)
    assert list(rows.values_list("seq", "author")) == [(1, people[0].pk)]


def test_who_comes_later_gets_the_whole_text(live: Live):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    for word in ("Wind ", "und ", "Sonne"):
        anna.type(word)
    anna.wait_for_ack()

    ben = live.join(note.text, editor_of(note.group))

    ben.wait_for_text("Wind und Sonne")


def test_typing_goes_on_while_more_people_come(live: Live):
    note = NoteFactory()
    writers = [live.join(note.text, editor_of(note.group))]
    for number in range(5):
        for writer in writers:
            writer.type(f"{number} ")
        writers.append(live.join(note.text, editor_of(note.group)))

    text = settle(writers)
    assert sorted(text.split()) == sorted("".join(str(n) * (n + 1) for n in range(5)))


def test_a_full_text_takes_nothing_more_and_can_be_made_shorter(own_live: Live):
    live, note = own_live, NoteFactory()
    live.spawn.environment["LIVE_STATE_BYTES"] = "20000"
    live.start()
    anna, ben = (live.join(note.text, editor_of(note.group)) for _ in range(2))
    anna.type("x" * 15_000)
    ben.wait_for_text("x")

    anna.type("y" * 10_000)
    assert anna.wait_for_close() == Close.TOO_MUCH
    ben.change(lambda root: root.children[0].children[0].__delitem__(slice(0, 5_000)))
    ben.wait_for_ack()

    assert (ben.code, stored_text(note.text)) == (None, "x" * 10_000)
