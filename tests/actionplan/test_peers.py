"""Links for people of other cities: sent, renewed, withdrawn, held against others."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplan.models import PeerLink
from actionplan.services import peers, reviewing
from tests.actionplan.reviews import peer_of, review_of
from tests.factories import MembershipFactory
from tests.meetings.mailing import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(plan, coordinator):
    return peer_of(review_of(plan, by=coordinator, words="Ist das machbar?"), by=coordinator)


def test_the_mail_holds_the_link_and_the_words_and_the_address_is_kept_for_the_reminder(
    link, coordinator
):
    peers.send(link, address="stadt@example.org", words="Guten Tag, Ana!", by=coordinator)

    [mail] = deliver()
    assert mail.to == ["stadt@example.org"]
    assert f"{link.pk}/{link.token}/" in mail.body
    assert "Guten Tag, Ana!" in mail.body
    assert "Ist das machbar?" in mail.body
    link.refresh_from_db()
    assert link.address == "stadt@example.org"


def test_a_renewed_link_has_a_new_address_and_the_one_before_leads_nowhere(link, coordinator):
    before = link.token
    peers.renew(link, until=timezone.now() + timedelta(days=3), by=coordinator)

    link.refresh_from_db()
    assert peers.find_link(link.pk, before) is None
    assert peers.find_link(link.pk, link.token) == link


def test_a_forged_token_finds_nothing(link):
    assert peers.find_link(link.pk, "x" * 32) is None


def test_a_withdrawn_link_is_not_sent_and_its_address_is_forgotten(link, coordinator):
    peers.send(link, address="stadt@example.org", words="", by=coordinator)
    peers.withdraw(link, by=coordinator)

    link.refresh_from_db()
    assert (link.state, link.address) == ("revoked", "")
    assert deliver() == []
    with pytest.raises(ValidationError):
        peers.send(link, address="stadt@example.org", words="", by=coordinator)


def test_the_link_of_a_closed_review_is_neither_renewed_nor_finished(link, coordinator):
    reviewing.close(link.review, by=coordinator)

    with pytest.raises(ValidationError):
        peers.renew(link, until=timezone.now() + timedelta(days=3), by=coordinator)
    with pytest.raises(ValidationError):
        peers.finish(link)


def test_coordination_hears_once_that_a_city_has_said_all(link, plan):
    for _n in range(2):
        peers.finish(link)

    assert plan.group.coordination_address in {mail.to[0] for mail in deliver()}
    link.refresh_from_db()
    assert link.answered_at is not None
    assert peers.find_link(link.pk, link.token).is_open


def test_only_coordination_of_the_group_sees_links(link, member, coordinator):
    assert PeerLink.objects.visible_to(coordinator).contains(link)
    assert not PeerLink.objects.visible_to(member).exists()
    assert not PeerLink.objects.visible_to(MembershipFactory(role="coordinator").user).exists()
