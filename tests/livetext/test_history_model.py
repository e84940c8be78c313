"""Whatever is written, proven, thinned and restored: a text is what its whole log says.

A Hypothesis machine: people with copies of their own, who fall behind and catch up, write, delete,
split and format; snapshots, versions, compactions, restores and new epochs come at any time. The
machine keeps every committed update by itself, as no table does once the log is thinned.
"""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from in4green.livetext import services
from in4green.livetext.archive import compaction, quarantine, reading, snapshots, versions
from in4green.livetext.archive.verification import verify
from in4green.livetext.document import crdt
from in4green.livetext.models import TextUpdate
from in4green.livetext.tasks import tend
from tests.livetext.texts import Person, age, fresh, written
from tests.livetext.writing import Content

WORDS = st.sampled_from(["Grün", "Häuser 😀", "é", " und "])
PEOPLE = st.integers(0, 2)
PLACES = st.integers(0, 50)


class Text(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.text, anna = written()
        self.people = [anna, Person(self.text), Person(self.text)]
        self.log: list[bytes] = []
        self.named: list[tuple[Any, Content]] = []

    def keep(self, update: TextUpdate | None) -> None:
        if update:
            self.log.append(bytes(update.payload))

    def plain(self) -> Content:
        return crdt.content_json(crdt.load(self.log))

    @rule(who=PEOPLE, words=WORDS)
    def add(self, who: int, words: str) -> None:
        self.keep(self.people[who].add(words))

    @rule(who=PEOPLE, words=WORDS, place=PLACES)
    def insert(self, who: int, words: str, place: int) -> None:
        self.change(who, place, lambda text, at: text.insert(at, words))

    @rule(who=PEOPLE, place=PLACES)
    def format(self, who: int, place: int) -> None:
        self.change(who, place, lambda text, at: text.format(0, at, {"bold": {}}) if at else None)

    def change(self, who: int, place: int, edit: Any) -> None:
        """In one of the paragraphs, before one of its letters."""
        blocks = self.people[who].root.children
        if not len(blocks):
            return
        block = blocks[place % len(blocks)]
        if not len(block.children):  # as the restore of an empty text leaves it
            return
        text = block.children[0]
        letters = "".join(part for part, _marks in text.diff())
        at = len(letters[: place % (len(letters) + 1)].encode())
        self.keep(self.people[who].commit(lambda _root: edit(text, at)))

    @rule(who=PEOPLE, place=PLACES)
    def delete(self, who: int, place: int) -> None:
        blocks = self.people[who].root.children
        if len(blocks):
            number = place % len(blocks)
            self.keep(self.people[who].commit(lambda root: root.children.__delitem__(number)))

    @rule(who=PEOPLE)
    def catch_up(self, who: int) -> None:
        for payload in self.log:
            self.people[who].doc.apply_update(payload)

    @rule()
    def take_a_snapshot(self) -> None:
        assert snapshots.take(fresh(self.text)).content_json == self.plain()

    @rule(days=st.sampled_from([0, 1, 100]))
    def tend_and_compact(self, days: int) -> None:
        age(self.text, timedelta(days=days, minutes=1))
        quarantine.attempt(self.text.pk, tend)
        quarantine.attempt(self.text.pk, compaction.compact)

    @rule(who=PEOPLE)
    def name_a_version(self, who: int) -> None:
        version = versions.save(self.text, by=self.people[who].user)
        self.named.append((version, self.plain()))

    @rule(who=PEOPLE, which=PLACES)
    def restore(self, who: int, which: int) -> None:
        if not self.named:
            return
        version, wanted = self.named[which % len(self.named)]
        self.keep(versions.restore(version, by=self.people[who].user))
        assert self.plain() == wanted

    @rule()
    def begin_an_epoch(self) -> None:
        services.begin_epoch(self.text)

    @invariant()
    def it_is_what_its_whole_log_says(self) -> None:
        assert reading.content(fresh(self.text)) == self.plain()

    @invariant()
    def versions_say_what_they_said(self) -> None:
        for version, said in self.named:
            version.refresh_from_db()
            assert versions.content(version) == said

    def teardown(self) -> None:
        if hasattr(self, "text"):
            assert list(verify(fresh(self.text))) == []
            assert fresh(self.text).head_seq == len(self.log)


@pytest.mark.chaos
@pytest.mark.django_db
def test_a_text_is_always_what_its_whole_log_says():
    run_state_machine_as_test(
        Text,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
