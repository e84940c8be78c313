"""Pages of a vote: opened, voted twice by one click too many, closed, read afterwards."""

import pytest
from django.urls import reverse

from actionplan.models import Approval
from actionplan.services import voting
from actionplan.services.sections import write
from tests.actionplan.reviews import all_vote, in_days, vote_on
from tests.factories import MembershipFactory
from tests.livetext.writing import doc, p, text
from tests.meetings.desks import signed_in
from tests.plan_factories import SectionTextFactory

pytestmark = pytest.mark.django_db


def read(client, approval) -> str:
    return client.get(approval.get_absolute_url()).content.decode()


def test_coordination_opens_a_vote_and_is_told_the_rules_before(desk, plan, member):
    address = reverse("plan:new_vote", args=[plan.slug])
    assert "2 Personen sind stimmberechtigt" in desk.get(address).content.decode()

    answer = desk.post(address, {"closes_on": in_days(5).isoformat(), "words": "Alles."})

    assert answer.url == Approval.objects.get().get_absolute_url()
    again = desk.post(address, {"closes_on": in_days(5).isoformat(), "words": "Meine Worte"})
    assert "Über diesen Plan wird bereits abgestimmt." in again.content.decode()
    assert "Meine Worte" in again.content.decode()


def test_a_member_votes_changes_it_and_a_double_click_is_one_vote(plan, coordinator, member):
    approval = vote_on(plan, by=coordinator)
    client = signed_in(member)
    for choice in ("yes", "yes", "no"):
        client.post(approval.get_absolute_url(), {"choice": choice, "reason": "Weil."})

    assert approval.votes.get(user=member).choice == "no"
    said = read(client, approval)
    assert "1 von 2 haben bisher abgestimmt" in said
    assert "Meine Stimme ändern" in said


def test_how_others_vote_is_seen_only_when_it_is_over(plan, coordinator, member, reader):
    approval = vote_on(plan, by=coordinator)
    voting.vote(approval, choice="no", reason="Zu teuer.", by=member)
    client = signed_in(reader)

    assert "Zu teuer." not in read(client, approval)
    assert "Hier haben Sie keine Stimme" in read(client, approval)

    voting.close(approval, by=coordinator)
    said = read(client, approval)
    assert "Zu teuer." in said
    assert "Abgelehnt: 1 von 2 haben abgestimmt, nötig war 1; 0 dafür, 1 dagegen" in said


def test_no_choice_is_no_vote_and_the_reason_stays(plan, coordinator, member):
    approval = vote_on(plan, by=coordinator)

    said = signed_in(member).post(approval.get_absolute_url(), {"reason": "Mein Grund"})

    assert "Mein Grund" in said.content.decode()
    assert approval.votes.get(user=member).choice == ""


def test_who_votes_too_late_is_told_and_keeps_what_was_typed(plan, coordinator, member):
    approval = vote_on(plan, by=coordinator, closes_on=in_days(0))
    Approval.objects.update(closes_on=in_days(-1))  # and nobody has counted yet

    said = signed_in(member).post(
        approval.get_absolute_url(), {"choice": "yes", "reason": "Mein Grund"}
    )

    assert "Diese Abstimmung ist beendet." in said.content.decode()
    assert "Mein Grund" in said.content.decode()


def test_the_page_says_which_texts_have_been_changed_since(plan, coordinator, member):
    rows = [SectionTextFactory(section__plan=plan, section__title=t) for t in ("Eins", "Zwei")]
    approval = vote_on(plan, by=coordinator)
    assert "seitdem geändert" not in read(signed_in(member), approval)

    write(rows[0], doc(p(text("Neu."))), by=coordinator)

    assert read(signed_in(member), approval).count("seitdem geändert") == 1


def test_coordination_closes_it_once(desk, plan, coordinator):
    approval = vote_on(plan, by=coordinator)
    all_vote(approval, "yes")
    address = reverse("plan:close_vote", args=[plan.slug, approval.pk])
    for _click in range(2):
        assert desk.post(address).url == approval.get_absolute_url()

    assert Approval.objects.get().outcome == "agreed"
    assert "Abgestimmt: 1 von 1" in read(desk, approval)


def test_members_neither_open_nor_close_and_others_see_nothing(plan, coordinator, member):
    approval = vote_on(plan, by=coordinator)
    close = reverse("plan:close_vote", args=[plan.slug, approval.pk])
    client = signed_in(member)

    assert client.post(close).status_code == 403
    assert client.get(reverse("plan:new_vote", args=[plan.slug])).status_code == 403
    stranger = signed_in(MembershipFactory().user)
    assert stranger.get(approval.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_as_often_for_many_as_for_one(
    plan, coordinator, member, count, django_assert_num_queries
):
    SectionTextFactory.create_batch(count, section__plan=plan)
    approval = vote_on(plan, by=coordinator, voters=count)
    client = signed_in(member)
    read(client, approval)

    with django_assert_num_queries(12):
        read(client, approval)
