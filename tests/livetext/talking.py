"""A note with one sentence, members who talk about it, and how that is told, for tests."""

from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from groups.models import Note, User, WorkingGroup
from groups.notebook import KIND
from in4green.livetext import owners, services
from in4green.livetext.archive import reading
from in4green.livetext.content.tree import Content
from in4green.livetext.discussion import comments
from in4green.livetext.discussion.anchors import Passage
from in4green.livetext.document import crdt
from in4green.livetext.models import CommentThread, LiveText
from in4green.livetext.owners import Access, Owner, Tables, owner_of, register, unregister
from tests.factories import MembershipFactory, NoteFactory, UserFactory, WorkingGroupFactory
from tests.livetext.writing import doc, p

SENTENCE = "Wir nutzen Abwärme gemeinsam."
SCRIPT = "<script>alert(1)</script>"
FETCH = {"X-Requested-With": "fetch"}
JSON = {"Accept": "application/json"}
WORD = Passage("Abwärme", "Wir nutzen ", " gemeinsam.")


def member(group: WorkingGroup, name: str) -> User:
    user: User = MembershipFactory(group=group, user=UserFactory(name=name)).user
    return user


@pytest.fixture
def portal() -> None:
    WorkingGroupFactory(slug=settings.DEFAULT_GROUP)


@pytest.fixture
def note() -> Note:
    note: Note = NoteFactory(title="Ziele")
    return note


@pytest.fixture
def anna(note: Note) -> User:
    return member(note.group, "Anna Beispiel")


@pytest.fixture
def ben(note: Note) -> User:
    return member(note.group, "Ben Beispiel")


@pytest.fixture
def text(note: Note, anna: User) -> LiveText:
    """One sentence, written by Anna."""
    write(note.text, anna, SENTENCE)
    return note.text


def write(text: LiveText, by: User, *lines: str) -> None:
    content = doc(*(p(line) for line in lines))
    services.edit(text, lambda shared: crdt.replace(shared, content), by=by)
    text.refresh_from_db()


def content_of(text: LiveText) -> Content:
    text.refresh_from_db()
    return reading.content(text)


def begin(
    text: LiveText, by: User, body: str = "Stimmt das?", passage: Passage = WORD, **more: object
) -> CommentThread:
    opened = comments.open_thread(text, by=by, passage=passage, body=body, **more)  # type: ignore[arg-type]
    return opened.thread


@pytest.fixture
def drawn(monkeypatch) -> list[tuple[str, ...]]:
    """Notes offer the table "costs", which says "7 €" and how often one was drawn; the list holds
    which ones were.
    """
    asked: list[tuple[str, ...]] = []

    def html(slugs: Collection[str]) -> dict[str, SafeString]:
        asked.append(tuple(slugs))
        said = f"<table><tr><th scope='row'>7 €</th><td>Stand {len(asked)}</td></tr></table>"
        return {slug: mark_safe(said) for slug in slugs}  # noqa: S308 - ours

    notes = replace(owner_of(LiveText(kind=KIND)), tables=lambda text: Tables(("costs",), html))
    monkeypatch.setitem(owners._owners, KIND, notes)
    return asked


@pytest.fixture
def commenting() -> Iterator[list[User]]:
    """Texts of the kind "talk" can be read by all; whoever is in the list may comment on them."""
    people: list[User] = []
    owner = Owner(
        kind="talk",
        access=lambda user, text: Access.COMMENT if user in people else Access.READ,
        title=lambda text: "Ein Text",
        url=lambda text: "/",
        members=lambda text: User.objects.filter(pk__in=[person.pk for person in people]),
        group_id=lambda text: None,
    )
    register(owner)
    yield people
    unregister("talk")


def at(name, text, *args):
    return reverse(f"text:{name}", args=[text.pk, *args])


def as_(user):
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def page(user, text, **query):
    return as_(user).get(at("comments", text), query)


def listed(answer):
    """Quotes of the threads, in their order."""
    return [row.thread.quote for row in answer.context["talk"].rows]
