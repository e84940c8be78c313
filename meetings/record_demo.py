"""People and minutes to try things with: of a made-up meeting that was, for one that is to come."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from groups.models import City, Membership, Organisation, User, WorkingGroup
from in4green.livetext.content.html_in import from_html
from meetings import naming
from meetings.loading import DEMO_SLUG
from meetings.models import (
    Attendance,
    Decision,
    FollowUp,
    Meeting,
    NamingConsent,
    Participation,
    Session,
    SiteVisit,
)
from meetings.services import minutes, participating, reports

HELD = "demo-auftakt"
Answer, Kind = Participation.Answer, Organisation.Kind
# Name, organisation, its kind, role, slug of the city (empty for a guest), answer, was there.
GUESTS: list[tuple[str, str, str, str, str, str, str]] = [
    ("Ana Ejemplo", "Empresa Ejemplo", Kind.COMPANY, "", "aviles", Answer.COMING, "present"),
    ("Chiara Esempio", "Istituto Esempio", Kind.RESEARCH, "", "salerno", Answer.ONLINE, "present"),
    ("Jan Przykład", "Instytut Przykład", Kind.RESEARCH, "", "dabrowa-gornicza", Answer.OPEN, ""),
    ("Gudrun Gast", "Beispielverein e. V.", Kind.CIVIL_SOCIETY, "Vorträgt", "", Answer.COMING,
     "present"),
    ("Anton Absage", "Musterwerkzeug KG", Kind.COMPANY, "", "", Answer.NOT_COMING, "excused"),
]  # fmt: skip
MINUTES = """
<h2>Wer das Protokoll führt</h2>
<p>Max Muster. Alle Angaben hier sind erfunden.</p>
<h2>Begrüßung</h2>
<p>Erika Beispiel eröffnet das Treffen und stellt die Gäste vor.</p>
<h2>Wärme, die übrig ist</h2>
<p>Drei Betriebe haben gezeigt, was bei ihnen ungenutzt bleibt:</p>
<table>
<tr><th>Betrieb</th><th>Woher</th><th>Wann</th></tr>
<tr><td>Musterfirma Klingen GmbH</td><td>Härterei</td><td>das ganze Jahr</td></tr>
<tr><td>Musterwerkzeug KG</td><td>Druckluft</td><td>werktags</td></tr>
<tr><td>Musterrecycling GmbH</td><td>Trocknung</td><td>im Winter</td></tr>
</table>
<ul>
<li><input type="checkbox" checked> Liste der Betriebe anlegen</li>
<li><input type="checkbox"> <strong>Karte zeichnen</strong> und beim nächsten Treffen zeigen</li>
</ul>
<p><span lang="en">Our guests asked whether the map can be shared with them.</span></p>
"""


@transaction.atomic
def load_demo(group: WorkingGroup) -> bool:
    """False if it was loaded before, or nobody coordinates the group."""
    people = group.memberships.current().reachable().select_related("user", "organisation", "group")
    first = people.coordinators().first()
    coming = Meeting.objects.filter(slug=DEMO_SLUG).first()
    if first is None or coming is None or Meeting.objects.filter(slug=HELD).exists():
        return False
    held = _held_meeting(group, timezone.localdate() - timedelta(days=21))
    _load_people(held, list(people), by=first.user)
    _load_answers(coming, list(people), by=first.user)
    writer = people.exclude(pk=first.pk).order_by("pk").first() or first
    _load_agreed(held, writer.user, by=first.user)
    reports.begin_report(held, by=writer.user)
    return True


def _held_meeting(group: WorkingGroup, day: date) -> Meeting:
    meeting = Meeting.objects.create(
        slug=HELD,
        group=group,
        kind=Meeting.Kind.LOCAL_GROUP,
        ordinal=1,
        title="Auftakt der Musterhausener Betriebe (erfunden)",
        host=group.city,
        begins_on=day,
        ends_on=day,
        place="Bürgersaal Musterhausen",
        languages=["de", "en"],
        objective="Ein erfundenes Treffen: Wer hat Wärme übrig, und wer könnte sie brauchen?",
        status=Meeting.Status.HELD,
    )
    _session(meeting, Session.Kind.PLENARY, "Begrüßung", 9, 10)
    _session(
        meeting, Session.Kind.CONTENT, "Wärme, die übrig ist", 10, 12,
        speakers="Gudrun Gast",
        notes="Drei Betriebe haben gezeigt, was bei ihnen ungenutzt bleibt.",
        outcomes="Eine Karte soll zeigen, wer abgibt und wer abnimmt.",
    )  # fmt: skip
    tour = _session(meeting, Session.Kind.VISIT, "Rundgang durch die Härterei", 13, 14)
    SiteVisit.objects.create(
        meeting=meeting,
        session=tour,
        name="Härterei der Musterfirma Klingen (erfunden)",
        organisation="Musterfirma Klingen GmbH",
        day_number=1,
        shows="Die Abluft der Öfen heizt die Halle nebenan.",
        step_free=SiteVisit.StepFree.YES,
        group_size=12,
    )
    return meeting


def _session(
    meeting: Meeting, kind: str, title: str, starts: int, ends: int, **facts: Any
) -> Session:
    return Session.objects.create(
        meeting=meeting, day=meeting.begins_on, kind=kind, title=title,
        starts=time(starts), ends=time(ends), room="Saal", **facts,
    )  # fmt: skip


def _load_people(meeting: Meeting, members: list[Membership], *, by: User) -> None:
    participating.add_members(meeting, members, by=by)
    meeting.participations.update(answer=Answer.COMING, answered_at=meeting.created_at)
    for person in meeting.participations.all():
        _was_there(person, "present", by)
    for person, state in _guests(meeting, by):
        if state:
            _was_there(person, state, by)
    for person in meeting.participations.filter(name__in=("Max Muster", "Gudrun Gast")):
        _may_be_named(person, by)


def _load_answers(meeting: Meeting, members: list[Membership], *, by: User) -> None:
    """Most have answered, some have not, and two need something."""
    participating.add_members(meeting, members, by=by)
    _guests(meeting, by)
    said = meeting.participations.filter(user=by)
    said.update(answer=Answer.COMING, answered_at=timezone.now())
    for name, diet, access in (
        ("Ana Ejemplo", "vegetarisch", ""),
        ("Gudrun Gast", "keine Nüsse", "Ein Platz in der ersten Reihe, um von den Lippen zu lesen"),
    ):
        person = meeting.participations.get(name=name)
        participating.keep_needs(person, diet=diet, access=access, by=None)


def _guests(meeting: Meeting, by: User) -> list[tuple[Participation, str]]:
    cities = {city.slug: city for city in City.objects.all()}
    found = []
    for name, organisation, kind, role, city, answer, state in GUESTS:
        person = Participation.objects.create(
            meeting=meeting, name=name, organisation=organisation, organisation_kind=kind,
            role=role, city=cities.get(city), is_guest=not city, answer=answer, changed_by=by,
        )  # fmt: skip
        found.append((person, state))
    return found


def _was_there(person: Participation, state: str, by: User) -> None:
    day = person.meeting.begins_on
    Attendance.objects.create(participation=person, day=day, state=state, recorded_by=by)


def _may_be_named(person: Participation, by: User) -> None:
    NamingConsent.objects.create(
        participation=person, text_version=naming.VERSION, language="de", recorded_by=by
    )


def _load_agreed(meeting: Meeting, writer: User, *, by: User) -> None:
    """What is open returns on the agenda of the meeting to come; one is overdue."""
    row = minutes.begin_minutes(meeting, by=writer)
    minutes.write(row.text, from_html(MINUTES), by=writer)
    day = meeting.begins_on
    for number, text in enumerate(
        ("Die Betriebe zeichnen gemeinsam eine Karte der Wärme, die übrig ist.",
         "Die Gruppe trifft sich alle sechs Wochen."),
        start=1,
    ):  # fmt: skip
        Decision.objects.create(
            meeting=meeting, number=number, text=text, decided_by="alle Anwesenden",
            decided_on=day, changed_by=by,
        )  # fmt: skip
    _follow_up(meeting, 1, "Karte der Wärme zeichnen", member=writer, due=day + timedelta(days=14))
    _follow_up(meeting, 2, "Muster für einen Liefervertrag suchen", who="Muster-Institut",
               due=day + timedelta(days=60))  # fmt: skip
    _follow_up(meeting, 3, "Liste der Betriebe anlegen", member=by, state=FollowUp.State.DONE,
               closed_at=_noon(day + timedelta(days=7)))  # fmt: skip


def _follow_up(meeting: Meeting, number: int, what: str, **fields: Any) -> None:
    FollowUp.objects.create(meeting=meeting, number=number, what=what, **fields)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
