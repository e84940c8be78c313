"""What every list of the cities' experience can be narrowed by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import City, Topic


class NarrowingForm(forms.Form):
    """What it does not know is left out: an old link shows the whole list, not an error."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    city = forms.ChoiceField(label=_("City"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        topics = [("", _("All topics")), *((one.slug, one.name) for one in Topic.objects.all())]
        self.fields["topic"].choices = topics  # type: ignore[attr-defined]
        cities = City.objects.order_by("name").values_list("slug", "name")
        self.fields["city"].choices = [("", _("All cities")), *cities]  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def is_narrow(self) -> bool:
        return any(self.cleaned_data.values())
