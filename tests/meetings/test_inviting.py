"""Coordination invites by mail, sees who has answered, and asks again."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from in4green.activity.models import Delivery, LogEntry
from meetings.models import Meeting, MeetingInvitation, Participation
from meetings.services.inviting import MEANWHILE, invite, last_invited, to_invite
from tests.factories import MeetingFactory, MembershipFactory, UserFactory
from tests.meetings.mailing import LONG_AGO, deliver, entry_of, invited, on_list

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting(group) -> Meeting:
    meeting: Meeting = MeetingFactory(group=group, title="Werkstatt", objective="Wärme teilen")
    return meeting


def page(meeting: Meeting) -> str:
    return reverse("meeting_mails:invite", args=[meeting.slug])


def posted(desk, meeting, who="new", **changed):
    """What the form sends when only ``changed`` is typed."""
    context = desk.get(page(meeting)).context
    mail, seen = context["mail"], context["form"].last
    words = {f"mail-{name}": changed.get(name, mail.initial[name]) for name in ("subject", "body")}
    return desk.post(page(meeting), {"who": who, "seen": seen, **words})


def names(people) -> list[str]:
    return sorted(person.name for person in people)


# --- Who ---


def test_members_and_guests_with_an_address_can_be_invited(meeting, coordinator):
    here = MembershipFactory(group=meeting.group).user
    on_list(meeting, name="Gast", email="gast@example.org")
    on_list(meeting, name="Nur ein Name", email="")
    left = MembershipFactory(group=meeting.group, starts_on=date(2026, 1, 1))
    on_list(meeting, left.user)
    left.ends_on = date(2026, 3, 1)
    left.save()
    MembershipFactory(group=meeting.group, user=UserFactory(is_active=False))

    people = to_invite(meeting, by=coordinator)

    assert names(people["new"]) == sorted(["Gast", str(here), str(coordinator)])
    assert names(people["everybody"]) == names(people["new"])
    assert people["open"] == []
    assert Participation.objects.count() == 3


def test_inviting_puts_members_on_the_list_and_remembers_whom_it_asked(meeting, coordinator):
    member = MembershipFactory(group=meeting.group).user

    assert invite(meeting, who="new", by=coordinator) == 2

    asked = MeetingInvitation.objects.get(participation__user=member)
    assert (asked.invited_by, asked.invited_at) == (coordinator, NOW)
    entry = LogEntry.objects.get(action="meetings.invited")
    assert (entry.actor, entry.data) == (coordinator, {"mails": 2})
    assert invite(meeting, who="new", by=coordinator) == 0
    assert Delivery.objects.count() == 2


def test_asked_again_are_those_who_have_not_answered(meeting, coordinator):
    quiet = invited(meeting, name="Still", email="still@example.org")
    invited(meeting, name="Kommt", email="kommt@example.org", answer="coming")

    assert invite(meeting, who="open", by=coordinator) == 1

    assert [mail.to for mail in deliver()] == [["still@example.org"]]
    assert MeetingInvitation.objects.get(participation=quiet).invited_at == NOW
    assert MeetingInvitation.objects.filter(invited_at=LONG_AGO).count() == 1


def test_everybody_can_be_asked_again(meeting, coordinator):
    invited(meeting, name="Kommt", email="kommt@example.org", answer="coming")

    assert invite(meeting, who="everybody", by=coordinator) == 2


@pytest.mark.parametrize(
    "fields", [{"status": "held"}, {"begins_on": date(2026, 3, 1), "ends_on": date(2026, 3, 1)}]
)
def test_nobody_is_invited_to_what_is_no_longer_ahead(desk, meeting, coordinator, fields):
    invited(meeting)
    Meeting.objects.update(**fields)

    with pytest.raises(ValidationError):
        invite(meeting, who="everybody", by=coordinator)
    assert not Delivery.objects.exists()
    shown = desk.get(page(meeting)).content.decode()
    assert 'name="who"' not in shown
    assert "Wer gefragt wurde" in shown


# --- The page ---


def test_the_mail_is_seen_before_it_leaves_and_changes_nothing(desk, meeting):
    shown = desk.get(page(meeting))

    assert shown.context["mail"].initial["subject"] == "Einladung: Werkstatt"
    assert "Wärme teilen" in shown.context["mail"].initial["body"]
    assert shown["Cache-Control"] == "no-store"
    assert not Participation.objects.exists()
    assert not Delivery.objects.exists()


def test_left_as_it_is_everybody_reads_it_in_the_own_language(desk, meeting, coordinator):
    Participation.objects.create(
        meeting=meeting, name="Ann Example", email="ann@example.org", language="en"
    )

    assert posted(desk, meeting).url == meeting.get_absolute_url()
    english, german = deliver()

    assert (english.subject, german.subject) == ("Invitation: Werkstatt", "Einladung: Werkstatt")
    assert "Hello Ann Example," in english.body
    assert f"Guten Tag {coordinator}," in german.body
    person = Participation.objects.get(name="Ann Example")
    assert f"/meetings/answer/{person.pk}/{person.token}/" in english.body
    entry = entry_of(english)
    assert (entry["method"], entry["uid"]) == ("REQUEST", str(meeting.uid))
    assert entry["attendee"] == "mailto:ann@example.org"


def test_own_words_reach_everybody(desk, meeting, coordinator):
    posted(desk, meeting, subject="Bitte kommen", body="Liebe Leute,\n\nes wird gut.")
    [mail] = deliver()

    assert mail.subject == "Bitte kommen"
    assert "Liebe Leute," in mail.body
    assert "Guten Tag" not in mail.body
    assert "/antwort/" in mail.body


@pytest.mark.parametrize(("who", "typed"), [("nobody", {}), ("open", {}), ("new", {"subject": ""})])
def test_what_is_not_right_is_told_and_nothing_leaves(desk, meeting, who, typed):
    answer = posted(desk, meeting, who, body="Meine Worte", **typed)

    assert answer.status_code == 200
    assert "Meine Worte" in answer.content.decode()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("who", ["new", "open", "everybody"])
def test_a_second_click_sends_nothing_again(desk, meeting, who):
    invited(meeting, name="Still", email="still@example.org")
    opened = desk.get(page(meeting)).context
    sent = {"who": who, "seen": opened["form"].last, "mail-subject": "Bitte", "mail-body": "Kommen"}

    assert desk.post(page(meeting), sent).status_code == 302
    left = Delivery.objects.count()
    second = desk.post(page(meeting), sent)

    assert second.status_code == 200
    assert str(MEANWHILE) in second.content.decode()
    assert "Kommen" in second.content.decode()
    assert Delivery.objects.count() == left


def test_two_who_send_in_the_same_moment_send_once(meeting, coordinator):
    invited(meeting, name="Still", email="still@example.org")
    seen = last_invited(meeting)

    invite(meeting, who="open", by=coordinator, seen=seen)
    with pytest.raises(ValidationError, match="inzwischen"):
        invite(meeting, who="open", by=coordinator, seen=seen)
    assert Delivery.objects.count() == 1


def test_the_page_tells_who_has_answered(desk, meeting):
    invited(meeting, name="Kommt", email="k@example.org", answer="coming", answered_at=NOW)
    invited(meeting, name="Still", email="s@example.org")
    on_list(meeting, name="Ungefragt", email="u@example.org")

    shown = desk.get(page(meeting))

    assert [person.name for person in shown.context["asked"].people] == ["Still", "Kommt"]
    assert "2 Personen wurden per E-Mail eingeladen." in shown.content.decode()
    assert "1 hat noch nicht geantwortet." in shown.content.decode()


def test_the_page_tells_whom_a_mail_did_not_reach_until_one_does(desk, meeting, coordinator, clock):
    on_list(meeting, name="Tippfehler", email="tipp@example.org")
    invite(meeting, who="new", by=coordinator)
    Delivery.objects.filter(address="tipp@example.org").update(state="dead")
    told = "Die E-Mail konnte nicht zugestellt werden."

    assert desk.get(page(meeting)).content.decode().count(told) == 1
    clock.shift(60)
    invite(meeting, who="open", by=coordinator)
    assert told not in desk.get(page(meeting)).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_no_more_for_more_people(desk, meeting, count, django_assert_num_queries):
    for n in range(count):
        MembershipFactory(group=meeting.group)
        invited(meeting, name=f"Gast {n}", email=f"g{n}@example.org")
    desk.get(page(meeting))

    with django_assert_num_queries(13):
        desk.get(page(meeting))


# --- From elsewhere ---


def test_the_meeting_tells_coordination_how_many_have_answered(client, desk, meeting, member):
    invited(meeting, member, answer="coming")

    text = "1 Person wurde per E-Mail eingeladen."
    assert text in desk.get(meeting.get_absolute_url()).content.decode()
    client.force_login(member)
    shown = client.get(meeting.get_absolute_url()).content.decode()
    assert text not in shown
    assert reverse("meeting_mails:my_calendar") in shown


def test_an_invitation_waits_on_the_own_page_until_it_is_answered(client, meeting, member):
    person = invited(meeting, member)
    MeetingFactory(group=meeting.group)
    client.force_login(member)

    def waiting() -> list[str]:
        tasks = client.get(reverse("member:home")).context["waiting"]
        return [task.text for task in tasks if task.url.endswith("#coming")]

    assert waiting() == ["Sagen Sie, ob Sie kommen: „Werkstatt“, 5. Mai bis 6. Mai 2026."]
    Participation.objects.filter(pk=person.pk).update(answer="not_coming")
    assert waiting() == []
    Participation.objects.filter(pk=person.pk).update(answer="open")
    yesterday = NOW.date() - timedelta(days=1)
    Meeting.objects.filter(pk=meeting.pk).update(begins_on=yesterday, ends_on=yesterday)
    assert waiting() == []


# --- Rights ---


@pytest.mark.parametrize("name", ["invite", "cancel", "reinstate"])
@pytest.mark.parametrize(("who", "status"), [("member", 403), ("other", 404), ("stranger", 302)])
def test_only_coordination_invites_and_cancels(client, meeting, member, name, who, status):
    if who == "member":
        client.force_login(member)
    elif who == "other":
        client.force_login(MembershipFactory().user)

    path = reverse(f"meeting_mails:{name}", args=[meeting.slug])

    assert client.post(path, {"who": "new"}).status_code == status
    meeting.refresh_from_db()
    assert meeting.status == "planned"
    assert not Delivery.objects.exists()


def test_taking_back_what_is_not_cancelled_says_so(desk, meeting):
    path = reverse("meeting_mails:reinstate", args=[meeting.slug])

    assert desk.get(path).status_code == 405
    shown = desk.post(path, follow=True)
    assert "Dieses Treffen ist nicht abgesagt." in shown.content.decode()


def test_cancelling_asks_first_and_keeps_the_reason_that_was_typed(desk, meeting):
    path = reverse("meeting_mails:cancel", args=[meeting.slug])
    assert desk.get(path).status_code == 200

    too_long = desk.post(path, {"because": "x" * 301})
    assert "x" * 301 in too_long.content.decode()
    shown = desk.post(path, {"because": "Saal gesperrt"}, follow=True).content.decode()
    assert "Saal gesperrt" in shown
    again = desk.post(path, {"because": "Noch einmal"})
    assert "Noch einmal" in again.content.decode()

    reinstate = reverse("meeting_mails:reinstate", args=[meeting.slug])
    assert "Das Treffen findet doch statt." in desk.post(reinstate, follow=True).content.decode()
