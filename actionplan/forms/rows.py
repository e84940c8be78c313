"""Rows of an action: steps, funding, risks, indicators, what is tried out."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.forms.fields import AmountRow, PlanRow, choose, plan_field
from actionplan.models import Funding, Indicator, Risk, Step, TestingAction
from actionplan.numbers import is_yes_or_no

Measure = Indicator.Measure
# Stands in editions, which can never be changed again.
PUBLISHED = gettext_lazy("It is published: please name an office or a function, not a person.")


class StepRow(PlanRow):
    class Meta:
        model = Step
        fields = ["title", "responsible", "starts_on", "ends_on", "title_en"]
        formfield_callback = plan_field
        help_texts = {"responsible": PUBLISHED}


class FundingRow(AmountRow):
    amounts = ("planned", "secured", "spent")

    class Meta:
        model = Funding
        fields = ["source", "year", "planned", "secured", "spent"]
        formfield_callback = plan_field

    def __init__(self, *args: Any, sources: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "source", sources, _("please choose"))


class RiskRow(PlanRow):
    class Meta:
        model = Risk
        fields = ["title", "kind", "likelihood", "impact", "mitigation", "owner", "title_en"]
        formfield_callback = plan_field
        help_texts = {"owner": PUBLISHED}


class IndicatorRow(PlanRow):
    class Meta:
        model = Indicator
        fields = [
            "title", "kind", "measure", "unit", "baseline", "baseline_words", "baseline_on",
            "target", "target_words", "target_on", "source", "responsible", "title_en",
        ]  # fmt: skip
        formfield_callback = plan_field
        help_texts = {
            "unit": gettext_lazy("Such as firms, tonnes a year, per cent."),
            "baseline": gettext_lazy("A number, or yes or no."),
            "target": gettext_lazy("A number, or yes or no."),
            "responsible": PUBLISHED,
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("baseline", "target"):
            field: Any = self.fields[name]
            field.is_yes_no = self.instance.measure == Measure.YES_NO

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        measure = found.get("measure")
        if measure == Measure.NUMBER and not found.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("Please say in which unit the number is counted."))
        for name in ("baseline", "target"):
            if found.get(name) is not None and (wrong := self._wrong(name, measure)):
                self.add_error(name, wrong)
        return found

    def _wrong(self, name: str, measure: Any) -> str:
        is_word = is_yes_or_no(str(self.data.get(self.add_prefix(name), "")))
        if measure == Measure.NUMBER and is_word:
            return _("Please type a number, or choose “Yes or no” above.")
        if measure == Measure.YES_NO and self.cleaned_data[name] not in (0, 1):
            return _("Please type yes or no.")
        if measure == Measure.WORDS:
            return _("Please write it into the field for words, or choose “Number” above.")
        return ""


class TestingRow(PlanRow):
    class Meta:
        model = TestingAction
        fields = [
            "title", "hypothesis", "place", "starts_on", "ends_on", "budget", "happened",
            "decision", "because",
        ]  # fmt: skip
        formfield_callback = plan_field
