"""A form that knows what was there when it was opened, so that nobody's change is lost.

Whoever is second gets both: fields that only the other person has changed show the new value,
fields that both have changed keep one's own and say what the other has saved.
"""

from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from in4green.common.cleaning import PlainCharField, PlainTextField


def plain_field(field: models.Field, **options: Any) -> Any:
    """What people type is cleaned; days and times have the browser's own fields."""
    if isinstance(field, models.DateField):
        options["widget"] = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    elif isinstance(field, models.TimeField):
        options["widget"] = forms.TimeInput({"type": "time"}, format="%H:%M")
    elif isinstance(field, models.URLField):
        options["assume_scheme"] = "https"
    elif isinstance(field, models.TextField):
        options |= {"form_class": PlainTextField, "widget": forms.Textarea({"rows": 3})}
    elif type(field) is models.CharField and not field.choices:
        options["form_class"] = PlainCharField
    return field.formfield(**options)


def plain(value: Any) -> Any:
    """A value as JSON and as browsers send it."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet | list):
        return sorted(plain(one) for one in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


class VersionedForm(forms.ModelForm):
    # False on pages of guests, who are not told who belongs to the group.
    names_people = True
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    base = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False
        self.stored = self._stored()
        if self.instance.pk:
            self.initial.update(pk=self.instance.pk, version=self.instance.version)
            self.initial["base"] = self.stored
        else:
            del self.fields["version"], self.fields["base"]

    @property
    def is_there(self) -> bool:
        return self.instance.pk is not None

    @property
    def content(self) -> list[str]:
        """Names of the fields that belong to the row itself."""
        return [name for name in self._meta.fields or [] if name in self.fields]

    def _stored(self) -> dict[str, Any]:
        values = forms.model_to_dict(self.instance, self.content)
        return {name: plain(values.get(name)) for name in self.content}

    def leave_unchecked(self) -> None:
        """Shows what was typed without judging it yet."""
        self._errors = forms.utils.ErrorDict()

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        if found.get("pk") and not self.is_there:
            self._say_gone()
        elif self.is_there and found.get("version") != self.instance.version:
            base = found.get("base")
            self._put_together(base if isinstance(base, dict) else {})
        return found

    def _say_gone(self) -> None:
        self._show({"pk": ""})
        self.add_error(
            None,
            _("Somebody has removed “%(what)s” meanwhile. Save again to enter it anew.")
            % {"what": self.cleaned_data.get("title") or self.cleaned_data.get("name") or "…"},
        )

    def _put_together(self, base: dict[str, Any]) -> None:
        who = str((self.names_people and self.instance.changed_by) or _("Somebody"))
        theirs = {name: now for name, now in self.stored.items() if now != base.get(name, "")}
        if not theirs:
            return  # what was changed is on another page
        mine = {name: plain(self.cleaned_data.get(name)) for name in theirs}
        taken = {name: now for name, now in theirs.items() if mine[name] == base.get(name, "")}
        for name in theirs.keys() - taken.keys():
            if mine[name] != theirs[name]:
                self._say_both(name, who, self._as_typed(name, theirs[name]))
        taken = {name: self._as_typed(name, now) for name, now in taken.items()}
        self._show({**taken, "version": self.instance.version})
        self._show({"base": self.fields["base"].prepare_value(self.stored)})
        self.add_error(
            None,
            _(
                "%(who)s has saved “%(what)s” meanwhile. Both changes have been put together:"
                " please look through them and save again."
            )
            % {"who": who, "what": self.instance},
        )

    def _say_both(self, name: str, who: str, value: Any) -> None:
        choices = dict(getattr(self.fields[name], "choices", []))
        values = value if isinstance(value, list) else [value]
        told = ", ".join(str(choices.get(one, one)) for one in values)
        self.add_error(
            name,
            _("%(who)s has saved this here meanwhile: “%(what)s”. Your own is still in the field.")
            % {"who": who, "what": told or "–"},
        )

    def _as_typed(self, name: str, value: Any) -> Any:
        """As it stands in the field: those for numbers know how people write them."""
        show = getattr(self.fields[name], "as_typed", None)
        return show(value) if show else value

    def _show(self, values: dict[str, Any]) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for name, value in values.items():
            key = self.add_prefix(name)
            if isinstance(value, list):
                data.setlist(key, value)
            elif value is False:
                data.pop(key, None)
            else:
                data[key] = value
        self.data = data

    @property
    def differs(self) -> bool:
        """Whether saving changes anything."""
        return any(plain(self.cleaned_data.get(name)) != self.stored[name] for name in self.content)

    def keep(self, *, by: Any, **fields: Any) -> Any:
        """Saves with the next version; a row that stays as it is keeps its own."""
        if self.is_there and not self.differs:
            return self.instance
        for name, value in fields.items():
            setattr(self.instance, name, value)
        if self.is_there:
            self.instance.version += 1
        self.instance.changed_by = by
        return self.save()
