"""How long a session lasts, and who may end it."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from groups.services.accounts import delete_expired_sessions
from in4green.activity.models import LogEntry
from tests.factories import PASSWORD, MembershipFactory
from tests.groups.doors import LOGIN, actions, enter

pytestmark = pytest.mark.django_db


def test_staff_are_signed_out_after_half_an_hour_of_silence(group, coordinator, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(coordinator)
        client.get(reverse("member:home"))
        clock.shift(timedelta(minutes=29))
        assert client.get("/admin/").status_code == 200
        clock.shift(timedelta(minutes=29))
        assert client.get("/admin/").status_code == 200
        clock.shift(timedelta(minutes=31))
        assert client.get("/admin/").status_code == 302

    ended = LogEntry.objects.filter(action="accounts.signed_out").get()
    assert (ended.actor, ended.data["reason"]) == (coordinator, "limit")


def test_staff_are_signed_out_after_a_working_day(group, coordinator, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(coordinator)
        for _quarter in range(32):
            assert client.get(reverse("member:home")).status_code == 200
            clock.shift(timedelta(minutes=15))
        clock.shift(timedelta(minutes=1))
        assert client.get(reverse("member:home")).status_code == 302


def test_members_stay_signed_in_for_two_weeks_of_silence(group, member, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(member)
        clock.shift(timedelta(days=13))
        assert client.get(reverse("member:home")).status_code == 200
        clock.shift(timedelta(days=13))
        assert client.get(reverse("member:home")).status_code == 200
        clock.shift(timedelta(days=14, minutes=1))
        assert client.get(reverse("member:home")).status_code == 302


def test_a_session_is_written_at_most_once_a_minute(group, member, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(member)
        clock.shift(timedelta(seconds=61))
        writes = [_session_writes(client), _session_writes(client)]
        clock.shift(timedelta(seconds=61))
        writes.append(_session_writes(client))

    assert writes == [1, 0, 1]


def _session_writes(client):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(reverse("member:profile"))
    return sum('UPDATE "django_session"' in query["sql"] for query in queries)


def test_strangers_without_a_session_cost_no_query(group, client):
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(LOGIN))

    assert not [query for query in queries if "django_session" in query["sql"]]


def test_a_person_sees_and_ends_the_other_sessions(group, member, client):
    enter(client, member)
    elsewhere = enter(
        Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}), member
    )

    page = client.get(reverse("usersessions_list"))
    client.post(reverse("usersessions_list"))

    assert page.context["session_count"] == 2
    assert re.search("Firefox .* Linux", page.content.decode())
    assert client.get(reverse("member:home")).status_code == 200
    assert elsewhere.get(reverse("member:home")).status_code == 302


def test_a_person_ends_one_session_and_the_others_stay(group, member, client):
    enter(client, member)
    lost, kept = enter(Client(), member), enter(Client(), member)
    row = UserSession.objects.get(session_key=lost.session.session_key)

    for _twice in range(2):
        page = client.post(reverse("member:end_session", args=[row.pk]), follow=True)

    assert "Dieses Gerät ist abgemeldet." in page.content.decode()
    assert actions().count("accounts.session_ended") == 1
    assert lost.get(reverse("member:home")).status_code == 302
    assert kept.get(reverse("member:home")).status_code == 200


def test_nobody_ends_the_session_in_use_or_anybody_elses(group, member, client):
    enter(client, member)
    other = enter(Client(), MembershipFactory(group=group).user)

    for row in UserSession.objects.all():
        client.post(reverse("member:end_session", args=[row.pk]))

    assert UserSession.objects.count() == 2
    assert client.get(reverse("member:home")).status_code == 200
    assert other.get(reverse("member:home")).status_code == 200


def test_ended_sessions_are_cleared_away(group, member, client):
    client.force_login(member)
    page = client.post(reverse(LOGIN), {"login": member.email, "password": PASSWORD})
    UserSession.objects.all().delete()
    UserSession.objects.create(user=member, ip="127.0.0.1", session_key="gone", user_agent="x")
    UserSession.objects.create(
        user=member, ip="127.0.0.1", session_key=client.session.session_key, user_agent="x"
    )
    assert page.status_code == 302

    assert delete_expired_sessions() == 1
    assert UserSession.objects.get().session_key == client.session.session_key


def test_signing_out_is_a_post_and_is_remembered(group, member, client):
    client.force_login(member)

    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session
    assert actions()[-1] == "accounts.signed_out"


def test_a_refusal_is_remembered_by_the_pages_name(group, coordinator, client):
    client.force_login(coordinator)

    answer = client.get(reverse("admin:groups_city_add"))

    assert answer.status_code == 403
    entry = LogEntry.objects.get(action="accounts.denied")
    assert entry.actor == coordinator
    assert entry.data == {"page": "admin:groups_city_add", "network": "127.0.0.0/24"}
