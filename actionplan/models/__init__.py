from actionplan.models.actions import Action, Step, TestingAction
from actionplan.models.approvals import Approval, Decision, DecisionCorrection, Vote
from actionplan.models.editions import (
    Edition,
    EditionComment,
    EditionFile,
    EditionPage,
    EditionPicture,
)
from actionplan.models.exports import PlanExport
from actionplan.models.figures import Funding, Indicator, Risk
from actionplan.models.imports import PlanImport
from actionplan.models.objectives import Area, FundingSource, Objective
from actionplan.models.plan import Plan, PlanStatusChange
from actionplan.models.reviews import PeerLink, Review, ReviewRequest, Statement
from actionplan.models.sections import Section, SectionStatusChange, SectionText, TemplateSection

__all__ = [
    "Action",
    "Approval",
    "Area",
    "Decision",
    "DecisionCorrection",
    "Edition",
    "EditionComment",
    "EditionFile",
    "EditionPage",
    "EditionPicture",
    "Funding",
    "FundingSource",
    "Indicator",
    "Objective",
    "PeerLink",
    "Plan",
    "PlanExport",
    "PlanImport",
    "PlanStatusChange",
    "Review",
    "ReviewRequest",
    "Risk",
    "Section",
    "SectionStatusChange",
    "SectionText",
    "Statement",
    "Step",
    "TemplateSection",
    "TestingAction",
    "Vote",
]
