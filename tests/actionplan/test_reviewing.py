"""Asking members and other cities for a review, and ending it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actionplan.models import Review
from actionplan.services import reviewing
from in4green.activity.models import Delivery, LogEntry
from tests.actionplan.reviews import in_days, peer_of, review_of
from tests.factories import CityFactory, MembershipFactory
from tests.meetings.mailing import deliver
from tests.plan_factories import SectionFactory

pytestmark = pytest.mark.django_db


def test_those_who_are_asked_get_one_mail_each_with_the_words_and_the_day(
    plan, coordinator, member, reader
):
    review = review_of(plan, by=coordinator, people=[member, reader], words="Vor allem Kapitel 2.")

    mails = deliver()
    assert {mail.to[0] for mail in mails} == {member.email, reader.email}
    assert mails[0].subject == f"Bitte durchsehen: {plan.title}"
    assert "Vor allem Kapitel 2." in mails[0].body
    assert review.get_absolute_url() in mails[0].body
    assert list(review.requests.values_list("answered_at", flat=True)) == [None, None]
    assert LogEntry.objects.filter(action="reviews.requested", actor=coordinator).exists()


def test_who_is_not_of_the_group_can_not_be_asked(plan, coordinator):
    stranger = MembershipFactory().user

    review = review_of(plan, by=coordinator, people=[stranger])

    assert not review.requests.exists()


def test_a_city_gets_one_link_in_its_language_that_lasts_longer_than_the_day(plan, coordinator):
    cities = [CityFactory(language="de"), CityFactory(language="pt")]
    review = review_of(plan, by=coordinator, cities=cities)
    reviewing.ask_more(review, due_on=review.due_on, cities=cities, by=coordinator)

    links = {link.city: link for link in review.peers.all()}
    assert {city: link.language for city, link in links.items()} == dict(
        zip(cities, ("de", "en"), strict=True)
    )
    assert all(link.is_open and link.expires_at.date() > review.due_on for link in links.values())
    assert not Delivery.objects.exists()  # the link is sent by a person, to an address


def test_asking_again_asks_only_those_who_were_not_asked(plan, coordinator, member, reader):
    review = review_of(plan, by=coordinator, people=[member])
    reviewing.ask_more(review, due_on=review.due_on, people=[member, reader], by=coordinator)

    assert review.requests.count() == 2
    assert len(deliver()) == 2


def test_a_later_day_reminds_anew_and_keeps_links_open(plan, coordinator, member):
    review = review_of(plan, by=coordinator, people=[member])
    link = peer_of(review, by=coordinator)
    for rows in (review.requests, review.peers):
        rows.update(reminded_at=timezone.now())

    reviewing.ask_more(review, due_on=in_days(60), by=coordinator)

    review.refresh_from_db()
    link.refresh_from_db()
    assert review.due_on == in_days(60)
    assert link.expires_at > timezone.now() + timedelta(days=60)
    assert link.reminded_at is None
    assert review.requests.get().reminded_at is None


def test_a_closed_review_takes_nothing_any_more_and_forgets_addresses(plan, coordinator, member):
    review = review_of(plan, by=coordinator)
    link = peer_of(review, by=coordinator)
    review.peers.update(address="stadt@example.org")

    for _n in range(2):
        reviewing.close(review, by=coordinator)

    link.refresh_from_db()
    assert (link.address, link.state) == ("", "closed")
    assert LogEntry.objects.filter(action="reviews.closed").count() == 1
    for act in (
        lambda: reviewing.ask_more(review, due_on=in_days(1), people=[member], by=coordinator),
        lambda: reviewing.say_nothing_to_add(review, by=member),
    ):
        with pytest.raises(ValidationError):
            act()


def test_who_has_nothing_to_add_has_answered(plan, coordinator, member, reader):
    review = review_of(plan, by=coordinator, people=[member])
    for user in (member, member, reader):
        reviewing.say_nothing_to_add(review, by=user)

    assert {row.user for row in review.requests.exclude(answered_at=None)} == {member, reader}


@pytest.mark.parametrize("meanwhile", ["answered", "closed", "left"])
def test_a_mail_that_lay_in_the_queue_is_dropped_once_it_is_no_longer_due(
    plan, coordinator, member, meanwhile
):
    review = review_of(plan, by=coordinator, people=[member])
    if meanwhile == "answered":
        reviewing.say_nothing_to_add(review, by=member)
    elif meanwhile == "closed":
        reviewing.close(review, by=coordinator)
    else:
        member.memberships.update(starts_on=in_days(-9), ends_on=in_days(-1))

    assert deliver() == []


def test_a_list_of_reviews_counts_each_once_and_is_the_groups_own(plan, coordinator, member):
    review = review_of(plan, by=coordinator, people=[member, coordinator])
    review.sections.add(SectionFactory(plan=plan))
    peer_of(review, by=coordinator)
    peer_of(review, by=coordinator)
    reviewing.say_nothing_to_add(review, by=member)

    found = Review.objects.visible_to(member).with_answers().get()
    assert (found.asked, found.answered, found.said) == (4, 1, 0)
    assert not Review.objects.visible_to(MembershipFactory().user).exists()
