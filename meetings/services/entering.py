"""What happens to a meeting: entered, changed, copied, moved. Each is one transaction."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from groups.models import User
from in4green.activity.services import record
from meetings.forms.sheet import Sheet
from meetings.models import Meeting, Session
from meetings.services.files import keep_with_meeting
from meetings.services.recording import move_attendance
from meetings.services.telling import note_change

PROGRAMME = ("kind", "title", "starts", "ends", "room", "track", "urbact_tool")


def lock(meeting: Meeting) -> Meeting:
    """Everybody who changes a part of a meeting waits here for the others."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("changed_by")
    return locked.get(pk=meeting.pk)


@transaction.atomic
def save_sheet(sheet: Sheet, *, by: User | None) -> Meeting:
    """Expects a valid sheet, read under ``lock``. ``by`` is None for a guest with a link."""
    is_new = not sheet.form.is_there
    if is_new:
        sheet.form.instance.slug = free_slug(sheet.form.instance)
    meeting: Meeting = sheet.form.keep(by=by)
    removed = [*sheet.removed("visit"), *sheet.removed("session")]
    kept = [*sheet.kept("session"), *sheet.kept("visit")]
    programme_changes = not is_new and sheet.changes("session")
    for row in removed:
        keep_with_meeting(row.instance)
        row.instance.delete()
    for row in kept:
        row.keep(by=by, meeting=meeting)
    record(by, "meetings.entered" if is_new else "meetings.changed", meeting)
    if programme_changes:
        _note_programme(meeting)
    _settle()
    note_change(meeting)
    return meeting


def _note_programme(meeting: Meeting) -> None:
    meeting.programme_version += 1
    meeting.save(update_fields=["programme_version", "changed_at"])


@transaction.atomic
def copy_meeting(meeting: Meeting, *, first_day: date, by: User) -> Meeting:
    """The frame and the programme, without what was noted; nobody but the group sees it yet."""
    length = meeting.ends_on - meeting.begins_on if meeting.has_days else timedelta(0)
    copy = Meeting(
        group=meeting.group,
        kind=meeting.kind,
        title=meeting.title,
        written_in=meeting.written_in,
        host=meeting.host,
        begins_on=first_day,
        ends_on=first_day + length,
        time_zone=meeting.time_zone,
        place=meeting.place,
        languages=meeting.languages,
        changed_by=by,
    )
    copy.slug = free_slug(copy)
    copy.save()
    shift = first_day - meeting.begins_on if meeting.has_days else None
    for session in meeting.sessions.all():
        _copy_session(session, copy, shift, by)
    record(by, "meetings.copied", copy, source=meeting.pk)
    _settle()
    note_change(copy)
    return copy


def _copy_session(session: Session, meeting: Meeting, shift: timedelta | None, by: User) -> None:
    """Without known days of the meeting, a session has neither day nor time."""
    fields = {name: getattr(session, name) for name in PROGRAMME}
    if shift is None or session.day is None:
        fields.update(starts=None, ends=None)
    day = session.day + shift if session.day and shift is not None else None
    Session.objects.create(meeting=meeting, day=day, changed_by=by, **fields)


@transaction.atomic
def move_meeting(meeting: Meeting, *, to: date, by: User) -> Meeting:
    """All its days. Raises ValidationError where they are not known."""
    meeting = lock(meeting)
    if not meeting.has_days:
        raise ValidationError(_("Please enter the days of the meeting first."), code="no_days")
    shift = to - meeting.begins_on
    meeting.begins_on += shift
    meeting.ends_on += shift
    keep(meeting, by)
    for session in meeting.sessions.exclude(day=None):
        session.day = (session.day or to) + shift
        keep(session, by)
    move_attendance(meeting, shift)
    record(by, "meetings.moved", meeting, days=shift.days)
    _settle()
    note_change(meeting)
    return meeting


@transaction.atomic
def move_day(meeting: Meeting, *, day: date, to: date, by: User) -> Meeting:
    """What happens on one day, to another day of the meeting. Raises ValidationError."""
    meeting = lock(meeting)
    if not meeting.begins_on <= to <= meeting.ends_on:
        raise ValidationError(_("This day is outside the days of the meeting."), code="outside")
    moving = list(meeting.sessions.filter(day=day))
    staying = meeting.sessions.filter(day=to).exclude(room="")
    _refuse_clashes(moving, staying)
    for session in moving:
        session.day = to
        keep(session, by)
    record(by, "meetings.day_moved", meeting, to=to.isoformat())
    _note_programme(meeting)
    _settle()
    note_change(meeting)
    return meeting


def _refuse_clashes(moving: list[Session], staying: Any) -> None:
    for session in moving:
        if not session.room or not session.starts:
            continue
        taken = staying.filter(
            room__iexact=session.room, starts__lt=session.ends, ends__gt=session.starts
        ).exclude(pk__in=[one.pk for one in moving])
        if other := taken.first():
            raise ValidationError(
                _("“%(one)s” and “%(other)s” would be in one room at the same time.")
                % {"one": session, "other": other},
                code="room",
            )


def keep(row: Any, by: User) -> None:
    row.version += 1
    row.changed_by = by
    row.save()


def free_slug(meeting: Meeting) -> str:
    """A permanent address: the year, and where or what. No page's own address begins so."""
    name = meeting.host.name if meeting.host and meeting.ordinal else meeting.title
    begin = f"{meeting.begins_on.year}-{slugify(name)}"[:70].strip("-")
    taken = set(Meeting.objects.filter(slug__startswith=begin).values_list("slug", flat=True))
    slug, number = begin, 2
    while slug in taken:
        slug, number = f"{begin}-{number}", number + 1
    return slug


def _settle() -> None:
    """Constraints that wait for the end of the transaction are checked where it can be told."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
