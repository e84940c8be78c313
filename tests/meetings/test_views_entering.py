"""A coordinator enters, changes, copies and moves whole meetings."""

from datetime import date, time
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from in4green.activity.models import LogEntry
from meetings.forms.sheet import SESSION_IS_USED
from meetings.models import Meeting, Session
from meetings.models.programme import ROOM_TAKEN
from meetings.services.minutes import begin_minutes
from tests.factories import MeetingFactory, SessionFactory, SiteVisitFactory
from tests.meetings.desks import data_of_sheet

pytestmark = pytest.mark.django_db
NEW = {
    "title": "Treffen in Musterstadt",
    "kind": "transnational",
    "begins_on": "2026-05-05",
    "ends_on": "2026-05-06",
    "precision": "day",
    "time_zone": "Europe/Berlin",
    "languages": ["de", "en"],
    "written_in": "de",
    "status": "planned",
    "sessions": "2",
    "visits": "1",
    "session-0-title": "Begrüßung",
    "session-0-kind": "plenary",
    "session-0-day": "2026-05-05",
    "session-0-starts": "09:00",
    "session-0-ends": "09:30",
    "session-0-room": "Saal",
    "visit-0-step_free": "unknown",
}


@pytest.fixture
def meeting(group) -> Meeting:
    meeting: Meeting = MeetingFactory(group=group, published=True)
    return meeting


def edit(meeting: Meeting) -> str:
    return reverse("meetings:edit", args=[meeting.slug])


def test_a_whole_meeting_is_entered_on_one_page(desk, group, coordinator):
    response = desk.post(reverse("meetings:new"), {**NEW, "group": group.pk})

    meeting = Meeting.objects.get()
    assert response.url == meeting.get_absolute_url() == "/treffen/2026-treffen-in-musterstadt/"
    assert (meeting.group, meeting.languages, meeting.is_public) == (group, ["de", "en"], False)
    session = meeting.sessions.get()
    assert (session.title, session.starts, session.room) == ("Begrüßung", time(9), "Saal")
    assert not meeting.visits.exists()
    entry = LogEntry.objects.about(meeting).get()
    assert (entry.action, entry.actor) == ("meetings.entered", coordinator)


def test_another_row_is_added_without_losing_or_judging_what_was_typed(desk, group):
    sent = {**NEW, "title": "", "session-1-title": "Noch offen", "add": "session"}

    response = desk.post(reverse("meetings:new"), sent)

    page = response.content.decode()
    assert not Meeting.objects.exists()
    assert len(response.context["sheet"].sessions) == 3
    assert "Noch offen" in page
    assert "error-summary" not in page


def test_errors_stand_beside_their_fields_and_in_a_summary_that_leads_there(desk, group):
    wrong = {
        **NEW,
        "group": group.pk,
        "ends_on": "2026-05-05",
        "session-1-title": "Zu spät",
        "session-1-kind": "content",
        "session-1-day": "2026-05-06",
    }

    page = unescape(desk.post(reverse("meetings:new"), wrong).content.decode())

    assert page.count(_("This day is outside the days of the meeting.")) == 2
    assert 'href="#id_session-1-day"' in page
    assert not Meeting.objects.exists()


def test_a_room_that_is_taken_is_told_with_the_other_sessions_name(desk, group):
    clash = {
        **NEW,
        "group": group.pk,
        "session-1-title": "Zugleich",
        "session-1-kind": "content",
        "session-1-day": "2026-05-05",
        "session-1-starts": "09:15",
        "session-1-ends": "10:00",
        "session-1-room": "saal",
    }

    page = desk.post(reverse("meetings:new"), clash).content.decode()

    assert f"{ROOM_TAKEN} (Begrüßung)" in page
    assert not Meeting.objects.exists()


def test_two_sessions_change_rooms_in_one_go(desk, meeting):
    one = SessionFactory(meeting=meeting, room="A")
    two = SessionFactory(meeting=meeting, room="B")
    data = data_of_sheet(desk.get(edit(meeting)))
    data |= {"session-0-room": "B", "session-1-room": "A"}

    assert desk.post(edit(meeting), data).status_code == 302

    rooms = dict(Session.objects.values_list("pk", "room"))
    assert rooms == {one.pk: "B", two.pk: "A"}


def test_saving_without_a_change_changes_no_version(desk, meeting):
    SessionFactory(meeting=meeting, notes="Mitschrift")
    SiteVisitFactory(meeting=meeting)

    assert desk.post(edit(meeting), data_of_sheet(desk.get(edit(meeting)))).status_code == 302

    assert Meeting.objects.get().version == Session.objects.get().version == 1
    assert meeting.visits.get().version == 1


def test_a_change_raises_the_sequence_that_calendars_see(desk, meeting):
    data = data_of_sheet(desk.get(edit(meeting))) | {"place": "Rathaus"}

    desk.post(edit(meeting), data)

    assert Meeting.objects.get().sequence == 1


def test_a_session_is_removed(desk, meeting):
    SessionFactory(meeting=meeting)
    data = data_of_sheet(desk.get(edit(meeting))) | {"session-0-remove": "on"}

    assert desk.post(edit(meeting), data).status_code == 302

    assert not meeting.sessions.exists()


