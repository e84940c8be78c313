"""What may be typed about a section; its text is written elsewhere."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.models import Section
from actionplan.outline import Place
from groups.models import Membership, User
from in4green.common.versioned.forms import VersionedForm, plain_field


class SectionForm(VersionedForm):
    """``instance`` knows its plan, and a new one what it is part of."""

    class Meta:
        model = Section
        fields = ["title", "title_en", "guidance", "responsible", "due_on", "word_limit"]
        formfield_callback = plain_field
        help_texts = {
            "responsible": _("They write it, and say when it can be reviewed."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["responsible"]
        field.widget = forms.CheckboxSelectMultiple()
        field.queryset = _writers(self.instance)
        self.fields["guidance"].widget.attrs["rows"] = 6


def _writers(section: Section) -> Any:
    """Who writes in the group today, and who is responsible already."""
    writing = Membership.objects.current().exclude(role=Membership.Role.READER)
    mine = Q(pk__in=writing.filter(group=section.group_id).values("user"), is_active=True)
    if section.pk:
        mine |= Q(pk__in=section.responsible.values("pk"))
    return User.objects.filter(mine).order_by("name", "pk")


class PlaceForm(forms.Form):
    """Where a section goes; a place that is no longer there is said by the field."""

    BESIDE, WITHIN = "beside", "within"
    after = forms.TypedChoiceField(
        label=_("Behind which section?"), required=False, empty_value=None
    )
    how = forms.ChoiceField(
        label=_("How?"),
        choices=[(BESIDE, _("as the next one")), (WITHIN, _("as the first part of it"))],
        initial=BESIDE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, places: list[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        by_pk = {str(place.section.pk): place for place in places}
        named = ((pk, f"{place.number} {place.section}") for pk, place in by_pk.items())
        field: Any = self.fields["after"]
        field.choices = [("", _("At the very beginning")), *named]
        field.coerce = by_pk.__getitem__
