"""Fields and rows of all forms of a plan's records."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db import models

from actionplan.numbers import MeasureField, MoneyField
from in4green.common.versioned.forms import plain_field
from meetings.forms.entering import RowForm

CENTS = 2


def plan_field(field: models.Field, **options: Any) -> Any:
    """Amounts and measures are typed as people write numbers."""
    if isinstance(field, models.DecimalField):
        options["form_class"] = MoneyField if field.decimal_places == CENTS else MeasureField
        options["widget"] = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        # What nobody has typed is nothing; see ``AmountRow``.
        options["required"] = False
    return plain_field(field, **options)


def choose(form: forms.ModelForm, name: str, rows: Any, nothing: Any) -> None:
    """Offers these rows: a list that was fetched once serves all forms of a page."""
    field: Any = form.fields[name]
    field.queryset = field.queryset.filter(pk__in=[row.pk for row in rows])
    field.choices = [("", nothing), *((row.pk, str(row)) for row in rows)]


class PlanRow(RowForm):
    """A row of an action or a plan, which is its ``owner``."""

    def __init__(self, *args: Any, owner: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.owner = owner


class AmountRow(PlanRow):
    """With amounts of money that are zero unless somebody has typed them."""

    amounts: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_there:
            self.initial.update(dict.fromkeys(self.amounts))

    def clean(self) -> dict[str, Any]:
        for name in self.amounts:
            if name not in self.errors and self.cleaned_data.get(name) is None:
                self.cleaned_data[name] = Decimal(0)
        return super().clean()