def test_whoever_saves_a_session_second_sees_both_versions_and_loses_nothing(desk, meeting):
    SessionFactory(meeting=meeting, notes="alt", room="Saal", speakers="")
    mine = data_of_sheet(desk.get(edit(meeting))) | {
        "session-0-notes": "meins",
        "session-0-track": "A",
    }
    theirs = data_of_sheet(desk.get(edit(meeting))) | {
        "session-0-notes": "ihres",
        "session-0-room": "Werkraum",
    }
    assert desk.post(edit(meeting), theirs).status_code == 302

    second = desk.post(edit(meeting), mine)

    page = unescape(second.content.decode())
    told = {"who": "Erika Beispiel", "what": "ihres"}
    both = _("%(who)s has saved this here meanwhile: “%(what)s”. Your own is still in the field.")
    assert both % told in page
    shown = data_of_sheet(second)
    kept = {name: shown[f"session-0-{name}"] for name in ("notes", "room", "track")}
    assert kept == {"notes": "meins", "room": "Werkraum", "track": "A"}
    assert Session.objects.get().notes == "ihres"
    assert desk.post(edit(meeting), shown).status_code == 302
    session = Session.objects.get()
    assert (session.notes, session.room, session.track) == ("meins", "Werkraum", "A")
    assert session.version == 3


def test_a_session_with_minutes_is_not_removed_by_a_tick(desk, meeting, coordinator):
    session = SessionFactory(meeting=meeting)
    begin_minutes(meeting, by=coordinator, session=session)

    data = data_of_sheet(desk.get(edit(meeting))) | {"session-0-remove": "on"}
    response = desk.post(edit(meeting), data)

    assert response.status_code == 200
    assert str(SESSION_IS_USED) in unescape(response.content.decode())
    assert meeting.sessions.get() == session


def test_cancelling_is_not_one_choice_among_others(desk, meeting):
    data = data_of_sheet(desk.get(edit(meeting)))
    assert desk.post(edit(meeting), data | {"status": "cancelled"}).status_code == 200

    Meeting.objects.update(status="cancelled", cancelled_at=timezone.now())
    data = data_of_sheet(desk.get(edit(meeting))) | {"title": "Anders"}
    assert "status" not in data
    desk.post(edit(meeting), data)
    meeting.refresh_from_db()
    assert (meeting.title, meeting.is_cancelled) == ("Anders", True)


def test_what_somebody_removed_meanwhile_can_be_entered_anew(desk, meeting):
    session = SessionFactory(meeting=meeting, title="Klingen")
    data = data_of_sheet(desk.get(edit(meeting))) | {"session-0-notes": "Mitschrift"}
    session.delete()

    second = desk.post(edit(meeting), data)
    assert not meeting.sessions.exists()
    assert desk.post(edit(meeting), data_of_sheet(second)).status_code == 302

    assert meeting.sessions.get().notes == "Mitschrift"


def test_a_copy_has_the_programme_on_its_own_days_without_notes(desk, meeting):
    SessionFactory(meeting=meeting, day=date(2026, 5, 6), title="Klingen", notes="geheim", room="A")

    response = desk.post(reverse("meetings:copy", args=[meeting.slug]), {"first_day": "2027-03-01"})

    copy = Meeting.objects.exclude(pk=meeting.pk).get()
    assert response.url == edit(copy)
    assert (copy.begins_on, copy.ends_on) == (date(2027, 3, 1), date(2027, 3, 2))
    assert (copy.status, copy.is_public) == (Meeting.Status.PLANNED, False)
    session = copy.sessions.get()
    assert (session.day, session.room, session.notes) == (date(2027, 3, 2), "A", "")
    assert session.uid != meeting.sessions.get().uid


def test_a_meeting_moves_with_its_sessions(desk, meeting):
    SessionFactory(meeting=meeting)

    desk.post(reverse("meetings:move", args=[meeting.slug]), {"what": "", "to": "2026-06-01"})

    meeting.refresh_from_db()
    assert (meeting.begins_on, meeting.ends_on) == (date(2026, 6, 1), date(2026, 6, 2))
    assert (meeting.sessions.get().day, meeting.sequence) == (date(2026, 6, 1), 1)


def test_a_day_moves_within_its_meeting(desk, meeting):
    SessionFactory(meeting=meeting)
    address = reverse("meetings:move", args=[meeting.slug])

    outside = desk.post(address, {"what": "2026-05-05", "to": "2026-06-01"})
    inside = desk.post(address, {"what": "2026-05-05", "to": "2026-05-06"})

    assert _("This day is outside the days of the meeting.") in outside.content.decode()
    assert inside.status_code == 302
    assert meeting.sessions.get().day == date(2026, 5, 6)


def test_a_day_does_not_move_onto_a_taken_room(desk, meeting):
    SessionFactory(meeting=meeting, room="Saal", title="eins")
    SessionFactory(meeting=meeting, room="Saal", title="zwei", day=date(2026, 5, 6))

    response = desk.post(
        reverse("meetings:move", args=[meeting.slug]), {"what": "2026-05-05", "to": "2026-05-06"}
    )

    told = {"one": "eins", "other": "zwei"}
    sentence = _("“%(one)s” and “%(other)s” would be in one room at the same time.") % told
    assert sentence in unescape(response.content.decode())


@pytest.mark.parametrize("name", ["edit", "copy", "move"])
def test_only_coordination_changes_a_meeting(client, meeting, member, name):
    address = reverse(f"meetings:{name}", args=[meeting.slug])
    assert client.get(address).status_code == 302
    client.force_login(member)

    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code == 403
    assert client.get(reverse("meetings:new")).status_code == 403


def test_another_groups_coordinator_finds_nothing_to_change(desk):
    foreign = MeetingFactory()

    assert desk.get(edit(foreign)).status_code == 404
    assert desk.post(edit(foreign), {}).status_code == 404
