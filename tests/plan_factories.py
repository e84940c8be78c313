"""Made-up plans for tests; each factory makes the smallest thing that is valid."""

import factory
from factory.django import DjangoModelFactory

from actionplan import texts
from actionplan.models import (
    Action,
    Area,
    Funding,
    FundingSource,
    Indicator,
    Objective,
    Plan,
    Risk,
    Section,
    SectionText,
    Step,
    TestingAction,
)
from in4green.livetext.services import create_text
from tests.factories import WorkingGroupFactory


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    group = factory.SubFactory(WorkingGroupFactory)
    slug = factory.Sequence(lambda n: f"plan-{n}")
    title = factory.Sequence(lambda n: f"Musterplan {n}")


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    plan = factory.SubFactory(PlanFactory)
    title = factory.Sequence(lambda n: f"Abschnitt {n}")
    position = factory.Sequence(lambda n: n)


class SectionTextFactory(DjangoModelFactory):
    class Meta:
        model = SectionText

    section = factory.SubFactory(SectionFactory)
    language = "de"
    text = factory.LazyFunction(lambda: create_text(texts.SECTION))


class ObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = Objective

    plan = factory.SubFactory(PlanFactory)
    title = factory.Sequence(lambda n: f"Ziel {n}")


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    plan = factory.SubFactory(PlanFactory)
    title = factory.Sequence(lambda n: f"Handlungsfeld {n}")


class FundingSourceFactory(DjangoModelFactory):
    class Meta:
        model = FundingSource

    plan = factory.SubFactory(PlanFactory)
    kind = FundingSource.Kind.OWN
    title = factory.Sequence(lambda n: f"Quelle {n}")


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Maßnahme {n}")
    text = factory.LazyFunction(lambda: create_text(texts.ACTION))


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    action = factory.SubFactory(ActionFactory)
    title = factory.Sequence(lambda n: f"Schritt {n}")


class FundingFactory(DjangoModelFactory):
    class Meta:
        model = Funding

    action = factory.SubFactory(ActionFactory)
    source = factory.SubFactory(FundingSourceFactory, plan=factory.SelfAttribute("..action.plan"))
    year = 2027


class RiskFactory(DjangoModelFactory):
    class Meta:
        model = Risk

    action = factory.SubFactory(ActionFactory)
    kind = Risk.Kind.FINANCIAL
    title = factory.Sequence(lambda n: f"Risiko {n}")
    likelihood = Risk.Level.LOW
    impact = Risk.Level.HIGH


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    action = factory.SubFactory(ActionFactory)
    kind = Indicator.Kind.OUTPUT
    title = factory.Sequence(lambda n: f"Indikator {n}")
    unit = "Stück"


class TestingActionFactory(DjangoModelFactory):
    __test__ = False

    class Meta:
        model = TestingAction

    action = factory.SubFactory(ActionFactory)
    title = factory.Sequence(lambda n: f"Versuch {n}")
    hypothesis = "Es gelingt."
