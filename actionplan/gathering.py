"""Rows with all that belongs to them, by one question to the database."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DecimalField, Model, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject

Parts = dict[str, list[Any]]


def gather(rows: QuerySet[Any], kinds: Mapping[str, QuerySet[Any]]) -> Iterator[tuple[Any, Parts]]:
    """``kinds``: of each kind of parts those of a row, which is ``OuterRef("pk")``.

    To prefetch them asks once for each kind, and a page may not ask often.
    """
    arrays = {f"{name}_gathered": _array(parts) for name, parts in kinds.items()}
    for row in rows.annotate(**arrays):
        found = ((name, getattr(row, f"{name}_gathered"), kinds[name].model) for name in kinds)
        yield row, {name: [_made(model, one) for one in facts] for name, facts, model in found}


def _array(parts: QuerySet[Any]) -> ArraySubquery:
    """With their amounts as words: JSON would round them."""
    columns = {
        field.attname: Cast(field.attname, TextField())
        if isinstance(field, DecimalField)
        else field.attname
        for field in parts.model._meta.concrete_fields
    }
    return ArraySubquery(parts.values(facts=JSONObject(**columns)))


def _made(model: type[Model], facts: dict[str, Any]) -> Model:
    fields = model._meta.concrete_fields
    return model(**{field.attname: field.to_python(facts[field.attname]) for field in fields})
