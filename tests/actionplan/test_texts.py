"""Who may do what in the texts of a plan."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from actionplan.models import Section
from groups.models import Membership
from in4green.livetext.owners import Access, access, keepers, title
from tests.factories import MembershipFactory
from tests.plan_factories import ActionFactory, SectionTextFactory

pytestmark = pytest.mark.django_db
Role, Status = Membership.Role, Section.Status
MAY = {
    Status.DRAFT: {
        Role.COORDINATOR: Access.WRITE,
        Role.EDITOR: Access.WRITE,
        Role.READER: Access.SUGGEST,
    },
    Status.IN_REVIEW: {
        Role.COORDINATOR: Access.WRITE,
        Role.EDITOR: Access.SUGGEST,
        Role.READER: Access.SUGGEST,
    },
    Status.APPROVED: dict.fromkeys(Role, Access.READ),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("status", Status)
def test_what_may_be_done_with_a_section_depends_on_its_state(plan, status, role):
    row = SectionTextFactory(section__plan=plan, section__status=status)
    user = MembershipFactory(group=plan.group, role=role).user

    assert access(user, row.text) == MAY[status][role]


def test_who_is_responsible_goes_on_writing_in_review(plan, member, reader):
    row = SectionTextFactory(section__plan=plan, section__status=Status.IN_REVIEW)
    row.section.responsible.add(member, reader)

    assert access(member, row.text) == Access.WRITE
    assert access(reader, row.text) == Access.SUGGEST


def test_a_section_in_the_bin_is_only_read(plan, coordinator):
    row = SectionTextFactory(section__plan=plan, section__deleted_at=timezone.now())

    assert access(coordinator, row.text) == Access.READ


def test_others_see_nothing_of_a_plan(plan):
    texts = [SectionTextFactory(section__plan=plan).text, ActionFactory(plan=plan).text]
    other = MembershipFactory().user

    for text in texts:
        assert access(AnonymousUser(), text) == access(other, text) == Access.NOTHING


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.COORDINATOR, Access.WRITE), (Role.EDITOR, Access.WRITE), (Role.READER, Access.SUGGEST)],
)
def test_who_belongs_to_the_group_writes_or_proposes_in_actions(plan, role, may):
    action = ActionFactory(plan=plan)
    user = MembershipFactory(group=plan.group, role=role).user

    assert access(user, action.text) == may


@pytest.mark.parametrize("ended", ["dropped_at", "deleted_at"])
def test_what_an_action_said_that_is_no_more_is_only_read(plan, member, ended):
    action = ActionFactory(plan=plan, **{ended: timezone.now()})

    assert access(member, action.text) == Access.READ


def test_a_text_is_called_by_its_section_and_kept_by_coordination(plan, coordinator):
    row = SectionTextFactory(section__plan=plan, section__title="Ausgangslage")

    assert "Ausgangslage" in title(row.text)
    assert {one.address for one in keepers(row.text)} >= {plan.group.coordination_address}
