"""The page on which a whole meeting is entered: one form for it, one for each session and visit."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from in4green.common.versioned.forms import VersionedForm
from meetings.forms.entering import MeetingForm, RowForm, SessionForm, SiteVisitForm
from meetings.models import Attendance, Meeting, Session
from meetings.models.programme import ROOM_TAKEN

# Together below Django's limit for the number of fields.
MOST = {"session": 40, "visit": 15}

SESSION_IS_USED = _(
    "This session has minutes, recorded attendance or files. They would be lost, so it stays:"
    " please remove those first."
)
SESSION_ADDED_MEANWHILE = _(
    "Somebody has added “%(title)s” meanwhile. It would lie outside the days of the meeting."
)
DAY_IS_RECORDED = _(
    "It is recorded who was there on %(day)s, so this day must stay part of the meeting. If the"
    " meeting took place on other days, please use “Move to other days”: the record moves along."
)
VISIT_IS_USED = _(
    "This visit has files. They would be lost, so it stays: please remove those first."
)


class Sheet:
    """``data``: what was sent. Call under ``services.entering.lock``: it compares versions."""

    def __init__(
        self, meeting: Meeting, *, groups: Any, data: Any = None, form: Any = MeetingForm
    ) -> None:
        self.meeting = meeting
        self.data = data
        sessions = (
            meeting.sessions.select_related("changed_by") if meeting.pk else Session.objects.none()
        )
        self.form = form(data, instance=meeting, groups=groups)
        self.rows: dict[str, list[RowForm]] = {
            "session": self._rows("session", SessionForm, sessions),
            "visit": self._rows(
                "visit",
                SiteVisitForm,
                meeting.visits.select_related("changed_by") if meeting.pk else [],
                sessions=sessions,
            ),
        }

    def _rows(self, name: str, form: Any, stored: Any, **options: Any) -> list[RowForm]:
        if self.data is None:
            there = [
                form(instance=row, prefix=f"{name}-{i}", **options) for i, row in enumerate(stored)
            ]
            return there or [form(prefix=f"{name}-0", **options)]
        by_pk = {str(row.pk): row for row in stored}
        return [
            form(
                self.data,
                prefix=f"{name}-{i}",
                instance=by_pk.get(self.data.get(f"{name}-{i}-pk", "")),
                **options,
            )
            for i in range(self._count(name))
        ]

    def _count(self, name: str) -> int:
        """As many as were sent, and one more if that was asked for."""
        sent = self.data.get(f"{name}s", "")
        more = self.data.get("add") == name
        return min((int(sent) if sent.isdecimal() else 0) + more, MOST[name])

    @property
    def sessions(self) -> list[RowForm]:
        return self.rows["session"]

    @property
    def visits(self) -> list[RowForm]:
        return self.rows["visit"]

    @property
    def forms(self) -> Iterator[VersionedForm]:
        yield self.form
        yield from self.sessions
        yield from self.visits

    def leave_unchecked(self) -> None:
        for form in self.forms:
            form.leave_unchecked()

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]
        if all(valid):
            self._check_removed()
            self._check_days()
            self._check_rooms()
        return not self.errors

    @property
    def errors(self) -> bool:
        """For ``base.html``, which says in the title that something is wrong."""
        return self.data is not None and any(form.errors for form in self.forms)

    def kept(self, name: str) -> list[RowForm]:
        return [row for row in self.rows[name] if not row.is_blank and not row.is_removed]

    def removed(self, name: str) -> list[RowForm]:
        return [row for row in self.rows[name] if row.is_removed]

    def _check_removed(self) -> None:
        """What hangs on a row is not lost by one tick."""
        for row in self.removed("session"):
            session = row.instance
            hanging = (session.texts, session.attendances, session.documents, session.photos)
            if any(rows.exists() for rows in hanging):
                row.add_error("remove", SESSION_IS_USED)
        for row in self.removed("visit"):
            if row.instance.documents.exists() or row.instance.photos.exists():
                row.add_error("remove", VISIT_IS_USED)

    def changes(self, name: str) -> bool:
        """Whether saving changes anything of these rows."""
        kept = self.kept(name)
        return bool(self.removed(name)) or any(not row.is_there or row.differs for row in kept)

    def _check_days(self) -> None:
        days = self.form.cleaned_data
        for row in self.kept("session"):
            if _is_outside(row.cleaned_data["day"], days):
                row.add_error("day", _("This day is outside the days of the meeting."))
        for session in self._others():
            if _is_outside(session.day, days):
                self.form.add_error("ends_on", SESSION_ADDED_MEANWHILE % {"title": session})
        for day in self._recorded_days():
            if _is_outside(day, days) or days["precision"] != Meeting.Precision.DAY:
                said = {"day": date_format(day)}
                self.form.add_error("ends_on", DAY_IS_RECORDED % said)

    def _others(self) -> Any:
        """What others have added since the page was opened."""
        on_page = {row.instance.pk for row in self.sessions if row.is_there}
        return self.meeting.sessions.exclude(pk__in=on_page) if self.meeting.pk else []

    def _recorded_days(self) -> Any:
        if not self.meeting.pk:
            return []
        recorded = Attendance.objects.filter(participation__meeting=self.meeting)
        return recorded.exclude(day=None).dates("day", "day")

    def _check_rooms(self) -> None:
        """Over the page, and what others have added meanwhile."""
        rows = [(row, row.instance) for row in self.kept("session")]
        everything = [*((None, other) for other in self._others()), *rows]
        for (_row, first), (row, second) in combinations(everything, 2):
            if row and _clash(first, second):
                row.add_error("room", f"{ROOM_TAKEN} ({first.title})")


def _is_outside(day: date | None, days: dict[str, Any]) -> bool:
    return bool(day and not days["begins_on"] <= day <= days["ends_on"])


def _clash(one: Session, other: Session) -> bool:
    hours = (one.starts, one.ends, other.starts, other.ends)
    if None in hours or one.day != other.day or not one.room:
        return False
    starts, ends, other_starts, other_ends = map(str, hours)  # ISO compares as time does
    same_room = one.room.lower() == other.room.lower()
    return same_room and starts < other_ends and other_starts < ends
