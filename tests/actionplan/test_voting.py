"""The group votes on its plan."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from actionplan import results
from actionplan.models import Approval, Section, Vote
from actionplan.services import voting
from groups.models import Membership
from in4green.livetext.models import TextVersion
from tests.actionplan.reviews import all_vote, in_days, vote_on
from tests.factories import MembershipFactory
from tests.meetings.mailing import deliver
from tests.plan_factories import SectionFactory, SectionTextFactory

pytestmark = pytest.mark.django_db


def test_coordination_and_editors_vote_and_readers_do_not(plan, coordinator, member, reader):
    approval = vote_on(plan, by=coordinator)

    assert {vote.user for vote in approval.votes.all()} == {coordinator, member}
    with pytest.raises(PermissionDenied):
        voting.vote(approval, choice="yes", by=reader)


def test_it_is_known_which_state_of_which_text_was_voted_on(plan, coordinator):
    row = SectionTextFactory(section__plan=plan, section__title="Ausgangslage")
    Section.objects.update(title_en="Context")
    SectionTextFactory(section__plan=plan, section__deleted_at=timezone.now())

    [state] = vote_on(plan, by=coordinator).states

    version = TextVersion.objects.get(text=row.text)
    assert version.kind == TextVersion.Kind.STATUS
    assert state == {
        "section": row.section_id,
        "title": "Ausgangslage",
        "title_en": "Context",
        "language": "de",
        "text": row.text_id,
        "epoch": 1,
        "seq": 0,
        "version": version.pk,
    }


def test_those_who_vote_are_told_and_only_as_long_as_they_have_not_voted(plan, coordinator, member):
    approval = vote_on(plan, by=coordinator, words="Der ganze Plan.")
    voting.vote(approval, choice="yes", by=coordinator)

    [mail] = deliver()
    assert mail.to == [member.email]
    assert "Der ganze Plan." in mail.body


def test_a_second_vote_is_not_opened_while_one_is_open(plan, coordinator):
    vote_on(plan, by=coordinator)

    with pytest.raises(ValidationError):
        vote_on(plan, by=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(plan=plan, quorum=1, majority=1, closes_on=in_days(1))
    voting.close(plan.approvals.get(), by=coordinator)

    assert vote_on(plan, by=coordinator).is_open


def test_a_vote_is_changed_and_stays_one_vote(plan, coordinator, member):
    approval = vote_on(plan, by=coordinator)
    for choice in ("yes", "yes", "no"):
        voting.vote(approval, choice=choice, reason="Weil.", by=member)

    vote = approval.votes.get(user=member)
    assert (vote.choice, vote.reason) == ("no", "Weil.")
    assert voting.count(approval).cast == 1


@pytest.mark.parametrize("over", ["closed", "by_its_day"])
def test_who_comes_too_late_changes_nothing(plan, coordinator, member, over):
    approval = vote_on(plan, by=coordinator, closes_on=in_days(0))
    if over == "closed":
        voting.close(approval, by=coordinator)
    tomorrow = timezone.now() + timedelta(days=1 if over == "by_its_day" else 0)

    with time_machine.travel(tomorrow, tick=False), pytest.raises(ValidationError):
        voting.vote(approval, choice="yes", by=member)
    assert approval.votes.get(user=member).choice == ""


@pytest.mark.parametrize(
    ("choices", "outcome"),
    [
        (["yes"] * 3, "agreed"),
        (["yes", "yes", "no"], "agreed"),
        (["yes", "no", "abstain"], "refused"),  # half is not more than half
        (["yes", "abstain", "abstain"], "agreed"),
        (["abstain"] * 3, "refused"),
        (["yes", "yes"], "too_few"),
    ],
)
def test_quorum_and_majority_make_the_outcome(plan, coordinator, choices, outcome):
    approval = vote_on(plan, by=coordinator, voters=5)  # six with coordination: three needed
    all_vote(approval, *choices)

    closed = voting.close(approval, by=coordinator)

    assert (closed.needed, closed.outcome) == (3, outcome)


def test_the_rules_are_those_of_the_day_on_which_it_was_opened(plan, coordinator):
    plan.quorum, plan.majority = 100, 100
    plan.save()
    approval = vote_on(plan, by=coordinator, voters=1)
    plan.quorum, plan.majority = 1, 1
    plan.save()
    all_vote(approval, "yes")

    closed = voting.close(approval, by=coordinator)

    assert (closed.quorum, closed.majority, closed.outcome) == (100, 100, "too_few")


@pytest.mark.parametrize(("last", "outcome"), [("yes", "agreed"), ("no", "refused")])
def test_a_majority_of_a_hundred_percent_means_all_of_them(plan, coordinator, last, outcome):
    plan.majority = 100
    plan.save()
    approval = vote_on(plan, by=coordinator, voters=2)
    all_vote(approval, "yes", "yes", last)

    assert voting.close(approval, by=coordinator).outcome == outcome


def test_who_leaves_votes_no_more_but_a_vote_that_was_cast_counts(plan, coordinator, member):
    left = MembershipFactory(group=plan.group).user
    approval = vote_on(plan, by=coordinator)
    voting.vote(approval, choice="no", by=member)
    Membership.objects.filter(user__in=[member, left]).update(
        starts_on=in_days(-9), ends_on=in_days(-1)
    )

    with pytest.raises(PermissionDenied):
        voting.vote(approval, choice="yes", by=left)
    closed = voting.close(approval, by=coordinator)
    assert (closed.entitled, closed.against) == (2, 1)


def test_who_joins_later_waits_for_the_next_vote(plan, coordinator):
    approval = vote_on(plan, by=coordinator)
    late = MembershipFactory(group=plan.group).user

    with pytest.raises(PermissionDenied):
        voting.vote(approval, choice="yes", by=late)
    assert voting.count(approval).entitled == 1


def test_a_closed_vote_is_counted_once_for_good_and_told_to_all(plan, coordinator, member, reader):
    approval = vote_on(plan, by=coordinator)
    all_vote(approval, "yes", "yes")
    closed = voting.close(approval, by=coordinator)
    member.delete()
    again = voting.close(approval, by=None)

    assert (again.closed_at, again.closed_by) == (closed.closed_at, coordinator)
    assert (again.entitled, again.in_favour) == (2, 2)
    assert Vote.objects.get(user=None).who == "ehemaliges Mitglied"
    told = {mail.to[0]: mail for mail in deliver()}
    assert set(told) == {coordinator.email, reader.email}
    assert "Abgestimmt: 2 von 2 haben abgestimmt, nötig war" in told[reader.email].body


def test_the_result_is_said_in_one_sentence():
    count = results.Count(entitled=14, needed=7, in_favour=8, against=1, abstained=0)
    assert results.in_words(count, "agreed") == (
        "Abgestimmt: 9 von 14 haben abgestimmt, nötig waren 7; 8 dafür, 1 dagegen"
    )
    few = results.Count(entitled=14, needed=7, in_favour=1, against=1, abstained=2)
    assert results.in_words(few, "too_few") == (
        "Zu wenige haben abgestimmt: 4 von 14 haben abgestimmt, nötig waren 7;"
        " 1 dafür, 1 dagegen, 2 Enthaltungen"
    )


@pytest.mark.parametrize(
    ("entitled", "quorum", "needed"), [(14, 50, 7), (15, 50, 8), (3, 1, 1), (0, 50, 1), (7, 100, 7)]
)
def test_so_many_must_vote(entitled, quorum, needed):
    assert results.needed(entitled, quorum) == needed


def test_a_section_that_goes_later_changes_nothing_of_what_was_voted_on(plan, coordinator):
    section = SectionFactory(plan=plan)
    SectionTextFactory(section=section)
    approval = vote_on(plan, by=coordinator)
    section.delete()

    approval.refresh_from_db()
    assert len(approval.states) == 1
