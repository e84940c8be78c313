"""The parts of an action, each on a page of its own: saving one touches no other."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.forms.actions import CostForm, FactsForm, OriginForm
from actionplan.forms.rows import FundingRow, IndicatorRow, RiskRow, StepRow, TestingRow
from actionplan.forms.sheets import Part, PartSheet
from actionplan.models import Action, Step


def _sources(action: Action) -> dict[str, Any]:
    return {"sources": list(action.plan.funding_sources.all())}


def _check_steps(sheet: PartSheet) -> None:
    """What others wait for doesn't vanish by one tick."""
    going = [row.instance.pk for row in sheet.removed]
    for row in sheet.removed:
        waiting = Step.objects.filter(after=row.instance).exclude(pk__in=going)
        if other := waiting.select_related("action").first():
            said = _(
                "“%(step)s” of action %(number)d waits for this step. Please change that first."
            )
            row.add_error("remove", said % {"step": other, "number": other.action.number})


def _check_fundings(sheet: PartSheet) -> None:
    """One row for each source and year: over the page, and what others have added meanwhile."""
    on_page = [row.instance.pk for row in sheet.rows if row.is_there]
    others = sheet.owner.fundings.exclude(pk__in=on_page)
    taken = set(others.values_list("source", "year"))
    for row in sheet.kept:
        what = (row.cleaned_data["source"].pk, row.cleaned_data["year"])
        if what in taken:
            row.add_error("year", _("This source stands here for this year already."))
        taken.add(what)


FACTS = Part("facts", gettext_lazy("What, who and when"), head=FactsForm)
STEPS = Part(
    "steps",
    gettext_lazy("Steps"),
    row=StepRow,
    rows="steps",
    one=gettext_lazy("Step"),
    add=gettext_lazy("Add a step"),
    check=_check_steps,
    hint=gettext_lazy("Which step waits for which you choose on the page of the action."),
)
FUNDING = Part(
    "funding",
    gettext_lazy("Cost and funding"),
    head=CostForm,
    row=FundingRow,
    rows="fundings",
    one=gettext_lazy("Source and year"),
    add=gettext_lazy("Add a source or a year"),
    offers=_sources,
    check=_check_fundings,
)
INDICATORS = Part(
    "indicators",
    gettext_lazy("Indicators"),
    row=IndicatorRow,
    rows="indicators",
    one=gettext_lazy("Indicator"),
    add=gettext_lazy("Add an indicator"),
)
RISKS = Part(
    "risks",
    gettext_lazy("Risks"),
    row=RiskRow,
    rows="risks",
    one=gettext_lazy("Risk"),
    add=gettext_lazy("Add a risk"),
)
TESTING = Part(
    "testing",
    gettext_lazy("Testing"),
    row=TestingRow,
    rows="testing_actions",
    one=gettext_lazy("Testing action"),
    add=gettext_lazy("Add a testing action"),
    most=20,
)
ORIGIN = Part("origin", gettext_lazy("Where it comes from"), head=OriginForm)
# In the order of the page of an action.
PARTS = {part.name: part for part in (FACTS, STEPS, FUNDING, INDICATORS, RISKS, TESTING, ORIGIN)}
