from actionplan.models.actions import Action, Step, TestingAction
from actionplan.models.figures import Funding, Indicator, Risk
from actionplan.models.objectives import Area, FundingSource, Objective
from actionplan.models.plan import Plan, PlanStatusChange
from actionplan.models.sections import Section, SectionStatusChange, SectionText, TemplateSection

__all__ = [
    "Action",
    "Area",
    "Funding",
    "FundingSource",
    "Indicator",
    "Objective",
    "Plan",
    "PlanStatusChange",
    "Risk",
    "Section",
    "SectionStatusChange",
    "SectionText",
    "Step",
    "TemplateSection",
    "TestingAction",
]
