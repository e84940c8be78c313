"""Queries whose SQL Django builds once, and several of them in one turn of the database.

Building it costs three times what asking does, and a turn more than what is asked for in it.
"""

import functools
from collections.abc import Collection, Generator, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import get_related_populators

_IDS = object()  # stands where the ids of each time come

NUMBERS = RawSQL("SELECT unnest(%s::bigint[])", [_IDS])
WORDS = RawSQL("SELECT unnest(%s::text[])", [_IDS])

Rows = Sequence[tuple[Any, ...]]


class Ready:
    """A queryset that is filtered by ``…__in=NUMBERS`` or ``…__in=WORDS``."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        self._compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self._values = self._compiler.as_sql()

    def values(self, ids: Collection[Any]) -> list[Any]:
        return [list(ids) if value is _IDS else value for value in self._values]

    def objects(self, rows: Rows) -> Iterable[Any]:
        """Of a queryset that takes whole rows, with related ones or without: as it makes them."""
        model, names, place, related = self._shape
        converters = self._converters
        if converters:
            rows = self._compiler.apply_converters(rows, converters)
        for row in rows:
            made = model.from_db(connection.alias, names, row[place])
            for one in related:
                one.populate(row, made)
            yield made

    @functools.cached_property
    def _shape(self) -> tuple[type[Model], list[str], slice, list[Any]]:
        """After Django's ``ModelIterable``."""
        select, shape = self._compiler.select, self._compiler.klass_info
        place = slice(shape["select_fields"][0], shape["select_fields"][-1] + 1)
        names = [each[0].target.attname for each in select[place]]
        related = get_related_populators(shape, select, connection.alias)  # type: ignore[call-arg]
        return shape["model"], names, place, related

    @functools.cached_property
    def _converters(self) -> Any:
        return self._compiler.get_converters([each[0] for each in self._compiler.select])


Question = tuple[Ready, Collection[Any]]
# Yields questions, is sent the rows of each, and returns what it makes of them.
Asking = Generator[list[Question], list[Rows], Any]


def answers(questions: Sequence[Question]) -> list[Rows]:
    """In one turn, in their order: each sees what was committed before it."""
    if not questions:
        return []
    statement = "; ".join(ready.sql for ready, _ in questions)
    with connection.cursor() as cursor:
        cursor.execute(statement, [v for ready, ids in questions for v in ready.values(ids)])
        found = [cursor.fetchall()]
        while cursor.nextset():
            found.append(cursor.fetchall())
        return found


def side_by_side(*askings: Asking) -> Asking:
    """What they ask in the same step is asked for together. Returns what each returns."""
    found: dict[Asking, Any] = {}
    told: dict[Asking, Any] = dict.fromkeys(askings)
    while True:
        asked: dict[Asking, list[Question]] = {}
        for asking, rows in told.items():
            try:
                asked[asking] = asking.send(rows)
            except StopIteration as end:
                found[asking] = end.value
        if not asked:
            return [found[asking] for asking in askings]
        heard = iter((yield [question for questions in asked.values() for question in questions]))
        told = {asking: [next(heard) for _ in questions] for asking, questions in asked.items()}


def together(*askings: Asking) -> list[Any]:
    """What each returns, in as many turns of the database as the one with the most steps."""
    running, told = side_by_side(*askings), None
    while True:
        try:
            questions = running.send(told)  # type: ignore[arg-type]
        except StopIteration as end:
            found: list[Any] = end.value
            return found
        told = answers(questions)
