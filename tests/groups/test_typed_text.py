"""What was typed when the session ended."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from in4green.livetext.archive import reading
from in4green.livetext.content import markup
from tests.factories import PASSWORD, NoteFactory
from tests.groups.doors import LOGIN, NEW_PASSWORD

pytestmark = pytest.mark.django_db


def typed_page(client, path, data, user):
    """Post with a session that has ended, sign in again, and see what is offered."""
    stopped = client.post(path, data)
    assert stopped.url == f"{reverse(LOGIN)}?next={reverse('member:typed')}"
    client.force_login(user)
    return client.get(reverse("member:typed"))


def test_what_was_typed_survives_the_end_of_the_session(group, member, client):
    client.force_login(member)
    Session.objects.all().delete()

    page = typed_page(
        client, reverse("member:profile"), {"name": "Frieda Musterfrau", "language": "en"}, member
    )
    assert "Frieda Musterfrau" in page.content.decode()
    form = dict(page.context["typed"].fields)
    client.post(page.context["typed"].path, form)

    member.refresh_from_db()
    assert (member.name, member.language) == ("Frieda Musterfrau", "en")
    # Sent once, it is not offered again.
    assert client.get(reverse("member:typed")).status_code == 302


def test_a_decision_typed_too_late_in_the_admin_is_kept(group, coordinator, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(coordinator)
        clock.shift(timedelta(minutes=31))
        path = reverse("admin:groups_membership_changelist")
        page = typed_page(client, path, {"reason": "Leider sind alle Plätze besetzt."}, coordinator)

    assert page.context["typed"].texts == ["Leider sind alle Plätze besetzt."]


def test_staffs_text_is_shown_to_nobody_else(group, coordinator, member, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(coordinator)
        clock.shift(timedelta(minutes=31))
        client.post(reverse("member:profile"), {"name": "A secret of the coordinator"})
        client.force_login(member)

        assert client.get(reverse("member:typed")).status_code == 302
        assert "typed_text" not in client.session


def test_kept_text_is_gone_after_an_hour_or_when_thrown_away(group, member, client):
    data = {"name": "Frieda Musterfrau", "language": "de"}
    client.force_login(member)
    Session.objects.all().delete()
    typed_page(client, reverse("member:profile"), data, member)

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert client.get(reverse("member:typed")).status_code == 302
    client.logout()
    client.cookies[settings.SESSION_COOKIE_NAME] = "long-gone"
    typed_page(client, reverse("member:profile"), data, member)
    client.post(reverse("member:typed"))
    assert client.get(reverse("member:typed")).status_code == 302


def test_passwords_are_never_kept(group, member, client):
    client.force_login(member)
    Session.objects.all().delete()

    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
    )

    assert answer.url.startswith(reverse(LOGIN))
    assert not [row for row in Session.objects.all() if "typed_text" in row.get_decoded()]


def test_a_page_from_before_signing_in_again_loses_nothing(group, member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    client.get(reverse("member:profile"))

    ours = {"HTTP_ORIGIN": "http://testserver"}
    theirs = {"HTTP_ORIGIN": "https://evil.example"}
    data = {"name": "Frieda Musterfrau", "csrfmiddlewaretoken": "a" * 32}
    kept = client.post(reverse("member:profile"), data, **ours)
    refused = client.post(reverse("member:profile"), data, **theirs)

    assert kept.url == reverse("member:typed")
    assert refused.status_code == 403


def test_nobody_fills_the_table_of_sessions(group, monkeypatch):
    monkeypatch.setattr("groups.typed_text.MOST_PER_NETWORK", 2)
    answers = []
    for _number in range(3):
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = "long-gone"
        answers.append(client.post(reverse("member:profile"), {"name": "Frieda Musterfrau"}).url)

    assert [reverse("member:typed") in answer for answer in answers] == [True, True, False]


def test_a_form_that_is_too_large_is_not_kept(group, client, monkeypatch):
    monkeypatch.setattr("groups.typed_text.LARGEST", 100)
    client.cookies[settings.SESSION_COOKIE_NAME] = "long-gone"

    answer = client.post(reverse("member:profile"), {"name": "x" * 100})

    assert reverse("member:typed") not in answer.url


def test_a_whole_text_is_kept_where_whole_texts_are_typed(group, member, client):
    note = NoteFactory(group=group)
    address = reverse("text:edit", args=[note.text_id])
    lines = "Wärme teilen. " * 8000
    client.force_login(member)
    Session.objects.all().delete()

    page = typed_page(client, address, {"lines": lines, "base": "1.0"}, member)
    client.post(page.context["typed"].path, dict(page.context["typed"].fields))

    note.text.refresh_from_db()
    assert markup.write(reading.content(note.text)).strip() == lines.strip()
