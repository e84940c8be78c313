"""All on paper that a meeting needs."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from meetings.models import FollowUp, Needs
from meetings.pack import FIELDS, meeting_pack
from tests.common.test_documents import tags
from tests.factories import (
    MeetingFactory,
    MembershipFactory,
    ParticipationFactory,
    SessionFactory,
    SiteVisitFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group):
    day = timezone.localdate() + timedelta(days=3)
    return MeetingFactory(
        group=group, title="Werkstatt", begins_on=day, ends_on=day, is_public=True
    )


def pack(meeting, *, with_sheets, language="de"):
    with translation.override(language):
        made = meeting_pack(meeting, with_sheets=with_sheets)
    return pikepdf.open(io.BytesIO(made))


def headings(document):
    return [tag for tag in tags(document) if tag in ("H1", "H2")]


def test_a_pack_has_programme_open_follow_ups_visits_and_a_form_for_each_place(meeting, group):
    SessionFactory(
        meeting=meeting, title='#read("/etc/passwd")', day=meeting.begins_on, room="Saal"
    )
    SiteVisitFactory(meeting=meeting, name="Härterei")
    held = MeetingFactory(group=group)
    FollowUp.objects.create(meeting=held, number=1, what="Karte", who="Musterfirma")

    document = pack(meeting, with_sheets=False)

    # Programme and its day, what is open, visits and the place, a form for it and one for others.
    assert headings(document) == ["H1", "H2", "H1", "H1", "H2", "H1", "H1"]
    assert tags(document).count("TR") == 2
    assert len(document.pages) == 3


def test_sheets_to_sign_come_on_wide_pages_with_everybody_expected(meeting):
    ParticipationFactory(meeting=meeting, name="Ana Ejemplo")

    without, with_sheets = (pack(meeting, with_sheets=each) for each in (False, True))

    wide = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in with_sheets.pages]
    assert wide == [False, False, True]
    assert len(without.pages) == 2
    assert tags(with_sheets).count("TR") == 1 + 1 + 6  # a head, one person, some who just come


def test_an_english_pack_is_english(meeting):
    document = pack(meeting, with_sheets=False, language="en")

    assert document.Root.Lang == "en"
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Meeting pack: Werkstatt"


def test_members_get_no_names_and_nobody_gets_what_people_need(client, desk, meeting, group):
    person = ParticipationFactory(meeting=meeting, name="Ana Ejemplo")
    Needs.objects.create(participation=person, diet="keine Nüsse")
    page = reverse("reports:pack", args=[meeting.slug])
    coordinations = desk.get(page)
    client.force_login(MembershipFactory(group=group).user)
    members = client.get(page)
    client.force_login(MembershipFactory().user)

    assert client.get(page).status_code == 403
    sizes = [len(pikepdf.open(io.BytesIO(each.content)).pages) for each in (members, coordinations)]
    assert sizes == [2, 3]
    assert members.headers["Content-Type"] == "application/pdf"


def test_a_form_asks_for_what_a_card_of_a_practice_has():
    assert {"title", "problem", "solution", "results", "obstacles"} <= FIELDS.keys()
