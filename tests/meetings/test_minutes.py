"""Minutes: begun with the agenda, written together, approved, read by everybody at last."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from in4green.activity.models import LogEntry
from in4green.livetext.archive import reading
from in4green.livetext.models import TextVersion
from in4green.livetext.owners import Access, access
from meetings.models import FollowUp, MeetingText
from meetings.services import agreed, minutes
from tests.factories import MeetingFactory, MembershipFactory, SessionFactory, UserFactory
from tests.factories import coordinator_of as coordinator_of_group
from tests.groups.signing_in import sign_in_staff
from tests.livetext.people import editor_of, reader_of
from tests.livetext.talking import write

pytestmark = pytest.mark.django_db
WHO = ["coordinator", "editor", "reader", "other", "stranger", "superuser"]


def person(who, group):
    match who:
        case "coordinator":
            return coordinator_of_group(group)
        case "superuser":
            return UserFactory(is_superuser=True)
        case "other":
            return MembershipFactory().user
        case "stranger":
            return AnonymousUser()
    return {"editor": editor_of, "reader": reader_of}[who](group)


@pytest.fixture
def meeting(group):
    return MeetingFactory(group=group, title="Werkstatt")


@pytest.fixture
def editor(group):
    return editor_of(group)


@pytest.fixture
def row(meeting, editor):
    return minutes.begin_minutes(meeting, by=editor)


def follow_up(meeting, number=1, **fields):
    fields = {"what": "Karte zeichnen", "who": "Musterfirma", **fields}
    return FollowUp.objects.create(meeting=meeting, number=number, **fields)


def decision_data(**fields):
    return {"text": "Wir treffen uns monatlich.", "decided_by": "", "decided_on": "", **fields}


def follow_up_data(**fields):
    return {"what": "Karte zeichnen", "who": "Musterfirma", "due": "", **fields}


@pytest.mark.parametrize("state", ["open", "approved", "published"])
@pytest.mark.parametrize("who", WHO)
def test_list_permission_and_owner_agree_on_who_reads_minutes(row, who, state):
    if state != "open":
        minutes.approve(row, by=row.begun_by)
    if state == "published":
        row.meeting.is_public, row.meeting.status = True, "published"
        row.meeting.save()
    row.refresh_from_db()
    user = person(who, row.meeting.group)
    inside = who not in ("other", "stranger")

    assert MeetingText.objects.visible_to(user).contains(row) == (inside or state == "published")
    assert user.has_perm("meetings.view_meetingtext", row) == (inside or state == "published")
    wanted = Access.READ if inside or state == "published" else Access.NOTHING
    if state == "open" and who in ("coordinator", "editor", "superuser"):
        wanted = Access.WRITE
    assert access(user, row.text) == wanted


def test_minutes_begin_with_the_programme_and_what_earlier_meetings_left(meeting, editor):
    earlier = MeetingFactory(group=meeting.group, begins_on=date(2026, 1, 1))
    follow_up(earlier)
    SessionFactory(meeting=meeting, title="Abwärme & Wir")

    row = minutes.begin_minutes(meeting, by=editor)

    row.text.refresh_from_db()
    html = reading.html(row.text)
    assert "<h2>Abwärme &amp; Wir</h2>" in html
    assert "Karte zeichnen · Musterfirma" in html


def test_who_begins_second_gets_to_the_first_text(row, meeting, editor):
    assert minutes.begin_minutes(meeting, by=editor) == row
    assert list(LogEntry.objects.values_list("action", flat=True)) == ["minutes.begun"]


def test_a_part_has_minutes_of_its_own(client, row, meeting, editor):
    session = SessionFactory(meeting=meeting, title="Rundgang")
    client.force_login(editor)

    client.post(reverse("minutes:begin", args=[meeting.slug]), {"session": session.pk})

    own = MeetingText.objects.get(session=session)
    assert own != row
    assert "Rundgang" in client.get(own.get_absolute_url()).content.decode()


def test_approving_keeps_a_named_version_and_ends_the_writing(client, row, group):
    sign_in_staff(client, coordinator_of_group(group))

    client.post(reverse("minutes:approve", args=[row.meeting.slug, row.pk]))

    row.refresh_from_db()
    version = TextVersion.objects.get(text=row.text, kind=TextVersion.Kind.STATUS)
    assert (row.is_approved, version.label) == (True, "Freigegeben")
    assert "data-editor" not in client.get(row.get_absolute_url()).content.decode()
    assert LogEntry.objects.filter(action="minutes.approved").exists()


def test_approving_twice_is_told_and_opening_again_lets_write(client, row, group):
    sign_in_staff(client, coordinator_of_group(group))
    approve = reverse("minutes:approve", args=[row.meeting.slug, row.pk])
    client.post(approve)

    again = client.post(approve, follow=True).content.decode()
    client.post(reverse("minutes:reopen", args=[row.meeting.slug, row.pk]))

    assert _("This text is approved already.") in again
    assert "data-editor" in client.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["approve", "reopen"])
def test_only_coordination_approves(client, row, editor, name):
    client.force_login(editor)

    assert client.post(reverse(f"minutes:{name}", args=["x", row.pk])).status_code == 404
    address = reverse(f"minutes:{name}", args=[row.meeting.slug, row.pk])
    assert client.post(address).status_code == 403


def test_strangers_read_published_minutes_but_not_how_they_came_about(client, row):
    write(row.text, row.begun_by, "Öffentlich")
    assert client.get(row.get_absolute_url()).status_code == 404
    minutes.approve(row, by=row.begun_by)
    row.meeting.is_public, row.meeting.status = True, "published"
    row.meeting.save()

    assert "Öffentlich" in client.get(row.get_absolute_url()).content.decode()
    client.force_login(MembershipFactory().user)
    version = row.text.versions.get()
    for name, *args in (["versions"], ["compare"], ["version", version.pk]):
        address = reverse(f"text:{name}", args=[row.text_id, *args])
        assert client.get(address).status_code == 404, name


def test_a_decision_entered_beside_the_minutes_leads_back_to_them(client, row, editor):
    client.force_login(editor)
    address = reverse("minutes:new_decision", args=[row.meeting.slug])

    answer = client.post(address, decision_data(text="Erstens") | {"text": "Erstens"})
    client.post(address, decision_data(text="Zweitens"))

    assert answer["Location"].endswith("#decision-1")
    numbers = row.meeting.decisions.order_by("number").values_list("number", "text")
    assert list(numbers) == [(1, "Erstens"), (2, "Zweitens")]
    assert "Zweitens" in client.get(row.get_absolute_url()).content.decode()


def test_a_follow_up_needs_somebody_and_nothing_typed_is_lost(client, row, editor):
    client.force_login(editor)
    address = reverse("minutes:new_follow_up", args=[row.meeting.slug])

    page = client.post(address, follow_up_data(who="", what="Nur so")).content.decode()

    assert _("Please say who does it: a member, an organisation, or else.") in page
    assert 'value="Nur so"' in page
    assert not FollowUp.objects.exists()


def test_two_people_who_change_a_decision_lose_no_word(client, meeting, editor, group):
    client.force_login(editor)
    client.post(reverse("minutes:new_decision", args=[meeting.slug]), decision_data())
    row = meeting.decisions.get()
    address = reverse("minutes:decision", args=[meeting.slug, row.pk])
    form = client.get(address).context["form"]
    opened = {name: form[name].value() for name in ("pk", "version", "base")}
    opened["base"] = form.fields["base"].prepare_value(form.initial["base"])
    client.post(address, decision_data(text="Der andere") | opened)

    second = client.post(address, decision_data(text="Ich") | opened).content.decode()

    row.refresh_from_db()
    assert row.text == "Der andere"
    assert "Der andere" in second
    assert "Ich</textarea>" in second


@pytest.mark.parametrize("who", WHO)
def test_who_may_write_down_and_close_what_was_agreed(row, who):
    user = person(who, row.meeting.group)
    todo = follow_up(row.meeting)
    writes = who in ("coordinator", "editor", "superuser")

    assert user.has_perm("meetings.add_agreed", row.meeting) == writes
    assert user.has_perm("meetings.close_followup", todo) == writes
    minutes.approve(row, by=row.begun_by)
    later = who in ("coordinator", "superuser")
    assert user.has_perm("meetings.add_agreed", row.meeting) == later


def test_a_reader_closes_what_he_has_taken_on(row):
    reader = reader_of(row.meeting.group)

    assert reader.has_perm("meetings.close_followup", follow_up(row.meeting, member=reader))


@pytest.mark.parametrize("name", ["new_decision", "new_follow_up", "begin"])
def test_readers_enter_nothing(client, row, name):
    client.force_login(reader_of(row.meeting.group))

    assert client.get(reverse(f"minutes:{name}", args=[row.meeting.slug])).status_code == 403


def coming(group, days, **fields):
    day = timezone.localdate() + timedelta(days=days)
    return MeetingFactory(group=group, begins_on=day, ends_on=day, **fields)


def on_agenda(meeting):
    return list(FollowUp.objects.on_agenda_of(meeting))


def test_what_is_open_stands_on_the_next_agenda_alone_until_it_is_closed(meeting, group, editor):
    following, later = coming(group, 7), coming(group, 14)
    other = coming(MeetingFactory().group, 7)
    todo = follow_up(meeting)

    assert (on_agenda(following), on_agenda(later), on_agenda(other)) == ([todo], [], [])
    assert on_agenda(meeting) == []
    agreed.close_follow_up(todo, at=following, state="done", reason="", by=editor)

    todo.refresh_from_db()
    assert (todo.state, todo.closed_in) == ("done", following)
    assert (on_agenda(following), on_agenda(later)) == ([todo], [])


def test_a_cancelled_meeting_keeps_nothing_from_the_one_after_it(meeting, group):
    coming(group, 7, status="cancelled", cancelled_at=timezone.now())
    todo = follow_up(meeting)

    assert on_agenda(coming(group, 14)) == [todo]


def test_a_past_meeting_keeps_what_stood_on_its_agenda(group, editor):
    first = MeetingFactory(group=group, begins_on=date(2026, 1, 1), ends_on=date(2026, 1, 1))
    second = MeetingFactory(group=group, begins_on=date(2026, 2, 1), ends_on=date(2026, 2, 1))
    todo = agreed.close_follow_up(follow_up(first), at=first, state="done", reason="", by=editor)

    assert on_agenda(second) == [todo]
    assert todo.closed_in is None  # its own meeting was over


def test_dropping_needs_a_reason_and_closing_twice_is_told(client, meeting, editor):
    todo = follow_up(meeting)
    client.force_login(editor)
    address = reverse("minutes:close_follow_up", args=[meeting.slug, todo.pk])

    asked = client.post(address, {"state": "dropped", "reason": ""}).content.decode()
    client.post(address, {"state": "dropped", "reason": "Zu teuer"})
    told = client.post(address, {"state": "done", "reason": ""}, follow=True).content.decode()

    todo.refresh_from_db()
    assert _("Please say why it is dropped.") in asked
    assert (todo.state, todo.reason) == ("dropped", "Zu teuer")
    assert _("Somebody has closed this meanwhile.") in told


def test_a_closed_follow_up_is_opened_again(client, meeting, editor):
    todo = agreed.close_follow_up(
        follow_up(meeting), at=meeting, state="done", reason="", by=editor
    )
    client.force_login(editor)

    client.post(reverse("minutes:reopen_follow_up", args=[meeting.slug, todo.pk]))

    todo.refresh_from_db()
    assert (todo.state, todo.closed_at, todo.closed_in) == ("open", None, None)


def test_nobody_closes_what_is_not_on_this_meetings_page(client, meeting, editor):
    todo = follow_up(MeetingFactory())
    client.force_login(editor)
    address = reverse("minutes:close_follow_up", args=[meeting.slug, todo.pk])

    assert client.get(address).status_code == 404


def test_my_follow_ups_wait_on_my_start_page_and_say_that_they_are_late(client, meeting, editor):
    follow_up(meeting, member=editor, due=timezone.localdate() - timedelta(days=1))
    follow_up(meeting, number=2, what="Fremdes", member=editor_of(meeting.group))
    client.force_login(editor)

    page = client.get(reverse("member:home")).content.decode()

    assert "Karte zeichnen" in page
    assert _("late") in page
    assert "Fremdes" not in page


def test_the_public_sees_what_was_agreed_without_people(client, group, editor):
    published = MeetingFactory(group=group, published=True)
    follow_up(published, who="Petra Probe", member=editor)

    page = client.get(published.get_absolute_url()).content.decode()

    assert "Karte zeichnen" in page
    assert "Petra Probe" not in page
    assert editor.name not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_minutes_asks_the_same_for_any_number_of_rows(
    client, row, editor, count, django_assert_num_queries
):
    for number in range(1, count + 1):
        follow_up(row.meeting, number=number, member=editor)
        row.meeting.decisions.create(number=number, text="So")
    client.force_login(editor)

    with django_assert_num_queries(QUERIES):
        client.get(row.get_absolute_url())


QUERIES = 31
