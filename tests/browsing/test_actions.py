"""Actions in a real browser: entered without scripts, on a phone, in both modes."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from actionplan.models import Step
from groups.models import Membership, User
from groups.services.accounts import enrol_totp
from tests.browser import OpenPage, axe, on_each_device
from tests.browsing.test_meetings import sign_in
from tests.factories import MembershipFactory, WorkingGroupFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.plan_factories import (
    ActionFactory,
    FundingFactory,
    IndicatorFactory,
    ObjectiveFactory,
    PlanFactory,
    RiskFactory,
    StepFactory,
)

LONG = "Donaudampfschifffahrtsgesellschaft" * 4

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(transactional_db: None, settings):
    return PlanFactory(group=WorkingGroupFactory(slug=settings.DEFAULT_GROUP), title="Musterplan")


@pytest.fixture
def coordinator(plan) -> User:
    user = coordinator_of(plan.group)
    enrol_totp(user, SECRET)
    return user


@on_each_device
def test_every_page_about_actions_is_accessible_and_fits(
    open_page: OpenPage, site: str, plan, coordinator: User, settings, options: dict
) -> None:
    page = sign_in(open_page(**options), coordinator, site, settings)
    action = ActionFactory(plan=plan, objective=ObjectiveFactory(plan=plan, title=LONG))
    step = StepFactory(action=action, responsible=LONG)
    StepFactory(action=action).after.set([step])
    FundingFactory(action=action, source__title=LONG)
    IndicatorFactory(action=action, title=LONG, source=LONG)
    RiskFactory(action=action, title=LONG, mitigation=LONG)
    here = [plan.slug, action.number]

    for address in (
        f"{reverse('plan:actions', args=[plan.slug])}?arrange",
        reverse("plan:action", args=here),
        reverse("plan:action_facts", args=here),
        reverse("plan:action_indicators", args=here),
        reverse("plan:step_after", args=[*here, step.pk]),
        reverse("plan:drop_action", args=here),
        reverse("plan:objectives", args=[plan.slug]),
    ):
        page.goto(address)
        assert page.url.endswith(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        axe(page)


def test_without_scripts_a_member_adds_steps_and_an_error_has_the_focus(
    open_page: OpenPage, site: str, plan, settings
) -> None:
    member = MembershipFactory(group=plan.group, role=Membership.Role.EDITOR).user
    page = sign_in(open_page(java_script_enabled=False), member, site, settings)
    action = ActionFactory(plan=plan)
    page.goto(reverse("plan:action_steps", args=[plan.slug, action.number]))
    page.get_by_role("button", name=_("Add a step")).click()
    added = page.get_by_role("group", name=f"{_('Step')} 2")
    added.get_by_label(_("who").capitalize()).fill("Stadtwerke")
    page.get_by_role("button", name=_("Save")).last.click()

    expect(page.get_by_role("alert")).to_be_visible()
    added.get_by_label(_("step").capitalize(), exact=False).first.fill("Leitung bauen")
    page.get_by_role("button", name=_("Save")).last.click()

    expect(page.get_by_role("rowheader", name="Leitung bauen")).to_be_visible()
    assert [one.responsible for one in Step.objects.all()] == ["Stadtwerke"]
