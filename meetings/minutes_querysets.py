"""Which minutes, decisions and follow-ups."""

from typing import Any, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from in4green.common.making.models import MadeQuerySet


def _groups_of(user: Any) -> Any:
    """None for whoever sees everything."""
    return None if user.is_superuser else user.memberships.current().values("group")


class MeetingTextQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The rows for which ``meetings.view_meetingtext`` holds."""
        public = Q(approved_at__isnull=False, meeting__status="published")
        if not user.is_authenticated or not user.is_active:
            return self.filter(public)
        groups = _groups_of(user)
        return self if groups is None else self.filter(public | Q(meeting__group__in=groups))


class PrintoutQuerySet(MadeQuerySet):
    def of_now(self, row: Any) -> Self:
        """Those of the text as it stands, in the language of the record."""
        text = row.text
        return self.filter(
            of=row, epoch=text.epoch, seq=text.head_seq, language=row.meeting.written_in
        )

    def made(self) -> Self:
        """PDF first."""
        return super().made().order_by("-format")


class DecisionQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The rows for which ``meetings.view_record`` of their meeting holds."""
        published = Q(meeting__status="published")
        if not user.is_authenticated or not user.is_active:
            return self.filter(published)
        groups = _groups_of(user)
        return self if groups is None else self.filter(published | Q(meeting__group__in=groups))


class FollowUpQuerySet(DecisionQuerySet):
    def open(self) -> Self:
        return self.filter(state=self.model.State.OPEN)

    def mine(self, user: Any) -> Self:
        return self.open().filter(member=user)

    def by_due(self) -> Self:
        return self.order_by("due", "meeting__begins_on", "number")

    def on_agenda_of(self, meeting: Any) -> Self:
        """What earlier meetings of the group have left to this one.

        That is what was still open when it began. What is open now stands on the next agenda
        alone, not on those after it.
        """
        earlier = Q(meeting__begins_on__lt=meeting.begins_on) | Q(
            meeting__begins_on=meeting.begins_on, meeting__lt=meeting.pk
        )
        left = Q(closed_in=meeting)
        if not is_coming(meeting):
            left |= Q(state=self.model.State.OPEN) | Q(closed_at__date__gte=meeting.begins_on)
        elif not _coming_before(meeting).exists():
            left |= Q(state=self.model.State.OPEN)
        return self.filter(earlier, left, meeting__group=meeting.group_id)


def is_coming(meeting: Any) -> bool:
    is_planned = meeting.status == meeting.Status.PLANNED
    return bool(is_planned and meeting.ends_on >= timezone.localdate())


def _coming_before(meeting: Any) -> Any:
    meetings = type(meeting).objects.filter(
        group=meeting.group_id,
        status=meeting.Status.PLANNED,
        ends_on__gte=timezone.localdate(),
    )
    earlier = Q(begins_on__lt=meeting.begins_on) | Q(begins_on=meeting.begins_on, pk__lt=meeting.pk)
    return meetings.filter(earlier)
