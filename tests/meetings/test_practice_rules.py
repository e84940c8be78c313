"""Who sees and changes practices, lessons, challenges and answers; list and permission agree."""

import pytest
from django.contrib.auth.models import AnonymousUser

from groups.models import Membership
from meetings.models import Answer, Challenge, GuestLink, Lesson, Practice
from tests.factories import (
    AnswerFactory,
    ChallengeFactory,
    GuestLinkFactory,
    LessonFactory,
    MembershipFactory,
    PracticeFactory,
    SiteVisitFactory,
    UserFactory,
)
from tests.meetings.test_rules import INSIDE, OUTSIDE, visitor

pytestmark = pytest.mark.django_db


def published_lesson_of_an_inner_meeting():
    practice = PracticeFactory(published=True)
    visit = SiteVisitFactory(meeting__group=practice.group)
    return LessonFactory(practice=practice, visit=visit, is_public=True)


ROWS = {
    "draft": (lambda: PracticeFactory(), False),
    "reviewed": (lambda: PracticeFactory(reviewed=True), False),
    "published": (lambda: PracticeFactory(published=True), True),
    "inner lesson": (lambda: LessonFactory(practice__published=True), False),
    "lesson of a draft": (lambda: LessonFactory(is_public=True), False),
    "lesson of an inner meeting": (published_lesson_of_an_inner_meeting, False),
    "lesson": (lambda: LessonFactory(practice__published=True, is_public=True), True),
    "inner challenge": (lambda: ChallengeFactory(), False),
    "challenge": (lambda: ChallengeFactory(is_public=True), True),
}


@pytest.mark.parametrize("what", ROWS)
@pytest.mark.parametrize("who", OUTSIDE + INSIDE)
def test_visible_to_agrees_with_the_permission(who, what):
    make, is_open = ROWS[what]
    row = make()
    user = visitor(who, row.group)
    model = type(row)

    listed = model.objects.visible_to(user).contains(row)

    assert listed == user.has_perm(f"meetings.view_{model._meta.model_name}", row)
    assert listed == (is_open or who in INSIDE)


@pytest.mark.parametrize("is_accepted", [False, True])
@pytest.mark.parametrize("who", OUTSIDE + INSIDE)
def test_answers_are_public_once_accepted(who, is_accepted):
    challenge = ChallengeFactory(is_public=True)
    accepted = {"accepted_at": challenge.created_at} if is_accepted else {}
    answer = AnswerFactory(challenge=challenge, **accepted)

    listed = Answer.objects.visible_to(visitor(who, challenge.group)).contains(answer)

    assert listed == (is_accepted or who in INSIDE)


@pytest.mark.parametrize("who", OUTSIDE + INSIDE)
def test_guest_links_are_for_those_who_coordinate(who):
    link = GuestLinkFactory()

    listed = GuestLink.objects.visible_to(visitor(who, link.group)).contains(link)

    assert listed == (who in ("coordinator", "superuser"))


@pytest.mark.parametrize("who", [*OUTSIDE, "reader", "editor", "coordinator"])
@pytest.mark.parametrize("state", [{}, {"reviewed": True}, {"published": True}])
def test_editors_change_drafts_and_coordination_everything(who, state):
    practice = PracticeFactory(**state)
    user = (
        MembershipFactory(group=practice.group).user
        if who == "editor"
        else visitor(who, practice.group)
    )

    changes = user.has_perm("meetings.change_practice", practice)
    reviews = user.has_perm("meetings.review_practice", practice)

    assert changes == (who == "coordinator" or (who == "editor" and not state))
    assert reviews == (who == "coordinator")


@pytest.mark.parametrize("what", ["practice", "lesson", "challenge"])
def test_readers_and_strangers_enter_nothing(what):
    practice = PracticeFactory()
    reader = MembershipFactory(group=practice.group, role=Membership.Role.READER).user
    editor = MembershipFactory(group=practice.group).user
    permission = f"meetings.add_{what}"

    allowed = [
        user.has_perm(permission, practice.group)
        for user in (editor, reader, UserFactory(), AnonymousUser())
    ]

    assert allowed == [True, False, False, False]


def test_a_lesson_and_a_challenge_are_known_by_name():
    lesson = LessonFactory(practice__title="Abwärme", verdict=Lesson.Verdict.ADAPT)

    assert str(lesson).endswith(": Abwärme")
    assert {str(ChallengeFactory(title="Wie?")), str(Challenge(title="Wo?"))} == {"Wie?", "Wo?"}
    assert Practice.objects.get() == lesson.practice
