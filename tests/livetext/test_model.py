"""Anything may happen in any order: all copies agree in the end, nothing acknowledged is gone."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from groups.models import Membership
from in4green.livetext import services
from in4green.livetext.archive import reading
from tests.factories import NoteFactory
from tests.livetext.live import Live, Writer, settle
from tests.livetext.people import editor_of
from tests.livetext.replay import numbers, stored_text

pytestmark = pytest.mark.django_db(transaction=True)
Role = Membership.Role
PEOPLE = 3
people = st.integers(0, PEOPLE - 1)


class Person:
    """Somebody with a document that outlives connections, as a browser keeps it."""

    def __init__(self, note: Any, live: Live) -> None:
        self.note, self.live = note, live
        self.user = editor_of(note.group)
        self.writer: Writer | None = None
        self.doc: Any = None
        self.words = 0
        self.acknowledged = 0

    def come(self) -> None:
        if self.writer is None:
            self.writer = self.live.join(self.note.text, self.user, self.doc)
            self.doc = self.writer.doc

    def go(self) -> None:
        """The line breaks: nothing is said, what was on its way may be lost."""
        if self.writer is not None:
            self.writer.socket.socket.close()
            self.writer = None

    def become(self, role: str) -> None:
        self.user.memberships.update(role=role)
        services.recheck(self.user)


def number_in(word: str) -> int:
    return int(word.split("-")[1])


def words_in(html: str) -> list[str]:
    return re.findall(r"\d+-\d+", html)


class Texts(RuleBasedStateMachine):
    live: Live

    @initialize()
    def begin(self) -> None:
        self.note = NoteFactory()
        self.people = [Person(self.note, self.live) for _ in range(PEOPLE)]
        self.number = 0
        self.deleted: set[int] = set()

    @rule(who=people)
    def come(self, who: int) -> None:
        self.people[who].come()

    @rule(who=people)
    def go(self, who: int) -> None:
        self.people[who].go()

    @rule(who=people, times=st.integers(1, 4))
    def type(self, who: int, times: int) -> None:
        person = self.people[who]
        if person.writer and person.writer.mode == "write" and person.writer.code is None:
            for _ in range(times):
                self.number += 1
                person.writer.type(f"{who}-{self.number} ")

    @rule(who=people)
    def delete(self, who: int) -> None:
        """The first word, whoever wrote it."""
        person = self.people[who]
        writer = person.writer
        if not writer or writer.mode != "write" or writer.code is not None:
            return
        word, space, _rest = writer.text.split("\n")[0].partition(" ")
        if space:
            self.deleted.add(number_in(word))
            end = len(word) + 1
            writer.change(lambda root: root.children[0].children[0].__delitem__(slice(0, end)))

    @rule(who=people)
    def read(self, who: int) -> None:
        writer = self.people[who].writer
        while writer and writer.read(0.005):
            pass

    @rule(who=people)
    def lose_the_right(self, who: int) -> None:
        """Perhaps while something is on its way: then it waits on the device."""
        self.people[who].become(Role.READER)

    @rule(who=people)
    def get_the_right(self, who: int) -> None:
        self.people[who].become(Role.EDITOR)

    @precondition(lambda self: self.number > 3)
    @rule()
    def kill(self) -> None:
        self.live.process.kill()
        self.live.start(port=self.live.port)
        for person in self.people:
            person.writer = None

    def teardown(self) -> None:
        if not hasattr(self, "people"):
            return
        for person in self.people:
            person.become(Role.EDITOR)
            person.go()
            person.come()
        whole = settle([person.writer for person in self.people if person.writer])
        assert stored_text(self.note.text) == whole
        assert sorted(numbers(self.note.text)) == list(range(1, len(numbers(self.note.text)) + 1))
        kept = [number_in(word) for word in whole.split()]
        assert sorted(kept) == [n for n in range(1, self.number + 1) if n not in self.deleted]
        self.note.text.refresh_from_db()
        assert words_in(reading.html(self.note.text)) == whole.split()
        for person in self.people:
            person.go()


@pytest.mark.chaos
def test_whatever_happens_all_copies_agree(own_live: Live):
    own_live.start()

    class Here(Texts):
        live = own_live

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
