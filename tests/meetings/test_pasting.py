"""A list of people is pasted: what would happen is told line by line, then it happens or not."""

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import User
from meetings import pasting
from meetings.models import Meeting
from meetings.pasting import Unreadable, read_people
from meetings.services.importing import Planner
from tests.factories import CityFactory, MeetingFactory, MembershipFactory, ParticipationFactory

BROKEN = '"Anna offen;anna@example.org'


def cells(text: str) -> list[tuple[str, str, str]]:
    lines = read_people(text).lines
    return [tuple(line.cells[name] for name in ("name", "email", "organisation")) for line in lines]  # type: ignore[misc]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Probe\tanna@example.org\tMuster, AG",
        'Anna Probe,anna@example.org,"Muster, AG"',
        "\ufeffName;E-Mail;Organisation\r\nAnna Probe;anna@example.org;Muster, AG\r\n",
        "Vorname;Nachname;Organisation;E-Mail\nAnna;Probe;Muster, AG;anna@example.org",
        '\n\n"Anna Probe";"anna@example.org";"Muster, AG";;\n;;;\n',
    ],
)
def test_a_list_is_read_whatever_separates_its_columns(text):
    assert cells(text) == [("Anna Probe", "anna@example.org", "Muster, AG")]


def test_an_open_quotation_mark_breaks_one_line_only():
    lines = read_people(f"{BROKEN}\nBert Probe;bert@example.org").lines

    assert [bool(line.problem) for line in lines] == [True, False]


def test_more_cells_than_columns_are_told():
    [line] = read_people("Name;E-Mail\nAnna;anna@example.org;zu viel").lines

    assert line.problem


@pytest.mark.parametrize(
    "text",
    ["", " \n;;;\n", "x" * (pasting.MOST_CHARACTERS + 1), "Anna\n" * (pasting.MOST_ROWS + 1)],
    ids=["empty", "only separators", "too long", "too many"],
)
def test_what_is_empty_or_too_much_is_told(text):
    with pytest.raises(Unreadable):
        read_people(text)


@pytest.fixture
def meeting(group) -> Meeting:
    meeting: Meeting = MeetingFactory(group=group)
    return meeting


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def outcomes(meeting: Meeting, text: str) -> list[str]:
    return [row.outcome for row in Planner(meeting).plan(read_people(text).lines).rows]


def test_each_line_says_what_would_happen(meeting, group):
    CityFactory(name="Łódź")
    member = MembershipFactory(group=group).user
    ParticipationFactory(meeting=meeting, name="Doris Da", organisation="Musterfirma")
    ParticipationFactory(meeting=meeting, name="Egon Ebenda", email="egon@example.org")
    text = "\n".join([
        "Name;E-Mail;Organisation;Stadt;Gast",
        "Nora Neu;nora@example.org;Beispiel AG;Lodz;ja",
        f"Irgendwie;{member.email};;;",
        "doris  dá;;MUSTERFIRMA;;",
        "Anders;EGON@example.org;;;",
        "Nora Neu;nora@example.org;;;",
        ";wer@example.org;;;",
        "Bert;keine Adresse;;;",
        "Cora;;;Atlantis;",
        "Dora;;;;vielleicht",
    ])  # fmt: skip

    assert outcomes(meeting, text) == [
        "new", "member", "there", "there", "double", "broken", "broken", "broken", "broken",
    ]  # fmt: skip


@pytest.mark.django_db
def test_two_people_of_one_name_with_addresses_of_their_own_are_two(meeting):
    text = "Anna Probe;eins@example.org;Muster\nAnna Probe;zwei@example.org;Muster"

    assert outcomes(meeting, text) == ["new", "new"]


def paste(meeting: Meeting) -> str:
    return reverse("attendance:import", args=[meeting.slug])


def test_a_preview_does_nothing_and_its_confirmation_everything(desk, meeting):
    text = "\n".join(f"Person {n};p{n}@example.org" for n in range(200)) + f"\n{BROKEN}"

    shown = desk.post(paste(meeting), {"text": text})
    assert not meeting.participations.exists()
    plan = shown.context["plan"]
    done = desk.post(paste(meeting), {"text": text, "shown": plan.digest, "confirm": "yes"})

    assert (len(plan.taken), len(plan.broken)) == (200, 1)
    assert meeting.participations.count() == 200
    assert done.context["form"]["text"].value() == BROKEN
    assert "Anna offen" in done.content.decode()


def test_the_text_that_came_with_a_preview_comes_back_unchanged(desk, meeting):
    text = "Name;Organisation\nAnna;Müller & Söhne <b>"

    page = desk.post(paste(meeting), {"text": text}).content.decode()

    assert page.count("Müller &amp; Söhne &lt;b&gt;") >= 2


def test_what_changed_since_the_preview_is_shown_anew(desk, meeting):
    text = "Anna Probe;anna@example.org\nBert Probe;bert@example.org"
    shown = desk.post(paste(meeting), {"text": text}).context["plan"].digest
    ParticipationFactory(meeting=meeting, name="Anna Probe", email="anna@example.org")

    again = desk.post(paste(meeting), {"text": text, "shown": shown, "confirm": "yes"})

    assert again.context["differs"]
    assert meeting.participations.count() == 1


def test_a_list_without_a_broken_line_leads_back_to_the_people(desk, meeting):
    text = "Anna Probe;anna@example.org"
    shown = desk.post(paste(meeting), {"text": text}).context["plan"].digest

    done = desk.post(paste(meeting), {"text": text, "shown": shown, "confirm": "yes"})

    assert done.url == reverse("attendance:people", args=[meeting.slug])


def test_nothing_is_lost_of_a_list_that_is_too_long(desk, meeting):
    text = "Anna\n" * (pasting.MOST_ROWS + 1)

    page = desk.post(paste(meeting), {"text": text})

    assert page.context["form"].errors
    assert page.context["form"]["text"].value().count("Anna") == pasting.MOST_ROWS + 1
