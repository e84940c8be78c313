"""Two people save the same session in the same moment, each over a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from django.db import connection, transaction
from django.test import Client

from groups.services.accounts import enrol_totp
from meetings.models import Session
from meetings.services.entering import lock
from tests.factories import MeetingFactory, SessionFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.meetings.desks import data_of_sheet
from tests.meetings.test_views_entering import edit
from tests.support.waiting import wait_for

NAMES = ("Anna Beispiel", "Bela Beispiel")


def desk_of(group, name) -> Client:
    user = coordinator_of(group, name=name)
    enrol_totp(user, SECRET)
    client = Client()
    client.force_login(user)
    return client


def waiting() -> int:
    """How many connections wait for somebody else's transaction."""
    with connection.cursor() as cursor:
        # Within a transaction the first look would be kept.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def save(client, address, data):
    try:
        return client.post(address, data)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_in_the_same_moment_the_second_sees_both_and_nothing_is_lost(group):
    meeting = MeetingFactory(group=group)
    SessionFactory(meeting=meeting, notes="alt", room="Saal")
    address = edit(meeting)
    desks = {name: desk_of(group, name) for name in NAMES}
    typed = {
        name: data_of_sheet(desk.get(address)) | {"session-0-notes": f"von {name}"}
        for name, desk in desks.items()
    }

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            lock(meeting)
            sent = {n: threads.submit(save, desks[n], address, typed[n]) for n in NAMES}
            wait_for(lambda: waiting() == 2)
        answers = {name: one.result(30) for name, one in sent.items()}

    [first] = [name for name in NAMES if answers[name].status_code == 302]
    [second] = [name for name in NAMES if answers[name].status_code == 200]
    assert Session.objects.get().notes == f"von {first}"
    page = unescape(answers[second].content.decode())
    assert f"{first} hat hier inzwischen gespeichert: „von {first}“" in page
    again = data_of_sheet(answers[second])
    assert again["session-0-notes"] == f"von {second}"

    both = again | {"session-0-notes": f"von {first}, von {second}"}
    assert desks[second].post(address, both).status_code == 302
    session = Session.objects.get()
    assert (session.notes, session.version) == (both["session-0-notes"], 3)
