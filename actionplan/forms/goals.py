"""Objectives, areas of intervention and funding sources of a plan: entered, renamed, ordered."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.forms.fields import PlanRow, choose, plan_field
from actionplan.forms.sheets import Part, PartSheet
from actionplan.models import Area, FundingSource, Objective, Plan

# So many actions are named where something is still in use.
MOST_NAMED = 5


class PlacedRow(PlanRow):
    """With its place, which people set; new ones are proposed to stand last."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        place: Any = self.fields["position"]
        place.required, place.label = False, gettext_lazy("Place in the order")
        place.widget.attrs["inputmode"] = "numeric"
        if not self.is_there:
            self.initial["position"] = None

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("position") is None and "position" not in self.errors:
            found["position"] = self._last() + 1
        return super().clean()

    def _last(self) -> int:
        sent = [self.data.get(f"row-{i}-position", "") for i in range(100)]
        return max((int(one) for one in sent if one.isdecimal() and len(one) < 6), default=0)


class ObjectiveRow(PlacedRow):
    class Meta:
        model = Objective
        fields = ["title", "parent", "position", "title_en"]
        formfield_callback = plan_field

    def __init__(self, *args: Any, objectives: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [one for one in objectives if one.pk != self.instance.pk]
        choose(self, "parent", others, _("none: it is strategic itself"))
        self.fields["parent"].label = gettext_lazy("Part of the strategic objective")


class AreaRow(PlacedRow):
    class Meta:
        model = Area
        fields = ["title", "position", "title_en"]
        formfield_callback = plan_field


class SourceRow(PlacedRow):
    class Meta:
        model = FundingSource
        fields = ["title", "kind", "position", "title_en"]
        formfield_callback = plan_field


def _objectives(plan: Plan) -> dict[str, Any]:
    return {"objectives": list(plan.objectives.filter(parent=None))}


def _check_objectives(sheet: PartSheet) -> None:
    """Two levels: a strategic objective, and specific ones that are part of it."""
    _check_used(sheet)
    parents = dict(sheet.owner.objectives.values_list("pk", "parent"))
    for row in sheet.kept:
        if row.is_there:
            parents[row.instance.pk] = _parent(row)
    removed = {row.instance.pk for row in sheet.removed}
    for row in sheet.kept:
        parent = _parent(row)
        if parent and (parents.get(parent) or parent == row.instance.pk):
            row.add_error("parent", _("This one is part of another objective itself."))
        elif parent in removed:
            row.add_error("parent", _("You remove this objective on the same page."))
    for row in sheet.removed:
        on_page = {one.instance.pk for one in sheet.kept}
        if row.instance.pk in [up for pk, up in parents.items() if pk not in on_page | removed]:
            row.add_error(
                "remove", _("Other objectives are part of it. Please change those first.")
            )


def _parent(row: Any) -> int | None:
    parent = row.cleaned_data.get("parent")
    return parent.pk if parent else None


def _check_used(sheet: PartSheet) -> None:
    """What actions use stays, and the page says which. Those in the bin may come back."""
    for row in sheet.removed:
        numbers = _used_by(row.instance)
        if numbers:
            named = ", ".join(map(str, numbers[:MOST_NAMED]))
            more = "…" if len(numbers) > MOST_NAMED else ""
            said = _(
                "It is used by these actions, so it stays: %(numbers)s. Please change them first."
            )
            row.add_error("remove", said % {"numbers": f"{named}{more}"})


def _used_by(row: Any) -> list[int]:
    way = {"fundings__source": row} if isinstance(row, FundingSource) else None
    actions = row.plan.actions.filter(**way) if way else row.actions
    return list(actions.order_by("number").values_list("number", flat=True).distinct())


OBJECTIVES = Part(
    "objectives",
    gettext_lazy("Objectives"),
    row=ObjectiveRow,
    rows="objectives",
    one=gettext_lazy("Objective"),
    add=gettext_lazy("Add an objective"),
    offers=_objectives,
    check=_check_objectives,
    hint=gettext_lazy(
        "A strategic objective says what the city wants to reach; specific ones are the parts of it"
        " that actions work for. Save a strategic one first, then choose it for its parts."
    ),
)
AREAS = Part(
    "areas",
    gettext_lazy("Areas of intervention"),
    row=AreaRow,
    rows="areas",
    one=gettext_lazy("Area of intervention"),
    add=gettext_lazy("Add an area"),
    check=_check_used,
    hint=gettext_lazy("By what the actions are sorted beside the objectives."),
)
SOURCES = Part(
    "sources",
    gettext_lazy("Funding sources"),
    row=SourceRow,
    rows="funding_sources",
    one=gettext_lazy("Funding source"),
    add=gettext_lazy("Add a source"),
    check=_check_used,
    hint=gettext_lazy("Each is named once here, then chosen in the actions."),
)
GOALS = {part.name: part for part in (OBJECTIVES, AREAS, SOURCES)}
