"""Several files are sent at once, each with its bar; pictures appear where they belong."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Page, Route, expect

from groups.services.accounts import enrol_totp
from meetings.models import Document, Meeting, Photo
from meetings.services import files, renditions
from tests.browser import OpenPage, axe
from tests.factories import MeetingFactory, WorkingGroupFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.livetext.live import session_of
from tests.meetings.uploading import photo_of
from tests.support.pages import Watch
from tests.support.uploads import pdf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(transactional_db: None, settings) -> Meeting:
    group = WorkingGroupFactory(slug=settings.DEFAULT_GROUP)
    meeting: Meeting = MeetingFactory(group=group, published=True)
    return meeting


@pytest.fixture
def desk(open_page: OpenPage, meeting: Meeting, site: str, settings) -> Page:
    coordinator = coordinator_of(meeting.group)
    enrol_totp(coordinator, SECRET)
    page = open_page()
    session = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(coordinator), "url": site}
    page.context.add_cookies([session])  # type: ignore[list-item]
    return page


def test_one_of_several_files_is_refused_and_the_others_are_kept(
    desk: Page, meeting: Meeting, watch: Watch, site: str
) -> None:
    address = reverse("files:of_meeting", args=[meeting.slug])
    bars = []

    def look(route: Route) -> None:
        if route.request.method == "POST":
            bars.append(desk.get_by_role("progressbar").get_attribute("aria-label"))
        route.continue_()

    desk.route(f"**{address}", look)
    desk.goto(address)
    good = {"mimeType": "application/pdf", "buffer": pdf().read()}
    bad = {"name": "halle.png", "mimeType": "image/png", "buffer": b"<script>alert(1)</script>"}
    sent = [{"name": "eins.pdf", **good}, bad, {"name": "zwei.pdf", **good}]
    desk.get_by_label(_("Files and pictures")).set_input_files(sent)  # type: ignore[arg-type]
    desk.get_by_role("button", name=_("Upload")).click()

    told = desk.get_by_role("link", name=_("Show what was kept"))
    expect(told).to_be_focused()
    wrong = "This is not a whole PNG, JPEG or WebP picture, or not the one that its name says."
    expect(desk.locator(".upload__list li")).to_have_text(
        [f"eins.pdf: {_('is kept')}", f"halle.png: {_(wrong)}", f"zwei.pdf: {_('is kept')}"]
    )
    expect(desk.locator(".upload__list .is-refused")).to_have_count(1)
    assert bars == ["eins.pdf", "halle.png", "zwei.pdf"]
    assert watch.faults == [f"400 for {site}{address}"]
    watch.faults.clear()
    axe(desk)
    told.click()
    expect(desk.get_by_role("link", name="zwei", exact=True)).to_be_visible()
    assert list(Document.objects.values_list("title", flat=True)) == ["eins", "zwei"]


def test_pages_with_pictures_are_accessible_and_show_them(desk: Page, meeting: Meeting) -> None:
    shown = photo_of(meeting, state=Photo.State.UPLOADED, agreed=[True])
    renditions.prepare(shown.pk)
    files.publish_photo(shown, by=None)
    waiting = photo_of(meeting, state=Photo.State.UPLOADED, alt="", agreed=[False])
    files.attach(pdf(), to=meeting, by=None)

    for address in (meeting.get_absolute_url(), shown.get_absolute_url()):
        desk.goto(address)
        picture = desk.get_by_role("img", name=shown.alt)
        picture.scroll_into_view_if_needed()
        source = picture.evaluate("async img => { await img.decode(); return img.currentSrc }")
        assert source.endswith(f"{shown.uid}/40.avif")
        axe(desk)
    desk.goto(waiting.get_absolute_url())
    axe(desk)
