"""Open texts end with the session, the right and the account that they were opened with."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse

from groups.models import Membership
from groups.services.accounts import end_sessions, enrol_totp
from in4green.livetext.wire import Close
from tests.factories import NoteFactory, UserFactory, coordinator_of
from tests.groups.doors import SECRET
from tests.groups.signing_in import sign_in_staff
from tests.livetext.live import session_of
from tests.livetext.people import editor_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def note():
    return NoteFactory()


@pytest.fixture
def editor(note):
    return editor_of(note.group)


def test_a_socket_ends_with_its_session_and_another_device_stays(live, note, editor):
    here, there = session_of(editor), session_of(editor)
    ended, stays = (live.connect(note.text, editor, cookie=key).greet() for key in (here, there))

    Session.objects.filter(session_key=here).delete()

    assert ended.wait_for_close() == Close.SIGNED_OUT
    stays.type("Ich bin noch da")
    stays.wait_for_ack()


def test_signing_out_ends_the_sockets_of_that_session(live, client, note, editor):
    client.force_login(editor)
    writer = live.connect(note.text, editor, cookie=client.session.session_key).greet()

    client.post(reverse("account_logout"))

    assert writer.wait_for_close() == Close.SIGNED_OUT


def test_ending_all_sessions_ends_all_sockets(live, client, note, editor):
    key = session_of(editor)
    UserSession.objects.create(user=editor, session_key=key, ip="127.0.0.1")
    writer = live.connect(note.text, editor, cookie=key).greet()

    end_sessions(editor)

    assert writer.wait_for_close() == Close.SIGNED_OUT


def test_a_role_that_coordination_changes_in_the_admin_is_felt_at_once(live, client, note, editor):
    writer = live.join(note.text, editor)
    membership = Membership.objects.get(user=editor)
    sign_in_staff(client, coordinator_of(note.group))

    client.post(
        reverse("admin:groups_membership_change", args=[membership.pk]),
        {"role": "reader", "starts_on": membership.starts_on, "topics": []},
    )

    writer.wait_for(lambda: writer.mode == "read")


def test_an_account_that_is_locked_writes_no_more(live, client, note, editor):
    writer = live.join(note.text, editor)
    sign_in_staff(client, UserFactory(is_superuser=True))

    client.post(
        reverse("admin:groups_user_change", args=[editor.pk]),
        {"name": editor.name, "language": "de"},  # the box for "active" is not ticked
    )

    assert writer.wait_for_close() in (Close.SIGNED_OUT, Close.RIGHT_ENDED, Close.UNKNOWN)
    editor.refresh_from_db()
    assert not editor.is_active


def test_staff_without_a_second_factor_come_into_no_text(live, note):
    coordinator = coordinator_of(note.group)

    assert live.connect(note.text, coordinator).wait_for_close() == Close.SIGNED_OUT

    enrol_totp(coordinator, SECRET)
    live.join(note.text, coordinator).type("Jetzt ja")
