"""The people of a meeting: on the list, answering, named."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from in4green.activity.models import LogEntry
from in4green.common.names import fold
from meetings.models import Meeting, Needs
from meetings.services import participating
from tests.factories import (
    CityFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.livetext.people import editor_of
from tests.meetings.attending import address, attend

pytestmark = pytest.mark.django_db
NAMES = ["Zoe", "Łukasz", "Lz", "Luba", "Άννα", "Βασίλης", "Αντώνης", "Čapek", "Cz", "Đurović"]


@pytest.fixture
def meeting(group) -> Meeting:
    meeting: Meeting = MeetingFactory(group=group, published=True, slug="2026-probe")
    return meeting


@pytest.fixture
def coming(group) -> Meeting:
    """A meeting that can still be answered."""
    day = timezone.localdate() + timedelta(days=3)
    meeting: Meeting = MeetingFactory(group=group, begins_on=day, ends_on=day)
    return meeting


# --- Names ---


def test_names_of_several_alphabets_stand_where_people_look_for_them(meeting):
    for name in NAMES:
        ParticipationFactory(meeting=meeting, name=name)

    found = [person.name for person in meeting.participations.all()]

    assert found == ["Čapek", "Cz", "Đurović", "Luba", "Łukasz", "Lz", "Zoe", "Άννα", "Αντώνης",
                     "Βασίλης"]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Άννα Παπαδοπούλου", "papadopoulou"),
        ("Άννα Παπαδοπούλου", "παπαδοπουλου αννα"),
        ("Ђуровић", "durovic"),
        ("Đurović", "Durovic"),
        ("Łukasz Żak", "zak lukasz"),
        ("Jiří Čapek", "capek"),
        ("Jörg Müller", "Mueller"),
        ("Jörg Müller", "muller"),
        ("Jörg Müller", "Musterfirma"),
    ],
)
def test_a_name_is_found_however_it_is_typed(meeting, name, typed):
    ParticipationFactory(meeting=meeting, name="Anders Wer", organisation="Sonst")
    person = ParticipationFactory(meeting=meeting, name=name)

    assert list(meeting.participations.found_by(typed)) == [person]


def test_folding_keeps_words_apart():
    assert fold("  Żółć  Straße ") == "zolc strasse"


# --- The list ---


def test_members_and_guests_come_onto_the_list(desk, meeting, group):
    organisation = OrganisationFactory(city=group.city, name="Musterwerk")
    member = MembershipFactory(group=group, organisation=organisation)
    guest = {"name": "Gerd Gast", "email": "gerd@example.org", "language": "de", "answer": "open",
             "is_guest": "on", "organisation": "Beispiel AG"}  # fmt: skip

    added = desk.post(address("add_members", meeting), {"members": [member.pk]})
    typed = desk.post(address("add_person", meeting), guest)

    assert added.url == typed.url == address("people", meeting)
    people = {person.name: person for person in meeting.participations.all()}
    assert people["Gerd Gast"].is_guest
    assert people["Gerd Gast"].answered_at is None
    known = people[member.user.name]
    assert (known.user, known.organisation, known.city) == (member.user, "Musterwerk", group.city)
    page = desk.get(address("people", meeting)).content.decode()
    assert "Gerd Gast" in page
    assert "Musterwerk" in page
    actions = set(LogEntry.objects.values_list("action", flat=True))
    assert {"participations.members_added", "participations.added"} <= actions


def test_nobody_is_on_the_list_twice(desk, meeting, member):
    ParticipationFactory(meeting=meeting, email="gerd@example.org", name="Gerd Gast")
    new = {"name": "Nochmal", "language": "de", "answer": "open"}

    same = desk.post(address("add_person", meeting), {**new, "email": "GERD@example.org"})
    own = desk.post(address("add_person", meeting), {**new, "email": member.email})

    assert "Gerd Gast" in unescape(same.content.decode())
    assert str(member) in unescape(own.content.decode())
    assert meeting.participations.count() == 1


def test_two_who_change_one_person_lose_nothing(desk, meeting):
    person = ParticipationFactory(meeting=meeting, role="alt")
    page = desk.get(address("person", meeting, person.pk)).context["form"]
    sent = {field.html_name: field.value() or "" for field in page if field.value() is not False}
    assert desk.post(address("person", meeting, person.pk), {**sent, "role": "ihre"}).url

    second = desk.post(address("person", meeting, person.pk), {**sent, "role": "meine"})

    assert "ihre" in second.content.decode()
    person.refresh_from_db()
    assert (person.role, person.version) == ("ihre", 2)


def test_who_was_recorded_stays_on_the_list(desk, meeting):
    gone, stays = ParticipationFactory.create_batch(2, meeting=meeting)
    attend(stays)

    for person in (gone, stays):
        assert desk.get(address("remove", meeting, person.pk)).status_code == 200
        desk.post(address("remove", meeting, person.pk))

    assert list(meeting.participations.all()) == [stays]


@pytest.mark.parametrize("page", ["people", "record", "import"])
def test_a_page_asks_the_database_as_often_for_one_as_for_many(desk, meeting, page):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address(page, meeting)).status_code == 200
        return len(queries)

    ParticipationFactory(meeting=meeting, city=meeting.host)
    asked()
    for_one = asked()
    for person in ParticipationFactory.create_batch(5, meeting=meeting, city=CityFactory()):
        attend(person)

    assert asked() == for_one


# --- Answers, needs, names ---


def test_a_member_answers_with_one_click_and_changes_it_again(client, coming, member):
    client.force_login(member)

    client.post(address("answer", coming), {"answer": "coming"})
    page = client.get(coming.get_absolute_url()).content.decode()
    client.post(address("answer", coming), {"answer": "not_coming"})

    assert 'aria-pressed="true"' in page
    person = coming.participations.get()
    assert (person.user, person.answer) == (member, "not_coming")
    assert LogEntry.objects.filter(action="participations.answered").count() == 2


def test_an_answer_by_get_changes_nothing(client, coming, member):
    client.force_login(member)

    assert client.get(address("answer", coming)).status_code == 405
    assert not coming.participations.exists()


@pytest.mark.parametrize("value", ["online", "open", "nonsense", ""])
def test_what_cannot_be_answered_is_refused(coming, value):
    """There is no online link."""
    with pytest.raises(ValidationError):
        participating.answer(ParticipationFactory(meeting=coming), value, None)


def test_after_the_meeting_nothing_is_answered(meeting):
    meeting.begins_on = meeting.ends_on = timezone.localdate() - timedelta(days=1)
    meeting.save()

    with pytest.raises(ValidationError):
        participating.answer(ParticipationFactory(meeting=meeting), "coming", None)


def test_the_same_answer_twice_is_said_once(coming):
    person = ParticipationFactory(meeting=coming)

    for _time in range(2):
        participating.answer(person, "coming", None)

    assert LogEntry.objects.filter(action="participations.answered").count() == 1


def test_needs_are_read_by_coordination_alone_and_each_look_is_logged(client, coming, group):
    member, other = (MembershipFactory(group=group).user for _ in range(2))
    client.force_login(member)
    client.post(address("own_part", coming), {"form": "needs", "diet": "keine Nüsse"})
    client.force_login(other)
    assert client.get(address("needs", coming)).status_code == 403
    assert "Nüsse" not in client.get(address("own_part", coming)).content.decode()
    assert "Nüsse" not in client.get(coming.get_absolute_url()).content.decode()
    assert not LogEntry.objects.filter(action="participations.needs_read").exists()


def test_coordination_reads_the_needs(desk, coming):
    Needs.objects.create(participation=ParticipationFactory(meeting=coming), diet="keine Nüsse")

    assert "keine Nüsse" in desk.get(address("needs", coming)).content.decode()
    assert LogEntry.objects.filter(action="participations.needs_read").count() == 1


def test_coordination_enters_what_a_guest_needs_and_the_log_does_not_hold_it(desk, coming):
    guest = ParticipationFactory(meeting=coming, is_guest=True)
    page = address("needs_of", coming, guest.pk)

    assert "keine Nüsse" not in desk.get(page).content.decode()
    assert not LogEntry.objects.filter(action="participations.needs_read").exists()
    assert desk.post(page, {"diet": "keine Nüsse"}).url == address("needs", coming)
    assert "keine Nüsse" in desk.get(page).content.decode()
    assert LogEntry.objects.filter(action="participations.needs_read").count() == 1
    assert "Nüsse" not in str(list(LogEntry.objects.values()))


def test_nobody_else_reads_or_enters_what_a_guest_needs(client, coming, group):
    guest = ParticipationFactory(meeting=coming, is_guest=True)
    Needs.objects.create(participation=guest, diet="keine Nüsse")
    page = address("needs_of", coming, guest.pk)
    client.force_login(editor_of(group))

    assert client.get(page).status_code == 403
    assert client.post(page, {"diet": ""}).status_code == 403
    assert Needs.objects.get().diet == "keine Nüsse"


def test_needs_left_empty_are_not_kept(coming):
    person = ParticipationFactory(meeting=coming)
    participating.keep_needs(person, diet="nichts Süßes", access="", by=None)

    participating.keep_needs(person, diet="", access="", by=None)

    assert not Needs.objects.exists()


def test_the_public_reads_organisations_and_numbers_and_names_with_consent_only(client, meeting):
    named = ParticipationFactory(meeting=meeting, name="Nora Namentlich", answer="coming")
    ParticipationFactory(meeting=meeting, name="Stille Stefanie", answer="coming")
    participating.agree_to_be_named(named, by=None)

    page = client.get(meeting.get_absolute_url()).content.decode()
    participating.withdraw_naming(named, by=None)
    after = client.get(meeting.get_absolute_url()).content.decode()

    assert "Musterfirma" in page
    assert "Nora Namentlich" in page
    assert "Stille Stefanie" not in page
    assert "Nora Namentlich" not in after
    assert named.consents.get().withdrawn_at


def test_a_planned_meeting_tells_strangers_nothing_of_its_people(client, coming):
    coming.is_public = True
    coming.save()
    ParticipationFactory(meeting=coming, answer="coming", organisation="Stilles Werk")

    assert "Stilles Werk" not in client.get(coming.get_absolute_url()).content.decode()


def test_coordination_enters_and_takes_back_a_consent(desk, meeting):
    person = ParticipationFactory(meeting=meeting)

    for sent, named in (({"agrees": "on"}, 1), ({}, 0)):
        desk.post(address("naming", meeting, person.pk), sent)
        assert person.consents.filter(withdrawn_at=None).count() == named


# --- Rights ---


@pytest.mark.parametrize("name", ["people", "add_members", "add_person", "import", "needs",
                                  "record", "sheet"])  # fmt: skip
def test_only_coordination_keeps_the_list(client, meeting, member, name):
    assert client.get(address(name, meeting)).status_code == 302
    client.force_login(member)

    assert client.get(address(name, meeting)).status_code == 403


def test_members_count_nothing_and_strangers_answer_nothing(client, meeting, member):
    client.force_login(UserFactory())
    assert client.post(address("answer", meeting), {"answer": "coming"}).status_code == 403
    client.force_login(member)

    assert client.get(reverse("attendance:totals")).status_code == 403
    assert client.get(reverse("attendance:totals_csv")).status_code == 403


def test_people_of_another_meeting_are_not_found(desk, meeting):
    foreign = ParticipationFactory()

    assert desk.get(address("person", meeting, foreign.pk)).status_code == 404
    assert desk.post(address("remove", meeting, foreign.pk)).status_code == 404
