"""Inviting, answering by the link in the mail, and the own calendar, in a real browser."""

import pytest
from django.conf import settings as portal
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from groups.models import WorkingGroup
from groups.services.accounts import enrol_totp
from meetings.loading import load_demo
from meetings.models import Meeting, Participation
from meetings.services.subscribing import make_link
from tests.browser import axe, on_each_device
from tests.browsing.test_meetings import sign_in
from tests.factories import WorkingGroupFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.meetings.mailing import invited

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def group(transactional_db: None) -> WorkingGroup:
    group: WorkingGroup = WorkingGroupFactory(slug=portal.DEFAULT_GROUP)
    load_demo(group)
    return group


@on_each_device
def test_the_pages_of_an_invitation_are_accessible_and_one_click_answers(
    open_page, site, group, settings, options
):
    coordinator = coordinator_of(group)
    enrol_totp(coordinator, SECRET)
    make_link(coordinator)
    meeting = Meeting.objects.get()
    person = invited(meeting, name="Ana Ejemplo", email="ana@example.org")

    def look(page):
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(page)

    guest = open_page(**options)
    guest.goto(reverse("meeting_mails:answer", args=[person.pk, person.token]))
    look(guest)
    guest.get_by_role("button", name=_("I am coming")).click()
    expect(guest.get_by_role("status")).to_contain_text("Ana Ejemplo")
    look(guest)
    assert Participation.objects.get(pk=person.pk).answer == "coming"

    desk = sign_in(open_page(**options), coordinator, site, settings)
    for address in (
        reverse("meeting_mails:invite", args=[meeting.slug]),
        reverse("meeting_mails:cancel", args=[meeting.slug]),
        reverse("meeting_mails:my_calendar"),
    ):
        desk.goto(address)
        look(desk)
