"""Editors of one text spread over two live processes: equal, and nothing missing."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from in4green.livetext import bell, services
from in4green.livetext.document import crdt
from in4green.livetext.gate.lib0 import var_string, var_uint
from in4green.livetext.models import LiveText, TextUpdate
from in4green.livetext.wire import Close
from tests.factories import MembershipFactory, NoteFactory, UserFactory
from tests.livetext.live import Live, Writer, session_of, settle
from tests.livetext.people import editor_of
from tests.livetext.presenting import AT_THE_END, Seen, present
from tests.livetext.replay import numbers, stored_text
from tests.services import Spawner
from tests.support.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other(spawn: Spawner):
    server = Live(spawn)
    server.start()
    yield server
    server.part()


def test_editors_of_one_text_over_two_processes_see_each_other(live: Live, other: Live):
    note = NoteFactory()
    here = [live.join(note.text, editor_of(note.group)) for _ in range(2)]
    there = [other.join(note.text, editor_of(note.group)) for _ in range(2)]

    for number in range(50):
        for place, writer in enumerate([*here, *there]):
            writer.type(f"{place}-{number} ")
    whole = settle([*here, *there])

    assert sorted(whole.split()) == sorted(f"{p}-{n}" for p in range(4) for n in range(50))
    assert stored_text(note.text) == whole
    assert numbers(note.text) == list(range(1, len(numbers(note.text)) + 1))


@pytest.mark.chaos
def test_ten_thousand_updates_over_two_processes_leave_no_gap(spawn: Spawner):
    many = {"LIVE_MESSAGES_PER_SECOND": "100000", "LIVE_BYTES_PER_SECOND": "100000000"}
    spawn.environment.update(many)
    note = NoteFactory()
    processes = [Live(spawn), Live(spawn)]
    for process in processes:
        process.start()
    writers = [process.join(note.text, editor_of(note.group)) for process in processes * 2]

    for number in range(2500):
        for place, writer in enumerate(writers):
            writer.type(f"{place}-{number} ")
            while number % 20 == 0 and writer.read(0.001):
                pass
    whole = settle(writers)

    assert sorted(whole.split()) == sorted(f"{p}-{n}" for p in range(4) for n in range(2500))
    assert stored_text(note.text) == whole
    assert numbers(note.text) == list(range(1, len(numbers(note.text)) + 1))
    for process in processes:
        process.part()


def test_carets_are_seen_in_the_other_process(live: Live, other: Live):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    ben = other.join(note.text, editor_of(note.group))
    anna.type("Damit beide Prozesse voneinander wissen.")
    ben.wait_for_text("voneinander")

    end = {"tname": "prosemirror"}
    anna.greet_others(cursor={"anchor": end, "head": end})
    ben.wait_for(lambda: any(b'"anchor":{' in shown for shown in ben.awareness))
    anna.close()

    ben.wait_for(lambda: b'"anchor"' not in ben.awareness[-1])


def test_news_of_another_process_take_none_of_ones_own_along(live: Live, other: Live):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    ben = other.join(note.text, editor_of(note.group))
    anna.type("Damit beide Prozesse voneinander wissen.")
    ben.wait_for_text("voneinander")
    seen = Seen(ben)
    carl = {"user": {"id": 0, "name": "Carl", "color": "#0E6B4C"}, "cursor": None}
    state = var_uint(42) + var_uint(1) + var_string(json.dumps(carl))

    # More than is handed on at once: the last one waits while the news come.
    for clock in range(1, 9):
        present(anna, {"cursor": AT_THE_END}, clock=clock)
    bell.ring(text=note.text.pk, presence=base64.b64encode(var_uint(1) + state).decode())

    seen.wait_for_clock(anna, 8)


def test_everybody_in_a_crowd_is_shown_in_a_process_that_opens_the_text(live: Live, other: Live):
    """They don't fit into one message between processes."""
    note, person = NoteFactory(), UserFactory(name="Ö" * 100)
    MembershipFactory(group=note.group, user=person)
    crowd = [live.join(note.text, person) for _ in range(12)]
    seen = Seen(crowd[0])
    for writer in crowd:
        present(writer, {"cursor": AT_THE_END})
        seen.wait_for(writer)

    seen_there = Seen(other.join(note.text, editor_of(note.group)))

    for writer in crowd:
        seen_there.wait_for(writer)


