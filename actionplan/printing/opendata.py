"""The plan as data: JSON in the form of ``docs/schemas/plan.schema.json``, and actions as CSV."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actionplan.printing import books
from actionplan.printing.document import Record
from in4green.common.documents import word
from in4green.common.exporting import csv_lines

# What stands in the file beside the whole; the data of tables say the same once more.
_LEFT_OUT = ("tables",)


def as_json(whole: Record, about: Record) -> bytes:
    """``about``: of the edition, or that it is a draft."""
    said = {name: value for name, value in whole.items() if name not in _LEFT_OUT}
    schema = f"{settings.BASE_URL}{reverse('plan:schema')}"
    funding = _funding(whole)
    found: dict[str, Any] = {"$schema": schema, **about, "funding": funding, **said}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def as_csv(whole: Record, _notes: Iterable[str] = ()) -> bytes:
    """Each line says who has paid for it: beside lines and columns a table has no place."""
    head, rows = books.action_rows(whole)
    funding = _funding(whole)
    with translation.override(whole["language"]):
        head = [*head, _("funding line")]
    return "".join(csv_lines(head, ([*row, funding] for row in rows))).encode()


def _funding(whole: Record) -> str:
    with translation.override(whole["language"]):
        return word.thanks()[1]
