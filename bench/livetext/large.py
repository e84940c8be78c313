"""The large text: 500,000 characters in 100,000 updates, in our tables and in Hocuspocus'."""

import functools
import json
import struct
from dataclasses import dataclass

from django.db import connection

from bench.livetext import packages, people
from groups.models import User
from in4green.livetext.archive import snapshots
from in4green.livetext.models import LiveText, TextClient
from portal.steps import step

UPDATES, CHARACTERS = 100_000, 5
TAIL = 100
"""Updates since the worker took the last snapshot; it takes one after 200."""


@dataclass(frozen=True)
class Large:
    clients: list[int]
    total: int
    updates: list[bytes]
    state: bytes


@functools.cache
def recorded() -> Large:
    file = packages.RECORDINGS / f"large-{UPDATES}x{CHARACTERS}.bin"
    if not file.exists():
        draft = file.with_suffix(".new")
        with step("A large text"):
            packages.run("large.mjs", str(UPDATES), str(CHARACTERS), str(draft))
        draft.rename(file)
    raw, at, parts = file.read_bytes(), 0, []
    while at < len(raw):
        [length] = struct.unpack_from("<I", raw, at)
        parts.append(raw[at + 4 : at + 4 + length])
        at += 4 + length
    head = json.loads(parts[0])
    return Large(head["clients"], head["total"], parts[1:-1], parts[-1])


def write() -> LiveText:
    """As it would lie in the database after long work; Hocuspocus finds it by the same name."""
    large, text = recorded(), people.new_text()
    people.cookie(0)
    author = User.objects.get(email="person-0@example.org")
    TextClient.objects.bulk_create(
        TextClient(text=text, epoch=text.epoch, client_id=client, user=author)
        for client in large.clients
    )
    with step("The large text and its snapshot"):
        append(text, author.pk, 0, large.updates[:-TAIL])
        snapshots.take(text)
        append(text, author.pk, len(large.updates) - TAIL, large.updates[-TAIL:])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO hocuspocus (name, data) VALUES (%s, %s)",
            [f"{text.pk}.{text.epoch}", large.state],
        )
    return text


def append(text: LiveText, author: int, before: int, payloads: list[bytes]) -> None:
    columns = "text_id, epoch, seq, author_id, payload"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY livetext_textupdate ({columns}) FROM STDIN") as copy,
    ):
        for number, payload in enumerate(payloads, before + 1):
            copy.write_row((text.pk, text.epoch, number, author, payload))
    LiveText.objects.filter(pk=text.pk).update(head_seq=before + len(payloads))
    text.refresh_from_db()
