"""The template comes with the portal; what people have changed in it stays."""

from typing import Any

from django.db import transaction

from actionplan.models import TemplateSection
from actionplan.reference import read_template


@transaction.atomic
def load_template() -> int:
    """How many sections are new.

    Once there is a template it is the people's: one that somebody has deleted does not come back
    unless all are gone.
    """
    if TemplateSection.objects.exists():
        return 0
    return _load(read_template(), None)


def _load(rows: list[dict[str, Any]], parent: TemplateSection | None) -> int:
    count = 0
    for position, facts in enumerate(rows, 1):
        parts = facts.pop("parts", [])
        row = TemplateSection.objects.create(parent=parent, position=position * 10, **facts)
        count += 1 + _load(parts, row)
    return count
