"""How a commit writes the log: by a statement for each text, or for all that nobody else holds."""

from types import SimpleNamespace
from typing import Any

import pytest

from in4green.livetext.live.libpq import FastLink, integers
from in4green.livetext.live.writer import Row, Writer
from in4green.livetext.models import LiveText
from tests.factories import NoteFactory, UserFactory
from tests.support.loops import run

pytestmark = pytest.mark.django_db(transaction=True)


async def append(rows: list[Row], *, shared: list[int]) -> dict[int, int]:
    writer = Writer(SimpleNamespace(shared_texts=lambda: shared, process="this"))  # type: ignore[arg-type]
    try:
        return await writer._append(rows)
    finally:
        await writer.finish(1)


def row_of(text: LiveText, author: int, payload: bytes, *, trouble: int = 0) -> Row:
    room: Any = SimpleNamespace(
        text_id=text.pk, epoch=text.epoch, perm_version=text.perm_version, trouble=trouble
    )
    row = Row(room, author)
    row.payload = payload
    return row


def log_of(text: LiveText) -> list[tuple[int, int | None, bytes]]:
    text.refresh_from_db()
    rows = text.updates.order_by("seq").values_list("seq", "author_id", "payload")
    return [(seq, author, bytes(payload)) for seq, author, payload in rows]


@pytest.mark.parametrize("trouble", [0, 1], ids=["by text", "those that are free"])
@pytest.mark.parametrize("others", [False, True], ids=["alone", "told to others"])
def test_several_people_in_several_texts_get_numbers_without_gaps(trouble: int, others: bool):
    anna, ben = UserFactory(), UserFactory()
    alone, many, stale = (NoteFactory().text for _ in range(3))
    LiveText.objects.filter(pk__in=[many.pk, stale.pk]).update(head_seq=40)
    LiveText.objects.filter(pk=stale.pk).update(perm_version=stale.perm_version + 1)
    rows = [
        row_of(many, anna.pk, b"first", trouble=trouble),
        row_of(stale, anna.pk, b"refused"),
        row_of(many, ben.pk, b"second"),
        row_of(alone, ben.pk, b"only"),
        row_of(many, anna.pk, b"third"),
        row_of(stale, ben.pk, b"refused, too"),
    ]

    heads = run(append(rows, shared=[many.pk] if others else []))

    assert heads == {many.pk: 40, alone.pk: 0}
    assert log_of(many) == [
        (41, anna.pk, b"first"), (42, ben.pk, b"second"), (43, anna.pk, b"third"),
    ]  # fmt: skip
    assert log_of(alone) == [(1, ben.pk, b"only")]
    assert log_of(stale) == []
    assert (many.head_seq, alone.head_seq, stale.head_seq) == (43, 1, 40)


def test_no_plan_is_made_anew_for_each_commit():
    """For arrays PostgreSQL would, which costs more than writing."""

    async def planned() -> list[list[int]]:
        link = FastLink("test")
        statement = "SELECT cardinality(n)::bigint FROM (SELECT $1::bigint[] AS n) AS given"
        try:
            for _ in range(7):
                await link.ask(statement, [integers([1, 2, 3])])
            counts = (
                "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE name = 's0'"
            )
            return await link.ask(counts, [])
        finally:
            await link.close()

    assert run(planned()) == [[7, 0]]
