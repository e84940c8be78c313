from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Length
from django.utils import timezone

# What makes a snapshot large: lists and numbers need none of it.
LARGE = ("state", "state_vector", "depths", "content_json", "plain_text")


class LiveTextQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """For coordination: those that somebody answers for; all for a superuser."""
        from in4green.livetext.owners import kept_by

        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(reduce(or_, (Q(pk__in=ids) for ids in kept_by(user)), Q(pk=None)))

    def with_unsaved_tail(self) -> Self:
        """Those with updates that no snapshot holds yet."""
        return self.filter(head_seq__gt=F("snapshot_seq"), quarantined_at=None)

    def idle(self) -> Self:
        """Nobody has written for a while."""
        return self.filter(changed_at__lt=timezone.now() - settings.LIVETEXT["IDLE"])

    def due(self) -> Self:
        """For a snapshot or a version; most of those that are named have nothing to do."""
        snapshot, version = self.due_for_snapshot(), self.due_for_version()
        return self.filter(Q(pk__in=snapshot.values("pk")) | Q(pk__in=version.values("pk")))

    def due_for_snapshot(self) -> Self:
        """Many updates, or many bytes, or nobody has written for a while."""
        limits = settings.LIVETEXT
        tail = _related("TextUpdate").filter(seq__gt=OuterRef("snapshot_seq")).order_by()
        size = tail.values("text").annotate(size=Sum(Length("payload"))).values("size")
        long = Q(head_seq__gte=F("snapshot_seq") + limits["SNAPSHOT_UPDATES"])
        idle = Q(changed_at__lt=timezone.now() - limits["IDLE"])
        large = Q(tail_bytes__gte=limits["SNAPSHOT_BYTES"])
        return self.with_unsaved_tail().alias(tail_bytes=Subquery(size)).filter(long | idle | large)

    def due_for_version(self) -> Self:
        """Changed since the last version, and nobody has written for a while, or that is long."""
        versions = _related("TextVersion", epoch="snapshot__epoch").order_by("-snapshot__seq")
        last = Coalesce(Subquery(versions.values("snapshot__seq")[:1]), Value(0))
        before = timezone.now() - settings.LIVETEXT["VERSION_EVERY"]
        old = _related("TextUpdate").filter(seq=OuterRef("versioned") + 1, at__lte=before)
        return (
            self.filter(quarantined_at=None)
            .alias(versioned=last)
            .filter(head_seq__gt=F("versioned"))
            .filter(Exists(old) | Q(changed_at__lt=timezone.now() - settings.LIVETEXT["IDLE"]))
        )

    def misfitting(self) -> Self:
        """Whose newest snapshot holds what an editor would delete."""
        newest = _related("TextSnapshot").filter(seq=OuterRef("snapshot_seq"))
        return self.filter(Exists(newest.exclude(misfits=[])))


def _related(name: str, epoch: str = "epoch") -> Any:
    """Rows of another table that belong to the text, in the epoch in which it lives."""
    from django.apps import apps

    rows = apps.get_model("livetext", name).objects
    return rows.filter(text=OuterRef("pk"), **{epoch: OuterRef("epoch")})


class TextVersionQuerySet(models.QuerySet[Any]):
    def listed(self) -> Self:
        """For a list: newest first, with people and numbers, without the texts themselves."""
        return (
            self.select_related("author", "snapshot")
            .defer(*(f"snapshot__{name}" for name in LARGE))
            .prefetch_related("authors")
        )


class CommentThreadQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(resolved_at=None)

    def resolved(self) -> Self:
        return self.exclude(resolved_at=None)

    def with_comments(self) -> Self:
        """For a list: who said what, and who was told."""
        rows = self.select_related("resolved_by")
        return rows.prefetch_related("comments__author", "comments__mentions")


class TextImportQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """To be read now: nobody else is at it."""
        due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=timezone.now())
        return self.filter(due, state=self.model.State.WAITING)


class TextProposalQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any, *, reviews: bool) -> Self:
        """Of one text: one's own, and what was sent for whoever decides about it."""
        return (
            self.filter(Q(author=user) | ~Q(state="draft")) if reviews else self.filter(author=user)
        )

    def waiting(self) -> Self:
        return self.filter(state="sent")

    def listed(self) -> Self:
        """Newest first, with the number of changes, without the texts themselves."""
        decided = Count("changes", filter=~Q(changes__verdict=""))
        rows = self.select_related("author").defer("base", "content")
        return rows.annotate(total=Count("changes"), decided=decided).order_by("-changed_at", "-pk")
