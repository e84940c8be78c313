"""Mails about a meeting through everything that is real: beat's tasks, worker, relay, SMTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from django.utils import timezone
from icalendar import Calendar
from kombu import Connection

from meetings import tasks
from meetings.models import Correspondence, Meeting
from meetings.services.inviting import invite
from meetings.services.telling import note_change
from meetings.timing import today_at
from tests.factories import MeetingFactory, coordinator_of


@pytest.fixture
def queue(valkey) -> Iterator[Connection]:
    """The one that the worker reads; the pool of this process may hold those of earlier tests."""
    with current_app.connection_for_write(valkey.url) as connection:
        yield connection


def noon_somewhere() -> str:
    """A time zone in which the reminders' hour has come and the day is not about to end."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def entry(received) -> tuple[str, str, int]:
    """METHOD, UID and SEQUENCE, as the recipient's calendar reads them; and it is attached too."""
    parts = [
        part
        for part in received.message.walk()
        if part.get_content_type() in ("text/calendar", "application/ics")
    ]
    texts = {part.get_payload(decode=True).replace(b"\r\n", b"\n").strip() for part in parts}
    assert [part.get_content_type() for part in parts] == ["text/calendar", "application/ics"]
    assert len(texts) == 1
    calendar = Calendar.from_ical(texts.pop())
    assert parts[0].get_param("method") == calendar["method"]
    [event] = calendar.events
    return str(calendar["method"]), str(event["uid"]), event["sequence"]


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_an_invitation_a_change_and_a_reminder_arrive(group, smtp_server, spawn, queue):
    worker, relay = spawn.worker(), spawn.relay()
    meeting = MeetingFactory(group=group, title="Wärme", time_zone=noon_somewhere())
    tomorrow = today_at(meeting) + timedelta(days=1)
    Meeting.objects.update(begins_on=tomorrow, ends_on=tomorrow)
    coordinator = coordinator_of(group)
    worker.wait_for_output("ready")
    relay.wait_for_output("listening")

    invite(meeting, who="new", by=coordinator)
    [invitation] = smtp_server.wait_for_messages(1, 30)

    assert invitation.recipients == [coordinator.email]
    assert invitation.subject == "Einladung: Wärme"
    assert "/antwort/" in invitation.text
    assert "/antwort/" in invitation.html
    assert entry(invitation) == ("REQUEST", str(meeting.uid), 0)

    changed = Meeting.objects.get()
    changed.place, changed.version = "Saal 2", 2
    changed.save()
    note_change(changed)
    Correspondence.objects.update(tell_at=timezone.now())
    tasks.tell_changes.apply_async(connection=queue)
    change = smtp_server.wait_for_messages(2, 30)[1]

    assert change.subject == "Geändert: Wärme"
    assert entry(change) == ("REQUEST", str(meeting.uid), 1)

    tasks.send_reminders.apply_async(connection=queue)
    reminder = smtp_server.wait_for_messages(3, 30)[2]
    assert reminder.subject == "Morgen: Wärme"
