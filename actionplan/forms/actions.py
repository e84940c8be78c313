"""What may be typed about an action itself: facts, cost, what led to it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplan.forms.fields import choose, plan_field
from actionplan.models import Action
from groups.models import Organisation, Topic, User
from groups.writing import members_of
from in4green.common.cleaning import PlainTextField
from in4green.common.versioned.forms import VersionedForm
from meetings.models import Lesson, Practice


class FactsForm(VersionedForm):
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Partners"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Action
        fields = [
            "title", "summary", "objective", "area", "starts_on", "ends_on",
            "lead_organisation", "lead_member", "lead_name", "partners", "topics",
            "title_en", "summary_en",
        ]  # fmt: skip
        formfield_callback = plan_field
        help_texts = {
            "lead_name": _(
                "Where no member of the group is responsible. Only your group sees it:"
                " editions name organisations, no people."
            )
        }

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plan = self.instance.plan
        choose(self, "objective", in_tree(plan.objectives.all()), _("none yet"))
        choose(self, "area", plan.areas.all(), _("none yet"))
        people = User.objects.filter(
            Q(pk__in=members_of(plan.group_id)) | Q(pk=self.instance.lead_member_id)
        )
        choose(self, "lead_member", people.order_by("name", "pk"), _("nobody named"))
        firms = list(self._organisations())
        choose(self, "lead_organisation", firms, _("none named"))
        partners: Any = self.fields["partners"]
        partners.queryset = Organisation.objects.filter(pk__in=[one.pk for one in firms])
        partners.choices = [(one.pk, str(one)) for one in firms]

    def _organisations(self) -> Any:
        """Those of the city, and those that stand here already."""
        here = Q(city=self.instance.plan.group.city_id) | Q(pk=self.instance.lead_organisation_id)
        if self.is_there:
            here |= Q(pk__in=self.instance.partners.values("pk"))
        return Organisation.objects.filter(here).order_by("name", "pk")


class CostForm(VersionedForm):
    class Meta:
        model = Action
        fields = ["cost", "cost_note", "is_unfunded"]
        formfield_callback = plan_field

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)


class OriginForm(VersionedForm):
    """Somebody sees what he may see; what else stands here stays."""

    practices = forms.ModelMultipleChoiceField(
        label=_("Practices that inspired it"),
        queryset=Practice.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lessons = forms.ModelMultipleChoiceField(
        label=_("Lessons that led to it"),
        queryset=Lesson.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Action
        fields = ["practices", "lessons"]

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        practices: Any = self.fields["practices"]
        seen = Practice.objects.visible_to(user)
        practices.queryset = self._with_stored("practices", Practice, seen).order_by("title", "pk")
        lessons: Any = self.fields["lessons"]
        drawn = self._with_stored("lessons", Lesson, Lesson.objects.visible_to(user))
        lessons.queryset = drawn.select_related("practice", "visit__meeting", "city")
        lessons.label_from_instance = lambda lesson: f"{lesson.city}: {lesson}"

    def _with_stored(self, name: str, model: Any, rows: Any) -> Any:
        found = Q(pk__in=rows.order_by().values("pk"))
        return model.objects.filter(found | Q(pk__in=self.stored[name]))


def in_tree(objectives: Any) -> list[Any]:
    """Each strategic one, then the specific ones that are part of it."""
    rows = list(objectives)
    found = []
    for one in rows:
        if one.parent_id is None:
            found += [one, *(part for part in rows if part.parent_id == one.pk)]
    return found


class DropForm(forms.Form):
    reason = PlainTextField(
        label=_("Why is it dropped?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The plan says so, and the next edition, too."),
    )
