"""A table of actions: the file, and later the rows that were read from it."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from actionplan.importing.rows import Row, Table
from actionplan.models import Plan

_SALT = "actionplan.rows"
_HOURS = 24 * 3600  # seconds


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("Excel (.xlsx) without macros and formulas, up to 300 rows."),
        error_messages={"required": _("Please choose a file.")},
    )


def seal(plan: Plan, table: Table) -> str:
    """For a hidden field: what was read, so that nobody has to upload it twice."""
    found = [plan.pk, asdict(table)]
    return signing.dumps(found, salt=_SALT, compress=True)


def unseal(plan: Plan, sealed: str) -> Table | None:
    """None for what is too old, of another plan, or not ours."""
    try:
        owner, found = signing.loads(sealed, salt=_SALT, max_age=_HOURS)
    except signing.BadSignature:
        return None
    if owner != plan.pk:
        return None
    parts = {kind: [Row(**row) for row in rows] for kind, rows in found["parts"].items()}
    return Table([Row(**row) for row in found["rows"]], found["ignored"], parts)


def ticked(data: Any) -> set[int]:
    return {int(number) for number in data.getlist("row") if number.isdecimal()}
