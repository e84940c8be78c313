"""What a step waits for: any step of any action of the plan."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import Step
from actionplan.services.dependencies import check
from in4green.common.versioned.forms import VersionedForm


class AfterForm(VersionedForm):
    """Call under the plan's lock: it looks for circles."""

    after = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Only after these steps"),
        queryset=Step.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Step
        fields = ["after"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plan = self.instance.action.plan
        field: Any = self.fields["after"]
        going_on = Q(action__deleted_at=None, action__dropped_at=None)
        offered = Step.objects.filter(going_on | Q(pk__in=self.stored["after"]), action__plan=plan)
        field.queryset = offered.exclude(pk=self.instance.pk)
        field.choices = self._by_action(field.queryset)

    def _by_action(self, steps: Any) -> list[tuple[str, list[tuple[int, str]]]]:
        """The own action's first: most steps wait for one of them."""
        own = self.instance.action_id
        rows = steps.select_related("action").order_by(
            "action__position", "action__number", "position", "pk"
        )
        groups: dict[int, tuple[str, list[tuple[int, str]]]] = {}
        for step in sorted(rows, key=lambda one: one.action_id != own):
            name = _("This action") if step.action_id == own else str(step.action)
            groups.setdefault(step.action_id, (name, []))[1].append((step.pk, str(step)))
        return list(groups.values())

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        try:
            check(self.instance.action.plan, self.instance, found.get("after", ()))
        except ValidationError as error:
            self.add_error("after", error)
        return found
