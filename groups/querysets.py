"""Which rows; ``visible_to`` is the only door to them in views, exports and the admin."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from in4green.livetext.models import CommentThread, TextUpdate


class MembershipQuerySet(QuerySet[Any]):
    def current(self) -> Self:
        today = timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)

    def coordinators(self) -> Self:
        return self.filter(role=self.model.Role.COORDINATOR)

    def reachable(self) -> Self:
        return self.filter(user__is_active=True).select_related("user")

    def visible_to(self, user: Any) -> Self:
        return _coordinated(self, user)


class WorkingGroupQuerySet(QuerySet[Any]):
    def default(self) -> Any:
        """The group whose portal this is. Raises DoesNotExist before the reference data."""
        return self.select_related("city").get(slug=settings.DEFAULT_GROUP)

    def visible_to(self, user: Any) -> Self:
        return _coordinated(self, user, group="pk")


class OrganisationQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Organisations of the cities whose groups the user coordinates."""
        return _coordinated(self, user, group="city__groups").distinct()


class InvitationQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return _coordinated(self, user)


class NoteQuerySet(QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those of the groups that somebody belongs to today."""
        if user.is_superuser:
            return self
        mine = user.memberships.current() if user.is_authenticated and user.is_active else None
        return self.filter(group__in=mine.values("group")) if mine is not None else self.none()

    def with_activity(self) -> Self:
        """Who was last at work in each, and how many conversations are open beside it."""
        of_text = {"text": OuterRef("text")}
        updates = TextUpdate.objects.filter(**of_text, epoch=OuterRef("text__epoch"))
        threads = CommentThread.objects.open().filter(**of_text).order_by().values("text")
        return self.select_related("text").annotate(
            changed_by=Subquery(updates.order_by("-seq").values("author__name")[:1]),
            open_threads=Coalesce(Subquery(threads.annotate(n=Count("pk")).values("n")), 0),
        )

    def changed_since(self, moment: Any) -> Self:
        return self.filter(text__changed_at__gte=moment)


class SentByStrangersQuerySet(QuerySet[Any]):
    """What every form asks is put in SQL: Django would take longer to write it than PostgreSQL."""

    def count_lately_from(self, network: str) -> int:
        since = timezone.now() - settings.INTEREST["NETWORK_WINDOW"]
        table = connection.ops.quote_name(self.model._meta.db_table)
        sql = f"SELECT count(*) FROM {table} WHERE network = %s AND created_at >= %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [network, since])
            [(count,)] = cursor.fetchall()
        return int(count)


class InterestSignupQuerySet(SentByStrangersQuerySet):
    def visible_to(self, user: Any) -> Self:
        return _coordinated(self, user)

    def queue(self) -> Self:
        """What waits for a decision, oldest first."""
        status = self.model.Status
        return self.filter(status__in=[status.RECEIVED, status.IN_REVIEW]).order_by("confirmed_at")

    def unconfirmed(self) -> Self:
        return self.filter(status=self.model.Status.UNCONFIRMED)

    def open(self) -> Self:
        """Confirmed, and not at one of the ends yet."""
        status = self.model.Status
        return self.filter(status__in=[status.RECEIVED, status.IN_REVIEW, status.INVITED])

    def of_person(self, email: str) -> Self:
        """However the address is written; as the constraint compares, whose index finds them."""
        return self.alias(address=Lower("email")).filter(address=Lower(Value(email)))

    def sent_before(self, group: Any, email: str, form_token: str) -> Iterable[Any]:
        """With the same form, or by the same person and not confirmed yet: one question."""
        return self.raw(
            "SELECT * FROM groups_interestsignup WHERE form_token = %s"
            " OR (status = %s AND group_id = %s AND lower(email) = lower(%s))",
            [form_token, self.model.Status.UNCONFIRMED, group.pk, email],
        )

    def overdue(self) -> Self:
        """Promised an answer by a day that has passed, and still waiting for us."""
        return self.queue().filter(answer_due__lt=timezone.localdate())

    def with_history(self) -> Self:
        """Marks a sign-up of somebody who was declined before."""
        declined = self.model.objects.filter(
            group=OuterRef("group"),
            email__iexact=OuterRef("email"),
            status=self.model.Status.DECLINED,
        ).exclude(pk=OuterRef("pk"))
        return self.annotate(declined_before=Exists(declined))


class BarrierReportQuerySet(SentByStrangersQuerySet):
    def visible_to(self, user: Any) -> Self:
        return _coordinated(self, user)

    def open(self) -> Self:
        return self.filter(answered_at=None)


def _coordinated(rows: Any, user: Any, group: str = "group") -> Any:
    """Rows of the groups that the user coordinates today; all for a superuser."""
    if not user.is_active:
        return rows.none()
    if user.is_superuser:
        return rows
    mine = user.memberships.current().coordinators()
    return rows.filter(Exists(mine.filter(group=OuterRef(group))))
