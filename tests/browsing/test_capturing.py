"""A practice captured on a phone while the network comes and goes."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from meetings.models import Practice, SiteVisit
from tests.browser import PHONE, OpenPage, axe
from tests.factories import (
    MeetingFactory,
    MembershipFactory,
    SiteVisitFactory,
    WorkingGroupFactory,
)
from tests.livetext.live import session_of

pytestmark = pytest.mark.django_db(transaction=True)
FIRST_SAYS = "document.querySelector('.capture__state p:not([hidden])')?.dataset.say"


@pytest.fixture
def visit(transactional_db: None, settings) -> SiteVisit:
    group = WorkingGroupFactory(slug=settings.DEFAULT_GROUP)
    visit: SiteVisit = SiteVisitFactory(meeting=MeetingFactory(group=group))
    return visit


@pytest.fixture
def phone(open_page: OpenPage, visit: SiteVisit, site: str, settings) -> Page:
    user = MembershipFactory(group=visit.meeting.group).user
    page = open_page(**PHONE)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    return page


def test_a_practice_survives_a_lost_network_and_a_closed_tab_and_arrives_once(
    phone: Page, visit: SiteVisit
) -> None:
    phone.goto(visit.meeting.get_absolute_url())
    place = phone.get_by_role("region", name=visit.name)
    place.get_by_role("link", name=_("Capture a practice")).click()
    expect(phone.get_by_label(_("What is it?"))).to_be_visible()
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_label(_("What is it?")).fill("Wärme aus dem Kanal")
    phone.context.set_offline(True)
    phone.get_by_role("button", name=_("Save")).click()
    phone.wait_for_function(f"{FIRST_SAYS} === 'waiting'")
    axe(phone)
    address = phone.url

    later = phone.context.new_page()  # while the first tab is gone
    phone.close()
    phone.context.set_offline(False)
    later.goto(address)
    expect(later.get_by_role("heading", name=_("Saved"))).to_be_focused()
    later.get_by_role("link", name=_("Look at the practice")).click()

    expect(later.get_by_role("heading", level=1)).to_have_text("Wärme aus dem Kanal")
    assert list(Practice.objects.get().visits.all()) == [visit]
    assert later.evaluate("localStorage.length") == 0


def test_who_is_signed_out_meanwhile_signs_in_and_finds_it_sent(
    phone: Page, visit: SiteVisit, settings
) -> None:
    address = f"{reverse('meetings:capture', args=[visit.meeting.slug])}?visit={visit.pk}"
    phone.goto(address)
    cookies = phone.context.cookies()
    phone.get_by_label(_("What is it?")).fill("Strom vom Dach")
    phone.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    phone.get_by_role("button", name=_("Save")).click()
    expect(phone.get_by_role("link", name=_("Sign in, and it is sent"))).to_be_visible()

    phone.context.add_cookies(cookies)  # type: ignore[arg-type]
    phone.goto(address)

    expect(phone.get_by_role("heading", name=_("Saved"))).to_be_focused()
    assert Practice.objects.get().title == "Strom vom Dach"
