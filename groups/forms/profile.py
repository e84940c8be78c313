"""What members say about themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import User
from in4green.common.cleaning import PlainCharField


class ProfileForm(forms.ModelForm):
    name = PlainCharField(
        label=_("Name"),
        max_length=120,
        help_text=_("This is how the other members of your group see you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    class Meta:
        model = User
        fields = ["name", "language"]
        help_texts = {"language": _("In this language the portal greets you and writes to you.")}
