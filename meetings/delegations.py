"""Who comes from where: what pages say of a meeting's people, in a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from groups.models import City, Organisation
from meetings.models import Attendance, Meeting, Participation
from meetings.services.participating import open_answers

Answer = Participation.Answer
EXPECTED = (Answer.COMING, Answer.ONLINE)


def answers_given(meeting: Meeting) -> list[tuple[str, int]]:
    """Each answer in words, and how many have given it."""
    counted = meeting.participations.order_by().values_list("answer").annotate(Count("pk"))
    numbers = dict(counted)
    return [(str(answer.label), numbers.get(answer.value, 0)) for answer in Answer]


def per_city(meeting: Meeting) -> list[Any]:
    """All cities with ``people`` and ``expected``; nothing where a city meets by itself."""
    if meeting.kind == Meeting.Kind.LOCAL_GROUP:
        return []
    ours = Q(participations__meeting=meeting, participations__is_guest=False)
    expected = ours & Q(participations__answer__in=EXPECTED)
    people, coming = (Count("participations", filter=rows) for rows in (ours, expected))
    return list(City.objects.annotate(people=people, expected=coming).order_by("name"))


def known_organisations(meeting: Meeting) -> list[str]:
    """What to offer while somebody types: those recorded, and those of this meeting."""
    recorded = Organisation.objects.values_list("name")
    typed = meeting.participations.exclude(organisation="").values_list("organisation")
    return [name for (name,) in recorded.order_by().union(typed.order_by()).order_by("name")]


def own_answer_in_words(person: Participation) -> str:
    return {
        Answer.COMING.value: _("You are coming."),
        Answer.ONLINE.value: _("You take part online."),
        Answer.NOT_COMING.value: _("You can't come."),
    }.get(person.answer, _("You have not answered yet."))


@dataclass
class Delegation:
    """``city`` is None for guests and for people whose city is not recorded."""

    city: City | None
    people: int = 0
    # Each with how many it sent; "" stands for people without one.
    organisations: Counter[str] = field(default_factory=Counter)
    names: list[str] = field(default_factory=list)

    def add(self, person: Any, *, named: bool) -> None:
        self.people += 1
        self.organisations[person.organisation] += 1
        if named:
            self.names.append(person.name)

    @property
    def sent_by(self) -> list[tuple[str, int]]:
        """By name; those without an organisation last."""
        return sorted(self.organisations.items(), key=lambda one: (not one[0], one[0].casefold()))


@dataclass(frozen=True)
class Presence:
    """What a page says of the people of a meeting, for whoever reads it."""

    delegations: list[Delegation]
    is_recorded: bool
    own_answer: str = ""
    own_words: str = ""
    may_answer: list[tuple[str, str]] = field(default_factory=list)
    # Those who were invited by mail, and those of them who have not answered.
    invited: int = 0
    unanswered: int = 0

    @property
    def people(self) -> int:
        return sum(delegation.people for delegation in self.delegations)


def presence_at(meeting: Meeting, user: Any, rights: dict[str, Any]) -> Presence:
    """Strangers learn organisations and numbers once the record is out, and names with consent.

    ``rights``: ``is_inside`` and ``has_record`` of the page.
    """
    present = Attendance.objects.filter(participation=OuterRef("pk"), state="present")
    rows = meeting.participations.with_naming_consent().annotate(was_there=Exists(present))
    people = list(rows.select_related("city", "invitation")) if rights["has_record"] else []
    invited = [person for person in people if hasattr(person, "invitation")]
    is_recorded = any(person.was_there for person in people)
    counted = [
        person
        for person in people
        if (person.was_there if is_recorded else person.answer in EXPECTED)
    ]
    own = (
        next((person for person in people if person.user_id == user.pk), None) if user.pk else None
    )
    return Presence(
        _by_city(counted, everybody_named=rights["is_inside"]),
        is_recorded,
        own_answer=own.answer if own else "",
        own_words=own_answer_in_words(own or Participation()),
        may_answer=_answers(meeting) if rights["is_inside"] else [],
        invited=len(invited),
        unanswered=sum(person.answer == Answer.OPEN for person in invited),
    )


def _by_city(people: list[Any], *, everybody_named: bool) -> list[Delegation]:
    """Cities by name, then guests and people without a city."""
    found: dict[int | None, Delegation] = {}
    for person in people:
        city = None if person.is_guest else person.city
        delegation = found.setdefault(city.pk if city else None, Delegation(city))
        delegation.add(person, named=everybody_named or person.may_be_named)
    return sorted(found.values(), key=lambda one: (one.city is None, str(one.city)))


def _answers(meeting: Meeting) -> list[tuple[str, str]]:
    words = {
        Answer.COMING.value: _("I'm coming"),
        Answer.ONLINE.value: _("I take part online"),
        Answer.NOT_COMING.value: _("I can't come"),
    }
    return [(value, words[value]) for value in open_answers(meeting)]
