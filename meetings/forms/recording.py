"""The table in which attendance is recorded: one line for each person, one choice in each line.

Each line knows what was recorded when the page was opened. Whoever changes another line than
somebody else at the same time disturbs nobody; whoever changes the same line sees both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from meetings.models import Attendance, Participation

STATES = Attendance.State.values
NOTHING = ""


@dataclass
class Line:
    """``state`` is what is ticked, ``base`` what the page was opened with."""

    person: Participation
    base: str
    state: str
    told: str = ""

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Value, name, and whether it is ticked."""
        names = [*Attendance.State.choices, (NOTHING, _("not recorded"))]
        return [(value, str(name), value == self.state) for value, name in names]


class AttendanceTable:
    """``recorded``: what is there now, by person. ``data``: what was sent."""

    def __init__(self, people: Any, recorded: Mapping[int, Attendance], data: Any = None) -> None:
        self.recorded = recorded
        self.data = data
        self.fill = data.get("fill", NOTHING) if data is not None else NOTHING
        self.lines = [self._line(person) for person in people]

    @staticmethod
    def people_sent(data: Any) -> list[int]:
        sent = (name.removeprefix("base-") for name in data if name.startswith("base-"))
        return [int(pk) for pk in sent if pk.isdecimal() and len(pk) < 19]

    def _line(self, person: Participation) -> Line:
        now = self._now(person)
        if self.data is None:
            return Line(person, now, now)
        base = _known(self.data.get(f"base-{person.pk}", NOTHING))
        state = _known(self.data.get(f"state-{person.pk}", base))
        if self.fill in STATES and not (state or now):
            state = self.fill
        return Line(person, base, state)

    def _now(self, person: Participation) -> str:
        attendance = self.recorded.get(person.pk)
        return attendance.state if attendance else NOTHING

    def settle(self) -> dict[Participation, str]:
        """What is to be recorded; lines that two people have changed differently tell of it."""
        changes = {}
        for line in self.lines:
            now = self._now(line.person)
            if line.state == line.base or line.state == now:
                line.state = now
            elif now == line.base:
                changes[line.person] = line.state
            else:
                line.told = self._told(line)
            line.base = now
        return changes

    def _told(self, line: Line) -> str:
        attendance = self.recorded.get(line.person.pk)
        if attendance is None:
            return _("Somebody has taken back meanwhile what was recorded here.")
        who = attendance.recorded_by or _("Somebody")
        told = {"who": who, "state": attendance.get_state_display()}
        return _("%(who)s has recorded “%(state)s” here meanwhile.") % told

    @property
    def told(self) -> list[Line]:
        return [line for line in self.lines if line.told]


def _known(state: str) -> str:
    return state if state in STATES else NOTHING
