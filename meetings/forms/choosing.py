"""Choosing among practices of which there may be thousands: looked for by words, then ticked."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from in4green.common.cleaning import PlainCharField
from meetings.models import Practice
from meetings.searching import matching

MOST = 12
"""Offered at once beside those that are ticked already."""


class ChoosesPractices(forms.Form):
    """A form with ``words``, and ``practices`` found by them; ``offer`` says among which."""

    words = PlainCharField(
        label=_("Find practices by words"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
    practices = forms.ModelMultipleChoiceField(
        label=_("Practices that help"),
        queryset=Practice.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def offer(self, practices: Any) -> None:
        """Those that are ticked or linked stay in view, whatever is looked for."""
        linked = self._linked()
        shown = linked | self._ticked()
        field: Any = self.fields["practices"]
        allowed = Practice.objects.filter(Q(pk__in=practices.values("pk")) | Q(pk__in=linked))
        field.queryset = allowed
        first = allowed.filter(pk__in=shown).by_title().select_related("city")
        others = self._found(practices.exclude(pk__in=shown)).select_related("city")[:MOST]
        field.widget.choices = [(one.pk, f"{one.title} ({one.city})") for one in (*first, *others)]

    def _found(self, practices: Any) -> Any:
        words = str(self.data.get(self.add_prefix("words"), ""))
        return matching(practices, words) if words else practices.by_title()

    def _ticked(self) -> set[int]:
        if not self.is_bound:
            return set()
        data: Any = self.data
        sent = data.getlist(self.add_prefix("practices"))
        return {int(number) for number in sent if number.isdecimal() and len(number) < 18}

    def _linked(self) -> set[int]:
        return {row.pk for row in self.initial.get("practices", [])}

    @property
    def has_choice(self) -> bool:
        """Nothing to tick and nothing looked for: there is no practice yet."""
        field: Any = self.fields["practices"]
        return bool(field.widget.choices or self.data.get(self.add_prefix("words")))
