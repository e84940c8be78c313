"""Who was there: recorded, signed for, counted."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from in4green.activity.models import LogEntry
from meetings.models import Attendance, Meeting
from tests.factories import (
    CityFactory,
    MeetingFactory,
    ParticipationFactory,
    SessionFactory,
)
from tests.meetings.attending import DAY, address, attend

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group) -> Meeting:
    meeting: Meeting = MeetingFactory(group=group, published=True, slug="2026-probe")
    return meeting


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
