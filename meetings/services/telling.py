"""What has changed about a meeting is told to those concerned, a little later and all at once."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from in4green.activity.services import Recipient, notify
from meetings.models import Correspondence, Meeting, Participation
from meetings.notifications.facts import Facts, facts_of, moves
from meetings.timing import is_over

Answer = Participation.Answer
Status = Meeting.Status


@transaction.atomic
def note_change(meeting: Meeting) -> None:
    """After each change: what matters to those concerned is told a little later, all at once."""
    letters = lock_letters(meeting)
    now = facts_of(letters.meeting)
    if not letters.told or not concerned(letters.meeting) or _concerns_nobody(letters.meeting):
        letters.told = now
    is_due = now != letters.told or _record_is_new(letters)
    letters.tell_at = timezone.now() + settings.MEETINGS["QUIET"] if is_due else None
    letters.save()


@transaction.atomic
def tell_change(meeting_id: int) -> None:
    """Once it has been quiet for a while; safe to run twice."""
    letters = lock_letters(Meeting(pk=meeting_id))
    if letters.tell_at and letters.tell_at <= timezone.now():
        tell(letters)


def changes_to_tell() -> list[int]:
    waiting = Correspondence.objects.filter(tell_at__lte=timezone.now())
    return list(waiting.values_list("pk", flat=True))


def tell(letters: Correspondence) -> None:
    meeting, before = letters.meeting, letters.told
    now = facts_of(meeting)
    if letters.tell_at and before and before != now:
        told = [row for row in concerned(meeting) if _cares(row, before, now)]
        notify_each("meetings.changed", told, data={"before": before, "after": now})
    if letters.tell_at and _record_is_new(letters):
        notify_each("meetings.record_published", concerned(meeting))
        letters.record_told_at = timezone.now()
    letters.told, letters.tell_at = now, None
    letters.save()


def _cares(participation: Participation, before: Facts, after: Facts) -> bool:
    """Whoever can't come hears of other days only."""
    if participation.answer != Answer.NOT_COMING:
        return True
    return moves(before, after) and not after["cancelled"]


def _record_is_new(letters: Correspondence) -> bool:
    return letters.meeting.is_published and letters.record_told_at is None


def _concerns_nobody(meeting: Meeting) -> bool:
    """What is written about a meeting afterwards is no news for those who were there."""
    return is_over(meeting) or meeting.status in (Status.HELD, Status.PUBLISHED)


def concerned(meeting: Meeting) -> list[Participation]:
    """Those who were invited, and those who have said by themselves that they come."""
    know = Q(invitation__isnull=False) | Q(answer__in=[Answer.COMING, Answer.ONLINE])
    rows = meeting.participations.filter(know).select_related("user", "invitation")
    return [row for row in rows if row.address]


def lock_letters(meeting: Meeting) -> Correspondence:
    """With the meeting as it is now; whoever changes it or tells of it waits for the others."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("group", "host")
    meeting = locked.get(pk=meeting.pk)
    letters, _is_new = Correspondence.objects.get_or_create(meeting=meeting)
    letters.meeting = meeting
    return letters


def notify_each(kind: str, people: Iterable[Participation], **options: Any) -> None:
    """One notification for each: what it says depends on the person."""
    for person in people:
        user = person.user
        language = user.language if user else person.language
        recipient = Recipient(person.address, language, user.pk if user else None)
        notify(kind, person, [recipient], **options)
