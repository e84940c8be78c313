"""Coordination invites partner cities and reviews what they hand in."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from groups.member_area import of_member, waiting_for
from groups.models import WorkingGroup
from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery
from meetings import guest_demo, links, queues
from meetings.models import GuestLink
from meetings.services import guests
from tests.factories import (
    CityFactory,
    GuestLinkFactory,
    MeetingFactory,
    PracticeFactory,
    coordinator_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(group):
    return GuestLinkFactory(group=group)


def page(link) -> str:
    return reverse("guest_links:link", args=[link.pk])


def in_days(n: int) -> str:
    return (timezone.localdate() + timedelta(days=n)).isoformat()


def test_coordination_makes_a_link_for_a_city(desk, group, coordinator):
    city = CityFactory()
    sent = {"group": group.pk, "city": city.pk, "language": "en", "until": in_days(10)}
    answer = desk.post(reverse("guest_links:list"), sent)

    link = GuestLink.objects.get()
    assert answer.url == page(link)
    assert (link.group, link.city, link.created_by) == (group, city, coordinator)
    assert timezone.localdate(link.expires_at).isoformat() == in_days(10)
    with translation.override("en"):
        assert links.guest_url(link) in desk.get(page(link)).content.decode()


@pytest.mark.parametrize("days", [-1, 400])
def test_a_link_is_valid_for_some_days_and_not_for_ever(desk, group, days):
    city = CityFactory()
    sent = {"group": group.pk, "city": city.pk, "language": "en", "until": in_days(days)}
    answer = desk.post(reverse("guest_links:list"), sent)

    assert list(answer.context["form"].errors) == ["until"]
    assert not GuestLink.objects.exists()


def test_a_link_for_another_group_is_not_made(desk, group):
    other = GuestLinkFactory()
    sent = {"group": other.group_id, "city": group.city_id, "language": "en", "until": in_days(9)}

    assert "group" in desk.post(reverse("guest_links:list"), sent).context["form"].errors
    assert desk.get(page(other)).status_code == 404


def test_members_and_strangers_see_no_links(client, link, member):
    assert client.get(page(link)).status_code == 302
    client.force_login(member)
    assert client.get(page(link)).status_code == 404
    assert client.get(reverse("guest_links:list")).status_code == 403


def test_the_link_is_sent_in_the_language_of_the_city_while_it_is_open(desk, group):
    link = GuestLinkFactory(group=group, language="en")
    words = "Please add the costs."
    desk.post(page(link), {"action": "send", "address": "ana@aviles.example", "words": words})

    delivery = Delivery.objects.get()
    kind = get_kind("guests.link")
    with translation.override(delivery.language):
        letter = kind.write(delivery)
    assert (delivery.address, delivery.language) == ("ana@aviles.example", "en")
    assert letter.url.endswith(f"/en/guest/{link.pk}/{link.token}/")
    assert words in letter.paragraphs
    assert kind.still_due(delivery)

    guests.withdraw(link, by=None)
    fresh = Delivery.objects.get()
    assert not kind.still_due(fresh)
    refused = desk.post(page(link), {"action": "send", "address": "ana@aviles.example"})
    assert refused.context["send"].non_field_errors()
    assert Delivery.objects.count() == 1


def test_a_link_is_withdrawn_and_renewed(desk, link, client):
    before = links.guest_url(link)
    desk.post(page(link), {"action": "withdraw"})
    link.refresh_from_db()
    assert link.state == "revoked"

    desk.post(page(link), {"action": "renew", "until": in_days(5)})
    link.refresh_from_db()
    assert link.is_open
    assert links.guest_url(link) != before


def test_what_was_handed_in_is_sent_back_and_open_again(desk, link):
    refused = desk.post(page(link), {"action": "send_back"}, follow=True)
    assert "Nur was abgegeben wurde" in refused.content.decode()

    guests.hand_in(guests.lock(link))
    GuestLink.objects.update(expires_at=timezone.now())
    desk.post(page(link), {"action": "send_back"})

    link.refresh_from_db()
    assert link.is_open
    assert link.expires_at > timezone.now() + timedelta(days=13)


def test_coordination_opens_a_draft_meeting_at_the_city_for_its_guest(desk, group, link):
    there = MeetingFactory(group=group, host=link.city)
    elsewhere = MeetingFactory(group=group, host=CityFactory())
    public = MeetingFactory(group=group, host=link.city, is_public=True)
    for meeting in (there, elsewhere, public):
        desk.post(page(link), {"action": "open", "meeting": meeting.pk})

    assert list(link.meetings.all()) == [there]
    assert desk.post(page(link), {"action": "unheard-of"}).status_code == 404


def test_what_guests_enter_waits_for_review_once_they_have_handed_in(
    desk, group, link, coordinator
):
    practice = PracticeFactory(group=group, city=link.city, guest_link=link)
    meeting = MeetingFactory(group=group, host=link.city)
    link.meetings.add(meeting)
    queue = reverse("practices:queue")
    while_open = desk.get(queue).context
    assert (list(while_open["practices"]), list(while_open["meetings"])) == ([], [])

    guests.hand_in(guests.lock(link))

    handed_in = desk.get(queue).context
    assert list(handed_in["practices"]) == [practice]
    assert list(handed_in["meetings"]) == [meeting]
    told = [task.text for task in waiting_for(coordinator, of_member(coordinator))]
    assert any("1 Treffen einer Partnerstadt" in text for text in told)
    meeting.is_public = True
    meeting.save()
    assert list(desk.get(queue).context["meetings"]) == []


def test_practices_of_a_link_that_was_withdrawn_wait_as_well(desk, group, link):
    practice = PracticeFactory(group=group, city=link.city, guest_link=link)
    guests.withdraw(link, by=None)

    assert list(desk.get(reverse("practices:queue")).context["practices"]) == [practice]


def test_coordination_hears_that_a_city_has_handed_in_unless_it_is_sent_back(group, link):
    coordinator = coordinator_of(group)
    guests.hand_in(guests.lock(link))

    kind = get_kind("guests.handed_in")
    delivery = Delivery.objects.get(user=coordinator)
    assert page(link) in kind.write(delivery).url
    assert kind.still_due(delivery)
    guests.send_back(link, by=coordinator)
    assert not kind.still_due(Delivery.objects.get(user=coordinator))


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_of_links_asks_as_often_for_many_as_for_one(
    desk, group, count, django_assert_num_queries
):
    for _n in range(count):
        GuestLinkFactory(group=group)
    desk.get(reverse("guest_links:list"))

    with django_assert_num_queries(6):
        desk.get(reverse("guest_links:list"))


def test_the_demo_has_one_city_at_work_and_nothing_of_it_waits_yet(settings):
    settings.COORDINATION_ADDRESS = "koordination@solingen.example"
    call_command("load_reference")
    group = WorkingGroup.objects.default()
    coordinator = coordinator_of(group)

    assert guest_demo.load_demo(group)
    assert not guest_demo.load_demo(group)

    link = GuestLink.objects.get()
    assert link.is_open
    practice = link.practices.get()
    assert practice.is_draft
    assert not queues.practices_for(coordinator).contains(practice)
