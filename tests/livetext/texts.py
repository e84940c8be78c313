"""Texts whose log was written by people, without a live process."""

import json
import secrets
from datetime import timedelta
from typing import Any

import psycopg
import pycrdt
from django.db.models import F
from django.db.models.functions import Now

from groups.models import Note, User
from in4green.livetext import schema, services
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText, TextUpdate
from tests.factories import MembershipFactory, NoteFactory


class Person:
    """Somebody with a copy of the text, who commits what changes in it."""

    def __init__(self, text: LiveText, user: User | None = None) -> None:
        self.text = text
        self.user = user or MembershipFactory(group=note_of(text).group).user
        self.doc: pycrdt.Doc[Any] = pycrdt.Doc(client_id=secrets.randbits(31))
        self.root = self.doc.get(schema.root(), type=pycrdt.XmlFragment)

    def catch_up(self) -> None:
        for payload in payloads(self.text):
            self.doc.apply_update(payload)

    def commit(self, edit: Any) -> TextUpdate | None:
        """What ``edit`` does to the root, written through the services."""
        before = self.doc.get_state()
        with self.doc.transaction():
            edit(self.root)
        update = self.doc.get_update(before)
        return services.edit(self.text, lambda _doc: update, by=self.user)

    def add(self, words: str) -> TextUpdate | None:
        """A paragraph at the end."""

        def edit(root: Any) -> None:
            root.children.append(pycrdt.XmlElement("paragraph"))
            root.children[len(root.children) - 1].children.append(pycrdt.XmlText(words))

        return self.commit(edit)


def note_of(text: LiveText) -> Note:
    return Note.objects.get(text=text)


def written(*paragraphs: str) -> tuple[LiveText, Person]:
    """A text with an update for each paragraph, all by one person."""
    text = NoteFactory().text
    person = Person(text)
    for words in paragraphs:
        person.add(words)
    return LiveText.objects.get(pk=text.pk), person


def replay(text: LiveText) -> Any:
    """The content as the plain log tells it, without any snapshot."""
    return crdt.content_json(crdt.load(payloads(text)))


def payloads(text: LiveText) -> list[bytes]:
    rows = TextUpdate.objects.filter(text=text, epoch=fresh(text).epoch).order_by("seq")
    return [bytes(payload) for payload in rows.values_list("payload", flat=True)]


def fresh(text: LiveText) -> LiveText:
    return LiveText.objects.get(pk=text.pk)


def age(text: LiveText, by: timedelta) -> None:
    """As if all of it had happened so much earlier."""
    LiveText.objects.filter(pk=text.pk, changed_at__isnull=False).update(
        changed_at=F("changed_at") - by
    )
    for rows, name in ((text.updates, "at"), (text.versions, "created_at")):
        rows.update(**{name: F(name) - by})


def break_log(text: LiveText, payload: bytes) -> None:
    """What no gate has seen, straight into the table."""
    text = fresh(text)
    LiveText.objects.filter(pk=text.pk).update(head_seq=text.head_seq + 1, changed_at=Now())
    TextUpdate.objects.create(text=text, epoch=text.epoch, seq=text.head_seq + 1, payload=payload)


def heard_of(text: LiveText, ear: psycopg.Connection[Any]) -> list[dict[str, Any]]:
    """What live processes are told within a second, without what they say of other tests' texts."""
    heard = [json.loads(notice.payload) for notice in ear.notifies(timeout=1)]
    return [one for one in heard if one.get("text") == text.pk]
