"""What a member's start page says of the plan."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actionplan import waiting
from actionplan.models import EditionComment
from actionplan.services import reviewing, voting
from groups.member_area import of_member
from tests.actionplan.publishing import publish
from tests.actionplan.reviews import in_days, review_of, say, vote_on
from tests.factories import MembershipFactory
from tests.livetext.proposing import Forum
from tests.plan_factories import PlanFactory, SectionFactory, SectionTextFactory

pytestmark = pytest.mark.django_db


def told(user) -> list[str]:
    return [task.text for task in waiting.tasks(user, of_member(user))]


def test_who_is_asked_for_a_review_is_told_until_he_has_answered(plan, coordinator, member):
    review = review_of(plan, by=coordinator, people=[member])

    [task] = waiting.tasks(member, of_member(member))
    assert (task.url, task.due, task.late) == (review.get_absolute_url(), review.due_on, False)
    say(review, member)
    assert told(member) == []


def test_a_review_that_is_closed_asks_nobody(plan, coordinator, member):
    reviewing.close(review_of(plan, by=coordinator, people=[member]), by=coordinator)

    assert told(member) == []


def test_who_may_vote_is_told_until_he_has_voted(plan, coordinator, member, reader):
    approval = vote_on(plan, by=coordinator)

    [task] = waiting.tasks(member, of_member(member))
    assert task.url == approval.get_absolute_url()
    assert told(reader) == []
    voting.vote(approval, choice="yes", by=member)
    assert told(member) == []


@pytest.mark.parametrize(
    ("days", "status", "is_told"),
    [(-1, "draft", True), (14, "draft", True), (15, "draft", False), (1, "in_review", False)],
)
def test_a_section_is_named_to_who_is_responsible_when_its_day_is_near(
    plan, member, reader, days, status, is_told
):
    section = SectionFactory(plan=plan, due_on=in_days(days), status=status)
    section.responsible.add(member)

    found = waiting.tasks(member, of_member(member))

    assert [(task.url, task.late) for task in found] == (
        [(section.get_absolute_url(), days < 0)] if is_told else []
    )
    assert told(reader) == []


def test_a_section_in_the_bin_is_written_by_nobody(plan, member):
    section = SectionFactory(plan=plan, due_on=in_days(1), deleted_at=timezone.now())
    section.responsible.add(member)

    assert told(member) == []


def test_coordination_is_told_of_proposals_and_comments(plan, coordinator, member, reader):
    text = SectionTextFactory(section__plan=plan).text
    Forum(text, member, reader, {}).propose("Neu.")
    edition = publish(plan, coordinator)
    EditionComment.objects.create(
        edition=edition, name="Erika", text="Gut.", language="de", consented_at=timezone.now()
    )

    found = {task.url for task in waiting.tasks(coordinator, of_member(coordinator))}

    assert found == {
        reverse("plan:plan", args=[plan.slug]),
        reverse("plan:comment_queue", args=[plan.slug]),
    }
    assert told(member) == []


def test_nobody_hears_of_other_groups(coordinator, member):
    other = PlanFactory()
    away = MembershipFactory(group=other.group).user
    review_of(other, by=away, people=[away, member])
    SectionFactory(plan=other, due_on=in_days(1)).responsible.add(member)

    assert told(member) == told(coordinator) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(plan, coordinator, count, django_assert_num_queries):
    for n in range(count):
        other = PlanFactory(group=plan.group)
        review_of(other, by=coordinator, people=[coordinator])
        vote_on(other, by=coordinator)
        section = SectionFactory(plan=other, due_on=in_days(n))
        section.responsible.add(coordinator)
        Forum(SectionTextFactory(section=section).text, coordinator, coordinator, {}).propose("Neu")
    mine = of_member(coordinator)

    with django_assert_num_queries(6):
        found = waiting.tasks(coordinator, mine)

    assert len(found) == 4 * count
