"""People, minutes, report and files of a meeting in a real browser."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from groups.models import User, WorkingGroup
from meetings import loading, record_demo
from meetings.models import Meeting, MeetingText, Printout
from meetings.services import minutes, printouts
from tests.browser import PHONE, OpenPage, axe
from tests.browsing.test_meetings import coordinator, group, sign_in  # noqa: F401
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(group: WorkingGroup, coordinator: User, settings, tmp_path) -> Meeting:  # noqa: F811
    """What the demo has, so that the demo is looked at as well."""
    settings.MEDIA_ROOT = tmp_path / "media"
    MembershipFactory(group=group, user__name="Max Muster")
    assert loading.load_demo(group)
    assert record_demo.load_demo(group)
    # Read, not written: the editor has tests of its own.
    for row in MeetingText.objects.select_related("text"):
        minutes.approve(row, by=coordinator)
    return Meeting.objects.get(slug=record_demo.HELD)


def pages_of(held: Meeting) -> list[str]:
    coming = Meeting.objects.get(slug=loading.DEMO_SLUG)
    guest = coming.participations.get(name="Gudrun Gast")
    report = held.texts.get(kind="report")
    of_report = [held.slug, report.pk]
    return [
        held.get_absolute_url(),
        coming.get_absolute_url(),
        reverse("attendance:people", args=[coming.slug]),
        reverse("attendance:needs", args=[coming.slug]),
        reverse("attendance:needs_of", args=[coming.slug, guest.pk]),
        reverse("attendance:person", args=[coming.slug, guest.pk]),
        reverse("attendance:own_part", args=[coming.slug]),
        reverse("attendance:record", args=[held.slug]),
        reverse("attendance:totals"),
        report.get_absolute_url(),
        reverse("reports:printouts", args=of_report),
        reverse("reports:again", args=[held.slug]),
        reverse("minutes:close_follow_up", args=[coming.slug, held.followups.first().pk]),
        reverse("minutes:decision", args=[held.slug, held.decisions.first().pk]),
    ]


def test_every_page_about_people_and_minutes_is_accessible_and_fits_a_phone(
    open_page: OpenPage, site: str, held: Meeting, coordinator: User, settings  # noqa: F811
) -> None:  # fmt: skip
    page = sign_in(open_page(**PHONE, color_scheme="dark"), coordinator, site, settings)

    for address in pages_of(held):
        page.goto(address)
        assert page.url.endswith(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        axe(page)


def test_a_pasted_list_is_looked_at_and_a_report_is_fetched_without_scripts(
    open_page: OpenPage, site: str, held: Meeting, coordinator: User, settings  # noqa: F811
) -> None:  # fmt: skip
    page = sign_in(open_page(java_script_enabled=False), coordinator, site, settings)
    page.goto(reverse("attendance:import", args=[held.slug]))
    page.get_by_role("textbox").fill("Name;E-Mail\nNeu Neumann;neu@beispiel.example\n;kaputt")
    page.get_by_role("button").last.click()
    expect(page.locator(".planned tbody tr")).to_have_count(2)

    report = held.texts.get(kind="report")
    page.goto(reverse("reports:printouts", args=[held.slug, report.pk]))
    make_printouts()
    page.get_by_role("link", name=_("Look now")).click()
    fetch_pdf(page)


def test_a_page_that_waits_for_a_file_looks_by_itself(
    open_page: OpenPage, site: str, held: Meeting, coordinator: User, settings  # noqa: F811
) -> None:  # fmt: skip
    page = sign_in(open_page(), coordinator, site, settings)
    report = held.texts.get(kind="report")
    page.goto(reverse("reports:printouts", args=[held.slug, report.pk]))
    make_printouts()
    expect(page.get_by_role("status")).to_contain_text(_("Ready to be downloaded."))
    fetch_pdf(page)


def make_printouts() -> None:
    """Both were asked for when the report was approved."""
    for printout_id in Printout.objects.values_list("pk", flat=True):
        printouts.make(printout_id)


def fetch_pdf(page: Page) -> None:
    link = page.locator("main a[href$='/']", has_text="PDF,")
    expect(link).to_be_visible()
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename == "demo-auftakt-bericht.pdf"
