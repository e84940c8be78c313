"""The comments of a text as one person sees them, in the order of the text."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from in4green.livetext.archive import reading
from in4green.livetext.content.tree import Content
from in4green.livetext.discussion import anchors
from in4green.livetext.forms import AnswerForm, CommentForm
from in4green.livetext.models import Comment, CommentThread, LiveText
from in4green.livetext.owners import owner_of
from in4green.livetext.rules import may_comment


@dataclass(frozen=True)
class Said:
    comment: Comment
    form: CommentForm | None  # to change it, for its author


@dataclass(frozen=True)
class Row:
    thread: CommentThread
    number: int
    is_gone: bool  # its passage is no longer in the text
    said: list[Said]
    form: CommentForm | None  # to answer


@dataclass(frozen=True)
class Refused:
    """A form whose words couldn't be taken, and what it is about: shown where it was sent."""

    about: CommentThread | Comment
    form: CommentForm


class Talk:
    """``also`` names a thread that is listed whichever are asked for."""

    def __init__(
        self,
        text: LiveText,
        user: Any,
        *,
        resolved: bool = False,
        also: uuid.UUID | None = None,
        refused: Refused | None = None,
        content: Content | None = None,
    ) -> None:
        self.text, self.user, self.shows_resolved, self.also = text, user, resolved, also
        self.refused = refused
        self.may_comment = may_comment(user, text)
        self.members = _others(text, user) if self.may_comment else []
        self.counts = _counts(text)
        self.rows = self._rows(reading.content(text) if content is None else content)

    @property
    def numbers(self) -> dict[str, int]:
        """Of those that are listed, by their ids: for the marks in the text."""
        return {str(row.thread.pk): row.number for row in self.rows}

    def _rows(self, content: Content) -> list[Row]:
        order = {key: place for place, key in enumerate(anchors.threads(content))}
        wanted = Q(resolved_at__isnull=not self.shows_resolved) | Q(pk=self.also)
        threads = self.text.threads.filter(wanted).with_comments()
        listed = sorted(threads, key=lambda thread: order.get(str(thread.pk), len(order)))
        return [
            self._row(thread, number, is_gone=str(thread.pk) not in order)
            for number, thread in enumerate(listed, start=1)
        ]

    def _row(self, thread: CommentThread, number: int, *, is_gone: bool) -> Row:
        said = [Said(comment, self._edit(comment)) for comment in thread.comments.all()]
        may_answer = self.may_comment and not thread.resolved_at
        form = self._form(AnswerForm, thread, members=self.members) if may_answer else None
        return Row(thread, number, is_gone, said, form)

    def _edit(self, comment: Comment) -> CommentForm | None:
        if not self.may_comment or comment.author_id != self.user.pk:
            return None
        return self._form(CommentForm, comment, initial={"body": comment.body})

    def _form(
        self, kind: type[CommentForm], about: CommentThread | Comment, **options: Any
    ) -> CommentForm:
        if self.refused and self.refused.about == about:
            return self.refused.form
        return kind(auto_id=form_id(about), **options)


def form_id(about: CommentThread | Comment) -> str:
    """How the fields of its form are called: the page has many of them."""
    return f"{about._meta.model_name}-{about.pk}-%s"


def _others(text: LiveText, user: Any) -> list[Any]:
    """Who can be told, by name."""
    return sorted(owner_of(text).members(text).exclude(pk=user.pk), key=str)


def _counts(text: LiveText) -> dict[str, int]:
    resolved = Count("pk", filter=Q(resolved_at__isnull=False))
    return text.threads.aggregate(open=Count("pk") - resolved, resolved=resolved)
