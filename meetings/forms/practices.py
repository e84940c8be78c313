"""What may be typed about a practice, and which ones somebody looks for."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from groups.models import Topic, WorkingGroup
from in4green.common.cleaning import PlainCharField
from in4green.common.versioned.forms import VersionedForm, plain_field
from meetings.forms.entering import RowForm
from meetings.forms.narrowing import NarrowingForm
from meetings.models import Figure, Language, Practice, SiteVisit
from meetings.searching import matching

MOST_FIGURES = 20
# Euros, from and up to; a band without an end goes on.
BANDS: dict[str, tuple[int, int | None]] = {
    "10k": (0, 10_000),
    "100k": (10_000, 100_000),
    "1m": (100_000, 1_000_000),
    "more": (1_000_000, None),
}
BAND_NAMES = [
    ("10k", _("up to 10,000 €")),
    ("100k", _("10,000 to 100,000 €")),
    ("1m", _("100,000 to 1 million €")),
    ("more", _("more than 1 million €")),
]


def groups_written_in(user: Any) -> Any:
    """Those for which somebody may enter practices, lessons and challenges."""
    if user.is_superuser:
        return WorkingGroup.objects.order_by("name")
    mine = user.memberships.current().exclude(role="reader")
    return WorkingGroup.objects.filter(pk__in=mine.values("group")).order_by("name")


class PracticeForm(VersionedForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages of documents and contact"),
        choices=Language,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    visits = forms.ModelMultipleChoiceField(
        label=_("Seen at these visits"),
        queryset=SiteVisit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Practice
        fields = [
            "title", "city", "organisation", "topics", "problem", "solution", "relevance",
            "results", "cost_from", "cost_to", "funding", "involved", "conditions", "obstacles",
            "contact_name", "contact_address", "contact_agreed", "links", "languages",
            "written_in", "visits", "notes",
        ]  # fmt: skip
        formfield_callback = plain_field
        help_texts = {
            "contact_name": _("Only your group sees it, unless the person agrees below."),
            "notes": _("Only your group sees them."),
            "links": _("One web address on each line."),
            "cost_to": _("Leave it empty if there is one amount only."),
            "conditions": _("What has to be so in another city for it to work there, too."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "visits" in self.fields:
            self._offer_visits()

    def _offer_visits(self) -> None:
        seen = SiteVisit.objects.filter(meeting__group=self.instance.group_id)
        visits: Any = self.fields["visits"]
        visits.queryset = seen.select_related("meeting").order_by("-meeting__begins_on", "pk")
        visits.label_from_instance = lambda visit: f"{visit.name} ({visit.meeting})"


class FigureForm(RowForm):
    class Meta:
        model = Figure
        fields = ["what", "value", "unit", "year"]
        formfield_callback = plain_field


class PracticeSheet:
    """A practice and its figures on one page. Call under ``services.practices.lock``."""

    def __init__(self, practice: Practice, *, data: Any = None, form: Any = PracticeForm) -> None:
        self.data = data
        self.practice = practice
        self.form = form(data, instance=practice)
        self.figures = self._figures()

    def _figures(self) -> list[FigureForm]:
        there = list(self.practice.figures.select_related("changed_by")) if self.practice.pk else []
        if self.data is None:
            rows = [FigureForm(instance=row, prefix=f"figure-{i}") for i, row in enumerate(there)]
            return rows or [FigureForm(prefix="figure-0")]
        by_pk = {str(row.pk): row for row in there}
        return [
            FigureForm(
                self.data,
                prefix=f"figure-{i}",
                instance=by_pk.get(self.data.get(f"figure-{i}-pk", "")),
            )
            for i in range(self._count())
        ]

    def _count(self) -> int:
        """As many as were sent, and one more if that was asked for."""
        sent = self.data.get("figures", "")
        more = self.data.get("add") == "figure"
        return min((int(sent) if sent.isdecimal() else 0) + more, MOST_FIGURES)

    @property
    def forms(self) -> Iterator[VersionedForm]:
        yield self.form
        yield from self.figures

    def leave_unchecked(self) -> None:
        for form in self.forms:
            form.leave_unchecked()

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]
        return all(valid)

    @property
    def errors(self) -> bool:
        """For ``base.html``, which says in the title that something is wrong."""
        return self.data is not None and any(form.errors for form in self.forms)


class FindPracticeForm(NarrowingForm):
    q = PlainCharField(
        label=_("Words"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
    cost = forms.ChoiceField(
        label=_("Cost"), required=False, choices=[("", _("Any cost")), *BAND_NAMES]
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("Any language")), *Language.choices]
    )

    field_order = ["q"]

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q") or "")

    def narrow(self, practices: Any, words: str | None = None) -> Any:
        """``words``: others than those that were typed."""
        found = self.cleaned_data
        if found.get("topic"):
            practices = practices.filter(topics__slug=found["topic"])
        if found.get("city"):
            practices = practices.filter(city__slug=found["city"])
        if language := found.get("language"):
            speaks = Q(written_in=language) | Q(languages__contains=[language])
            practices = practices.filter(speaks)
        if found.get("cost"):
            practices = _within(practices, *BANDS[found["cost"]])
        words = self.words if words is None else words
        return matching(practices, words) if words else practices.by_title()


def _within(practices: Any, least: int, most: int | None) -> Any:
    highest = Coalesce("cost_to", "cost_from")
    practices = practices.alias(highest=highest).filter(highest__gte=least)
    return practices if most is None else practices.filter(cost_from__lte=most)
