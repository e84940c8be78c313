"""Which editions and which comments on them; editions are everybody's."""

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import MD5, Coalesce, JSONObject

from groups.models import WorkingGroup
from groups.querysets import SentByStrangersQuerySet


class EditionQuerySet(QuerySet[Any]):
    def in_short(self) -> Self:
        """Without the frozen whole, which is large."""
        return self.select_related("plan__group__city").defer("content")

    def for_reading(self, language: str) -> Self:
        """With all that the page says beside the text, so that one query is enough.

        ``language`` is the reader's; where there is no such page it is the original's.
        """
        from actionplan.models import EditionComment, EditionFile, EditionPage

        wanted = Case(
            When(language=language, then=0), When(language=OuterRef("plan__language"), then=1),
            default=2,
        )  # fmt: skip
        pages = EditionPage.objects.filter(edition=OuterRef("pk"))
        pages = pages.annotate(rank=wanted).order_by("rank")
        files = EditionFile.objects.filter(edition=OuterRef("pk"), language=language)
        facts = files.values(
            facts=JSONObject(**{name: name for name in ("format", "language", "size", "sha256")})
        )
        comments = EditionComment.objects.published().filter(edition=OuterRef("pk"))
        counted = comments.order_by().values("edition").annotate(n=Count("pk")).values("n")
        others = self.model._default_manager.filter(plan=OuterRef("plan")).order_by("number")
        return self.in_short().annotate(
            **{name: Subquery(pages.values(name)[:1]) for name in ("html", "contents", "words")},
            files_shown=ArraySubquery(facts.order_by("format")),
            numbers=ArraySubquery(others.values("number")),
            comment_count=Coalesce(Subquery(counted), 0),
        )

    def marks(self, language: str) -> QuerySet[Any, tuple[Any, ...]]:
        """Of all that may become another on the page of an edition, and only that."""
        named = ("drawn", "files_shown", "numbers", "comment_count")
        around = ("plan__takes_comments", "plan__group__name")
        rows = self.for_reading(language).annotate(drawn=MD5("html"))
        return rows.values_list(*named, *around)


class EditionCommentQuerySet(SentByStrangersQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(edition__plan__group__in=WorkingGroup.objects.visible_to(user))

    def waiting(self) -> Self:
        return self.filter(state=self.model.State.WAITING)

    def published(self) -> Self:
        return self.filter(state=self.model.State.PUBLISHED)

    def with_address_before(self, moment: datetime) -> Self:
        return self.filter(created_at__lt=moment).exclude(email="", network="")
