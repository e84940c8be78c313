from django.db import models
from django.db.models import F


class LiveTextQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def with_unsaved_tail(self) -> "LiveTextQuerySet":
        """Those with updates that no snapshot holds yet."""
        return self.filter(head_seq__gt=F("snapshot_seq"), quarantined_at=None)


class CommentThreadQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def open(self) -> "CommentThreadQuerySet":
        return self.filter(resolved_at=None)
