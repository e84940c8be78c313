"""The report of a meeting: assembled from the record, then written by people."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from in4green.livetext.archive import reading, versions
from meetings.models import Decision, FollowUp, Meeting, MeetingText
from meetings.services import minutes, participating, reports
from tests.factories import (
    LessonFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    PracticeFactory,
    SessionFactory,
    SiteVisitFactory,
    coordinator_of,
)
from tests.livetext.people import editor_of, reader_of
from tests.meetings.attending import attend

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group) -> Meeting:
    held: Meeting = MeetingFactory(
        group=group, title="Werkstatt", status="held", place="Saal", objective="Wärme < Kälte"
    )
    return held


@pytest.fixture
def editor(group):
    return editor_of(group)


def report_of(meeting, editor) -> str:
    row = reports.begin_report(meeting, by=editor)
    return reading.html(fresh(row).text)


def test_a_report_tells_the_programme_with_what_came_out_of_it(meeting, editor):
    SessionFactory(
        meeting=meeting, title="Abwärme", notes="Zeile 1\nZeile 2\n\n<b>roh</b>",
        outcomes="Eine Karte", ends=time(11, 30),
    )  # fmt: skip

    html = report_of(meeting, editor)

    assert "<strong>Ziel:</strong> Wärme &lt; Kälte" in html
    assert "<h3>Abwärme</h3><p>09:00–11:30 · Inhaltliche Sitzung</p>" in html
    assert "<p>Zeile 1<br>Zeile 2</p><p>&lt;b&gt;roh&lt;/b&gt;</p>" in html
    assert "<p><strong>Was dabei herauskam</strong></p><p>Eine Karte</p>" in html


def test_who_took_part_is_organisations_and_numbers_and_no_name(meeting, editor):
    for name in ("Nora Namentlich", "Stille Stefanie"):
        person = ParticipationFactory(meeting=meeting, name=name, organisation="Musterfirma")
        attend(person)
        participating.agree_to_be_named(person, by=None)
    ParticipationFactory(meeting=meeting, organisation="Nie da", answer="coming")

    html = report_of(meeting, editor)

    assert "2 Personen waren da." in html
    assert "Musterfirma" in html
    assert "Namentlich" not in html
    assert "Nie da" not in html


def test_who_meant_to_come_is_no_part_of_a_report(meeting, editor):
    ParticipationFactory(meeting=meeting, organisation="Nie da", answer="coming")

    html = report_of(meeting, editor)

    assert "Nie da" not in html
    assert "Wer teilgenommen hat" not in html


def test_decisions_and_follow_ups_name_organisations_and_nobody_else(meeting, editor, group):
    Decision.objects.create(meeting=meeting, number=1, text="Monatlich", decided_by="alle")
    member = MembershipFactory(group=group, user__name="Max Muster").user
    firm = OrganisationFactory(name="Musterfirma")
    FollowUp.objects.create(
        meeting=meeting, number=1, what="Karte", member=member, who="Ihr Bruder", organisation=firm
    )

    html = report_of(meeting, editor)

    assert "<ol><li><p>Monatlich (alle)</p></li></ol>" in html
    assert "Karte · Musterfirma" in html
    assert "Max Muster" not in html
    assert "Bruder" not in html


def test_public_practices_and_lessons_are_linked_and_drafts_stay_out(meeting, editor, group):
    Meeting.objects.update(is_public=True, status="published")
    meeting.refresh_from_db()
    visit = SiteVisitFactory(meeting=meeting, name="Härterei")
    shown = PracticeFactory(group=group, title="Offen", published=True)
    draft = PracticeFactory(group=group, title="Geheim")
    for practice in (shown, draft):
        practice.visits.add(visit)
    LessonFactory(group=group, practice=None, visit=visit, because="passt", is_public=True)

    html = report_of(meeting, editor)

    assert f'href="http://testserver{shown.get_absolute_url()}"' in html.replace(
        "http://localhost:8000", "http://testserver"
    )
    assert "– passt" in html
    assert "Geheim" not in html


def test_a_report_is_in_the_language_of_the_record(meeting, editor):
    Meeting.objects.update(written_in="en")
    meeting.refresh_from_db()

    assert "<h2>In brief</h2>" in report_of(meeting, editor)


def test_a_report_is_begun_once_and_never_overwritten(meeting, editor):
    row = reports.begin_report(meeting, by=editor)
    put(row, "<p>Von Hand</p>", editor)

    assert reports.begin_report(meeting, by=coordinator_of(meeting.group)) == row
    assert reading.html(fresh(row).text) == "<p>Von Hand</p>"


def test_what_is_recorded_later_is_added_below_what_people_wrote(meeting, editor):
    row = reports.begin_report(meeting, by=editor)
    put(row, "<p>Von Hand</p>", editor)
    Decision.objects.create(meeting=meeting, number=1, text="Später beschlossen")

    reports.append_record(fresh(row), by=editor)

    html = reading.html(fresh(row).text)
    assert html.startswith("<p>Von Hand</p><h2>Aus den Aufzeichnungen, Stand: ")
    assert "Später beschlossen" in html


def test_assembling_anew_keeps_what_people_wrote_as_a_version(meeting, editor):
    row = reports.begin_report(meeting, by=editor)
    put(row, "<p>Von Hand</p>", editor)

    reports.assemble_again(fresh(row), by=editor)

    assert "Von Hand" not in reading.html(fresh(row).text)
    (kept,) = row.text.versions.filter(kind="named")
    assert "Von Hand" in str(versions.content(kept))


def put(row, html, by):
    from in4green.livetext.content.html_in import from_html

    minutes.write(row.text, from_html(html), by=by)


def fresh(row):
    return MeetingText.objects.select_related("text", "meeting__group").get(pk=row.pk)


def address(name, meeting, *args):
    return reverse(f"reports:{name}", args=[meeting.slug, *args])


@pytest.mark.parametrize(("who", "answer"), [(editor_of, 302), (reader_of, 403)])
def test_whoever_writes_begins_the_report(client, meeting, who, answer):
    client.force_login(who(meeting.group))

    assert client.post(address("begin", meeting)).status_code == answer
    assert MeetingText.objects.filter(kind="report").exists() == (answer == 302)
    assert client.get(address("again", meeting)).status_code in (200, 403)


def test_before_the_meeting_there_is_nothing_to_report(client, meeting, editor):
    day = timezone.localdate() + timedelta(days=3)
    Meeting.objects.update(begins_on=day, ends_on=day, status="planned")
    client.force_login(editor)

    page = client.post(address("begin", meeting))

    assert page.content.decode().count("Ein Bericht wird nach dem Treffen geschrieben") == 2
    assert not MeetingText.objects.exists()
    shown = client.get(meeting.get_absolute_url()).content.decode()
    assert address("begin", meeting) not in shown


def test_a_record_that_is_too_long_for_a_text_is_told_and_begins_nothing(
    client, meeting, editor, settings
):
    settings.LIVETEXT = {**settings.LIVETEXT, "UPLOAD_BYTES": 1000}
    SessionFactory(meeting=meeting, notes="Wort " * 300)
    client.force_login(editor)

    page = client.post(address("begin", meeting))

    assert "Dieser Text ist zu groß" in page.content.decode()
    assert not MeetingText.objects.exists()


def test_the_meeting_leads_to_the_report_as_long_as_there_is_none(client, meeting, editor):
    client.force_login(editor)
    before = client.get(meeting.get_absolute_url()).content.decode()
    row = reports.begin_report(meeting, by=editor)
    after = client.get(meeting.get_absolute_url()).content.decode()

    assert address("begin", meeting) in before
    assert address("begin", meeting) not in after
    assert row.get_absolute_url() in after
    assert client.get(address("begin", meeting)).url == row.get_absolute_url()


@pytest.mark.parametrize("how", ["append", "replace"])
def test_taking_in_what_is_new_leads_back_to_the_report(client, meeting, editor, how):
    row = reports.begin_report(meeting, by=editor)
    put(row, "<p>Von Hand</p>", editor)
    client.force_login(editor)

    assert client.post(address("again", meeting), {"how": how}).url == row.get_absolute_url()
    assert ("Von Hand" in reading.html(fresh(row).text)) == (how == "append")


def test_an_approved_report_takes_nothing_in(client, meeting, editor):
    row = reports.begin_report(meeting, by=editor)
    put(row, "<p>Von Hand</p>", editor)
    minutes.approve(fresh(row), by=editor)
    client.force_login(editor)

    page = client.post(address("again", meeting), {"how": "replace"})

    assert "Der Bericht ist freigegeben" in page.content.decode()
    assert "Von Hand" in reading.html(fresh(row).text)