def test_messages_that_are_lost_or_come_in_another_order_cost_no_text(live: Live, own_live: Live):
    note = NoteFactory()
    own_live.start(program="tests.livetext.unheard:application")
    anna = live.join(note.text, editor_of(note.group))
    ben = own_live.join(note.text, editor_of(note.group))

    for number in range(40):
        anna.type(f"a{number} ")
        ben.type(f"b{number} ")
        anna.wait_for_ack()
    whole = settle([anna, ben])

    assert sorted(whole.split()) == sorted(f"{w}{n}" for w in "ab" for n in range(40))


def test_false_and_doubled_messages_cost_no_text(live: Live, other: Live):
    """What one process says about numbers is only a hint; wrong hints change nothing."""
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    ben = other.join(note.text, editor_of(note.group))
    for number in range(20):
        anna.type(f"a{number} ")
        ben.type(f"b{number} ")
        with connection.cursor() as cursor:
            for seq in (1, 10**6, number, number):
                said = json.dumps({"text": note.text.pk, "seq": seq})
                cursor.execute("SELECT pg_notify('livetext', %s)", [said])

    whole = settle([anna, ben])

    assert sorted(whole.split()) == sorted(f"{w}{n}" for w in "ab" for n in range(20))


def test_without_the_listening_connection_texts_arrive_by_the_poll(
    live: Live, other: Live, deaf: None
):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    ben = other.join(note.text, editor_of(note.group))

    for number in range(20):
        anna.type(f"a{number} ")
        ben.type(f"b{number} ")
    whole = settle([anna, ben])

    assert sorted(whole.split()) == sorted(f"{w}{n}" for w in "ab" for n in range(20))


def test_a_text_written_by_a_form_reaches_editors(live: Live):
    note = NoteFactory()
    author = editor_of(note.group)
    anna = live.join(note.text, editor_of(note.group))
    words = [{"type": "text", "text": "Aus dem Formular."}]
    content = {"type": "doc", "content": [{"type": "paragraph", "content": words}]}

    services.edit(note.text, lambda doc: crdt.replace(doc, content), by=author)

    anna.wait_for_text("Aus dem Formular.")


def test_a_row_lock_held_by_somebody_delays_that_text_alone(live: Live):
    note, free = NoteFactory(), NoteFactory()
    waiting = live.join(note.text, editor_of(note.group))
    going = live.join(free.text, editor_of(free.group))

    with transaction.atomic():
        LiveText.objects.select_for_update().get(pk=note.text.pk)
        waiting.type("Gleich.")
        for number in range(10):
            going.type(f"{number} ")
            going.wait_for_ack()
        assert waiting.acked == 0
        going_on = TextUpdate.objects.filter(text=free.text).exists()

    waiting.wait_for_ack()
    assert going_on
    assert stored_text(note.text) == "Gleich."


def test_who_leaves_right_after_the_last_key_loses_nothing(live: Live):
    note = NoteFactory()
    anna = live.join(note.text, editor_of(note.group))
    anna.type("Und weg.")
    anna.close()

    wait_for(lambda: TextUpdate.objects.filter(text=note.text).exists())
    assert stored_text(note.text) == "Und weg."


def test_everybody_comes_back_after_a_restart(own_live: Live):
    live, note = own_live, NoteFactory()
    live.start()
    writers = [live.join(note.text, editor_of(note.group)) for _ in range(5)]

    live.process.terminate()

    assert {writer.wait_for_close() for writer in writers} == {Close.RESTART}


@pytest.mark.parametrize("crowd", [10, pytest.param(100, marks=pytest.mark.chaos)])
def test_all_who_come_back_at_once_after_a_crash_bring_what_they_had(own_live: Live, crowd: int):
    live, note = own_live, NoteFactory()
    live.start()
    person = editor_of(note.group)
    key = session_of(person)
    writers = [live.connect(note.text, person, cookie=key).greet() for _ in range(crowd)]
    for place, writer in enumerate(writers):
        writer.type(f"w{place} ")

    live.process.kill()
    live.start(port=live.port)

    def come_back(writer: Writer) -> Writer:
        return live.connect(note.text, person, writer.doc, key).greet()

    with ThreadPoolExecutor(10) as pool:
        whole = settle(list(pool.map(come_back, writers)))

    assert sorted(whole.split()) == sorted(f"w{place}" for place in range(crowd))
    assert stored_text(note.text) == whole
