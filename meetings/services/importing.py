"""A pasted list becomes people of a meeting: first it is said what would happen, then it does.

The preview is made anew when it is confirmed, from the text that comes back with it. Only if it
comes out the same as what was shown, it happens: all of it, or nothing.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from groups.models import City, Membership, Organisation, User
from in4green.activity.services import record
from in4green.common.names import fold, in_latin_letters
from meetings.models import Meeting, Participation
from meetings.pasting import Line
from meetings.services.entering import lock
from meetings.services.participating import member_of_list

Whom = TypeVar("Whom")
NEW, MEMBER, THERE, DOUBLE, BROKEN = "new", "member", "there", "double", "broken"
YES = {"ja", "yes", "x", "1", "gast", "guest", "wahr", "true"}
NO = {"", "nein", "no", "0", "falsch", "false", "-"}


@dataclass
class Planned:
    """What will happen with one line: ``outcome``, and a sentence that explains it."""

    line: Line
    outcome: str
    said: str
    person: Participation | None = None

    @property
    def is_taken(self) -> bool:
        return self.outcome in (NEW, MEMBER)


@dataclass
class Plan:
    rows: list[Planned] = field(default_factory=list)

    @property
    def taken(self) -> list[Planned]:
        return [row for row in self.rows if row.is_taken]

    @property
    def broken(self) -> list[Planned]:
        return [row for row in self.rows if row.outcome == BROKEN]

    def number_of(self, *outcomes: str) -> int:
        return sum(row.outcome in outcomes for row in self.rows)

    @property
    def digest(self) -> str:
        """The same as long as the same would happen to the same lines."""
        told = [(row.line.text, row.outcome, row.said) for row in self.rows]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class Known(Generic[Whom]):
    """Finds people again by address, or by name and organisation where one has no address."""

    def __init__(self) -> None:
        self.by_address: dict[str, Whom] = {}
        self.by_name: dict[tuple[str, str], list[tuple[Participation, Whom]]] = {}
        self.names: set[str] = set()

    def add(self, person: Participation, whom: Whom) -> None:
        if person.address:
            self.by_address.setdefault(person.address.lower(), whom)
        self.by_name.setdefault(_name_of(person), []).append((person, whom))
        self.names.add(fold(person.name))

    def find(self, person: Participation) -> Whom | None:
        address = person.address.lower()
        if address and address in self.by_address:
            return self.by_address[address]
        same_name = self.by_name.get(_name_of(person), [])
        return next((whom for one, whom in same_name if not (address and one.address)), None)

    def has_name(self, person: Participation) -> bool:
        return fold(person.name) in self.names


def _name_of(person: Participation) -> tuple[str, str]:
    return fold(person.name), fold(person.organisation)


class Planner:
    """Knows who is there and who could be meant; asks the database four times, however many."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.cities = {key: city for city in City.objects.all() for key in _city_keys(city)}
        self.kinds = {fold(str(kind.label)): kind.value for kind in Organisation.Kind}
        self.kinds |= {fold(kind): kind for kind in Organisation.Kind.values}
        self.recorded = {
            fold(organisation.name): organisation for organisation in Organisation.objects.all()
        }
        members = Membership.objects.current().reachable().filter(group=meeting.group_id)
        self.members: Known[Membership] = Known()
        for member in members.select_related("organisation", "group"):
            self.members.add(member_of_list(meeting, member, by=User()), member)
        self.people: Known[Participation] = Known()
        for person in meeting.participations.select_related("user"):
            self.people.add(person, person)
        self.seen: Known[int] = Known()

    def plan(self, lines: Iterable[Line]) -> Plan:
        return Plan([self._plan(line) for line in lines])

    def _plan(self, line: Line) -> Planned:
        try:
            if line.problem:
                raise ValidationError(line.problem)
            person = self._person(line.cells)
        except ValidationError as error:
            return Planned(line, BROKEN, " ".join(error.messages))
        if earlier := self.seen.find(person):
            return Planned(line, DOUBLE, _("The same as line %(n)d.") % {"n": earlier})
        self.seen.add(person, line.number)
        if there := self.people.find(person):
            return Planned(line, THERE, _("Is on the list already: %(name)s.") % {"name": there})
        if member := self.members.find(person):
            known = member_of_list(self.meeting, member, by=User())
            said = _("A member of the group: %(name)s.") % {"name": member.user}
            return self._as_member(Planned(line, MEMBER, said, known))
        return Planned(line, NEW, self._namesake(person), person)

    def _as_member(self, planned: Planned) -> Planned:
        """An address in the list may be another one than that of an account on the list."""
        person: Any = planned.person
        if there := self.people.find(person):
            said = _("Is on the list already: %(name)s.") % {"name": there}
            return Planned(planned.line, THERE, said)
        return planned

    def _person(self, cells: dict[str, str]) -> Participation:
        """Not saved. Raises ValidationError with a sentence for each thing that is wrong."""
        recorded = self.recorded.get(fold(cells["organisation"]))
        person = Participation(
            meeting=self.meeting,
            name=cells["name"],
            email=cells["email"],
            language=self.meeting.group.language,
            organisation=recorded.name if recorded else cells["organisation"],
            organisation_kind=recorded.kind if recorded else "",
            role=cells["role"],
        )
        wrong = [*_wrong_cells(person), *self._choose(person, cells)]
        if wrong:
            raise ValidationError(wrong)
        return person

    def _choose(self, person: Participation, cells: dict[str, str]) -> Iterable[str]:
        """Fills in what must be one of several; yields what is none of them."""
        city, kind, guest = (cells[name] for name in ("city", "kind", "guest"))
        person.city = self.cities.get(in_latin_letters(city))
        if city and not person.city:
            yield _("“%(city)s” is no city of the network.") % {"city": city}
        if kind:
            person.organisation_kind = self.kinds.get(fold(kind), "")
            if not person.organisation_kind:
                yield _("“%(kind)s” is no kind of organisation.") % {"kind": kind}
        person.is_guest = fold(guest) in YES
        if fold(guest) not in YES | NO:
            yield _("“%(guest)s” doesn't say whether this is a guest: yes or no?") % {
                "guest": guest
            }

    def _namesake(self, person: Participation) -> str:
        if self.people.has_name(person) or self.members.has_name(person):
            return _("Somebody of this name is known here: please check that this is another.")
        return ""


def _city_keys(city: City) -> set[str]:
    return {in_latin_letters(city.name), city.slug}


def _wrong_cells(person: Participation) -> Iterable[str]:
    if not person.name:
        yield _("The name is missing.")
    for name in ("name", "email", "organisation", "role"):
        field: Any = Participation._meta.get_field(name)
        if len(getattr(person, name)) > field.max_length:
            what, most = field.verbose_name, field.max_length
            yield _("%(what)s: at most %(most)d characters fit.") % {"what": what, "most": most}
    if person.email:
        try:
            validate_email(person.email)
        except ValidationError:
            yield _("“%(email)s” is no e-mail address.") % {"email": person.email}


@transaction.atomic
def take_over(meeting: Meeting, lines: list[Line], *, shown: str, by: User) -> tuple[Plan, bool]:
    """``shown`` is the digest of the plan that was confirmed. False if it would be another now."""
    lock(meeting)
    plan = Planner(meeting).plan(lines)
    if plan.digest != shown:
        return plan, False
    people: list[Any] = [row.person for row in plan.taken]
    for person in people:
        person.changed_by = by
    Participation.objects.bulk_create(people)
    if people:
        record(by, "participations.imported", meeting, rows=len(people))
    return plan, True
