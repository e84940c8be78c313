"""The people of a meeting: on the list, answering, named, recorded, counted."""

from datetime import date, timedelta
from html import unescape
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from in4green.activity.models import LogEntry
from in4green.common.names import fold
from meetings.models import Attendance, Meeting, Needs, Participation
from meetings.services import participating
from tests.factories import (
    CityFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 5)
NAMES = ["Zoe", "Łukasz", "Lz", "Luba", "Άννα", "Βασίλης", "Αντώνης", "Čapek", "Cz", "Đurović"]


@pytest.fixture
def meeting(group) -> Meeting:
    meeting: Meeting = MeetingFactory(group=group, published=True, slug="2026-probe")
    return meeting


@pytest.fixture
def desk(client: Client, coordinator) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def coming(group) -> Meeting:
    """A meeting that can still be answered."""
    day = timezone.localdate() + timedelta(days=3)
    meeting: Meeting = MeetingFactory(group=group, begins_on=day, ends_on=day)
    return meeting


def address(name: str, meeting: Meeting, *args: object) -> str:
    return reverse(f"attendance:{name}", args=[meeting.slug, *args])


def attend(person: Participation, state: str = "present", day: date | None = DAY, **of) -> None:
    Attendance.objects.create(participation=person, day=day, state=state, **of)


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


# --- Recording ---


def test_attendance_is_recorded_for_a_day_and_for_a_session(desk, meeting):
    person = ParticipationFactory(meeting=meeting)
    session = SessionFactory(meeting=meeting)
    line = {f"base-{person.pk}": "", f"state-{person.pk}": "excused"}

    for of in (DAY.isoformat(), f"s{session.pk}"):
        assert desk.get(f"{address('record', meeting)}?of={of}").status_code == 200
        assert desk.post(f"{address('record', meeting)}?of={of}", line).status_code == 302

    recorded = list(Attendance.objects.values_list("day", "session", "state"))
    assert sorted(recorded, key=str) == sorted(
        [(DAY, None, "excused"), (None, session.pk, "excused")], key=str
    )
    assert LogEntry.objects.filter(action="attendance.recorded").count() == 2


def test_two_who_record_at_once_lose_nothing(desk, meeting, member):
    mine, both = ParticipationFactory.create_batch(2, meeting=meeting)
    of = f"{address('record', meeting)}?of={DAY.isoformat()}"
    Attendance.objects.create(participation=both, day=DAY, state="absent", recorded_by=member)
    opened = {f"base-{mine.pk}": "", f"base-{both.pk}": ""}
    ticked = {f"state-{mine.pk}": "present", f"state-{both.pk}": "present"}

    second = desk.post(of, opened | ticked)

    assert str(member) in second.content.decode()
    states = dict(Attendance.objects.values_list("participation", "state"))
    assert states == {mine.pk: "present", both.pk: "absent"}
    line = next(one for one in second.context["table"].lines if one.person == both)
    assert (line.state, line.base) == ("present", "absent")
    assert desk.post(of, {f"base-{both.pk}": "absent", **ticked}).status_code == 302
    assert Attendance.objects.get(participation=both).state == "present"


def test_an_untouched_line_leaves_what_somebody_else_recorded(desk, meeting):
    person = ParticipationFactory(meeting=meeting)
    attend(person, "absent")
    line = {f"base-{person.pk}": "", f"state-{person.pk}": "", "fill": "present"}

    desk.post(f"{address('record', meeting)}?of={DAY.isoformat()}", line)

    assert Attendance.objects.get().state == "absent"


def test_everybody_else_was_there(desk, meeting):
    one, two = ParticipationFactory.create_batch(2, meeting=meeting)
    sent = {f"base-{one.pk}": "", f"state-{one.pk}": "absent", f"base-{two.pk}": "",
            f"state-{two.pk}": "", "fill": "present"}  # fmt: skip

    desk.post(f"{address('record', meeting)}?of={DAY.isoformat()}", sent)

    states = dict(Attendance.objects.values_list("participation", "state"))
    assert states == {one.pk: "absent", two.pk: "present"}


def test_what_was_recorded_can_be_taken_back(desk, meeting):
    person = ParticipationFactory(meeting=meeting)
    attend(person)

    sent = {f"base-{person.pk}": "present", f"state-{person.pk}": ""}
    desk.post(f"{address('record', meeting)}?of={DAY.isoformat()}", sent)

    assert not Attendance.objects.exists()


# --- Sheets and totals ---


@pytest.mark.parametrize("query", ["", "?blank=1", "?of=2026-05-06"])
def test_the_sheet_to_sign_is_a_document_for_everybody(desk, meeting, query):
    ParticipationFactory(meeting=meeting, name="Łukasz Παπαδοπούλου")

    answer = desk.get(address("sheet", meeting) + query)

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"pdfuaid" in answer.content


def test_totals_count_a_person_once_a_day(desk, meeting):
    city = CityFactory(name="Musterhausen")
    one, two = (
        ParticipationFactory(meeting=meeting, city=city, organisation=name)
        for name in ("=Muster", "=MUSTER")
    )
    session = SessionFactory(meeting=meeting)
    attend(one)
    attend(one, "absent", None, session=session)
    attend(two, "excused")
    attend(two, "present", date(2027, 1, 1))
    period = "?first=2026-01-01&last=2026-12-31&by="

    page = desk.get(reverse("attendance:totals") + period + "organisation")
    table = b"".join(desk.get(reverse("attendance:totals_csv") + period).streaming_content)
    book = desk.get(reverse("attendance:totals_xlsx") + period).streaming_content
    paper = desk.get(reverse("attendance:totals_pdf") + period)

    cells = [[cell for _name, cell in row] for row in page.context["rows"]]
    assert cells == [["=Muster", "Musterhausen", "", 1, 1, 1, 1, 0]]
    assert table.decode().startswith("\ufeff")
    assert "'=Muster" in table.decode()
    rows = list(load_workbook(BytesIO(b"".join(book))).active.values)
    assert rows[1] == ("=Muster", "Musterhausen", None, 1, 1, 1, 1, 0)
    assert paper.content.startswith(b"%PDF")
    assert b"pdfuaid" in paper.content


@pytest.mark.parametrize("by", ["city", "kind"])
def test_totals_are_counted_by_city_and_kind(desk, meeting, by):
    attend(ParticipationFactory(meeting=meeting, organisation_kind="company"))

    page = desk.get(reverse("attendance:totals") + f"?first=2026-01-01&last=2026-12-31&by={by}")

    assert [cell for _name, cell in page.context["rows"][0]][1:] == [1, 1, 1, 0, 0]


def test_totals_leave_out_other_groups(desk):
    attend(ParticipationFactory())

    page = desk.get(reverse("attendance:totals") + "?first=2026-01-01&last=2026-12-31")

    assert page.context["rows"] == []


def test_a_period_that_ends_before_it_begins_is_told(desk):
    wrong = "?first=2026-12-31&last=2026-01-01"

    assert desk.get(reverse("attendance:totals") + wrong).context["form"].errors
    assert desk.get(reverse("attendance:totals_csv") + wrong).status_code == 302


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
