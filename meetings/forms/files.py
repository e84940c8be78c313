"""What may be said of files and photos."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from in4green.common.uploads import documents, pictures
from in4green.common.versioned.forms import VersionedForm, plain_field
from meetings.models import Document, Meeting, Photo, PhotoPerson
from meetings.services.files import Owner

MOST_AT_ONCE = 20
ACCEPTED = ",".join([*pictures.ENDINGS, *documents.MEDIA_TYPES])


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several at a time; each is checked by itself, so that one stops no other."""

    widget = SeveralFiles(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        found = [one for one in data or [] if one]
        if not found:
            raise ValidationError(_("Please choose at least one file."), code="required")
        if len(found) > MOST_AT_ONCE:
            raise ValidationError(_("Please choose at most 20 files at a time."), code="many")
        return found


class UploadForm(forms.Form):
    """``may_publish``: may bring what people have signed, which nobody but coordination sees."""

    to = forms.ChoiceField(label=_("What do they belong to?"))
    kind = forms.ChoiceField(
        label=_("What are they?"),
        initial="any",
        help_text=_("What people have signed is seen by coordination alone."),
    )
    chosen = FilesField(
        label=_("Files and pictures"),
        help_text=_(
            "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG or WebP; pictures up to 12 MB,"
            " everything else up to 15 MB. Where a picture was taken is removed from the file."
        ),
    )

    def __init__(self, *args: Any, place: Any, may_publish: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False
        self.owners = dict(_owners_in(place))
        choices = [(key, str(owner)) for key, owner in self.owners.items()]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["to"].initial = choices[0][0]
            self.fields["to"].widget = forms.HiddenInput()
        if may_publish:
            self.fields["kind"].choices = _kinds_in(place)  # type: ignore[attr-defined]
        else:
            del self.fields["kind"]

    @property
    def owner(self) -> Owner:
        return self.owners[self.cleaned_data["to"]]

    @property
    def scanned(self) -> str:
        """The kind of document that all of them are scans of, if they are."""
        kind: str = self.cleaned_data.get("kind", "any")
        return "" if kind == "any" else kind


def _owners_in(place: Any) -> list[tuple[str, Owner]]:
    """The meeting and its parts, or the practice; as browsers send them."""
    owners: list[Owner] = [place]
    if isinstance(place, Meeting):
        owners += [*place.visits.all(), *place.sessions.all()]
    return [(f"{owner._meta.model_name}-{owner.pk}", owner) for owner in owners]


def _kinds_in(place: Any) -> list[tuple[str, Any]]:
    scans = [(Document.Kind.CONSENT.value, _("Consents that people have signed"))]
    if isinstance(place, Meeting):
        scans = [(Document.Kind.ATTENDANCE.value, _("Signed sheets of attendance")), *scans]
    return [("any", _("Documents and pictures for the group")), *scans]


class DocumentForm(VersionedForm):
    class Meta:
        model = Document
        fields = ["title", "kind", "language", "is_public"]
        formfield_callback = plain_field
        help_texts = {
            "is_public": _("Otherwise only your group sees it."),
            "kind": _("What people have signed is seen by coordination alone."),
        }

    def __init__(self, *args: Any, may_publish: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_publish:
            del self.fields["is_public"]
            self.stored.pop("is_public")
            kinds = [one for one in Document.Kind.choices if one[0] not in Document.CONFIDENTIAL]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
            self.fields["kind"].help_text = ""


class PhotoForm(VersionedForm):
    """``publishing``: whether it is to be shown to everybody once it is saved."""

    NEEDED = {
        "alt": _("Please say in words what the picture shows."),
        "credit": _("Please say who took the picture."),
        "licence": _("Please choose how the picture may be used."),
        "people_listed": _("Please list everybody who can be recognised, then tick this box."),
    }

    class Meta:
        model = Photo
        fields = ["caption", "alt", "alt_language", "credit", "licence", "people_listed"]
        formfield_callback = plain_field
        widgets = {"alt": forms.Textarea({"rows": 3})}
        help_texts = {
            "caption": _("Stands below the picture: what is to be seen, where and when."),
            "alt": _(
                "For people who do not see the picture: what it shows, in one or two sentences."
            ),
            "credit": _("Who took the picture, such as “Stadt Musterhausen, Erika Beispiel”."),
        }

    def __init__(self, *args: Any, publishing: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["alt"].widget = forms.Textarea({"rows": 3, "maxlength": 500})
        if publishing or self.instance.is_published:
            for name, sentence in self.NEEDED.items():
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = sentence


class PersonForm(forms.ModelForm):
    """``consents``: papers to choose from, None for who doesn't see them; ``choices``: as read."""

    class Meta:
        model = PhotoPerson
        fields = ["name", "consented_on", "note", "document"]
        formfield_callback = plain_field

    def __init__(self, *args: Any, consents: Any, choices: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False
        if consents is None:
            del self.fields["document"]
        else:
            self.fields["document"].queryset = consents  # type: ignore[attr-defined]
            self.fields["document"].choices = choices  # type: ignore[attr-defined]

    def clean_consented_on(self) -> Any:
        day = self.cleaned_data["consented_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."), code="future")
        return day


class BasePeople(forms.BaseInlineFormSet):
    def __init__(self, sent: Any, *, instance: Photo, consents: Any, **options: Any) -> None:
        """Who has withdrawn stays listed: taken off, the picture would be seen again."""
        there = instance.people.filter(withdrawn_at=None)
        choices = [("", "–"), *((paper.pk, str(paper)) for paper in consents or [])]
        both = {"consents": consents, "choices": choices}
        super().__init__(sent, instance=instance, queryset=there, form_kwargs=both, **options)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Cannot be recognised: take off the list")

    def clean(self) -> None:
        """A name stands for one person, who may have withdrawn."""
        super().clean()
        withdrawn = self.instance.people.exclude(withdrawn_at=None)
        taken = set(withdrawn.values_list("name", flat=True))
        for form in self.forms:
            name = form.cleaned_data.get("name") if form.is_valid() else None
            if name and not form.cleaned_data.get("DELETE"):
                if name in taken:
                    form.add_error("name", _("This person is listed already."))
                taken.add(name)


PeopleFormSet = forms.inlineformset_factory(
    Photo,
    PhotoPerson,
    form=PersonForm,
    formset=BasePeople,
    extra=1,
    max_num=60,
    validate_max=True,
    can_delete_extra=False,
)


@dataclass
class PhotoSheet:
    """What is said of a photo and of the people in it, saved together."""

    form: PhotoForm
    people: Any

    @property
    def forms(self) -> list[Any]:
        return [self.form, *self.people.forms]

    @property
    def errors(self) -> bool:
        listed = self.people.is_bound and self.people.non_form_errors()
        return bool(listed or any(form.errors for form in self.forms))

    def is_valid(self) -> bool:
        return bool(self.form.is_valid() & self.people.is_valid())
