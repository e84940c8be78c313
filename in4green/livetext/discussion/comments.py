"""What happens in the talk beside a text: begun, answered, edited, deleted, resolved, reopened.

Whoever may comment may do it, with his own comments alone what changes or deletes them. Everything
here raises PermissionDenied, and ValidationError for words that can't be taken. A text is locked
before its threads.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from in4green.activity.services import record
from in4green.common.cleaning import clean_text
from in4green.livetext import notifications, services
from in4green.livetext.discussion import anchors
from in4green.livetext.discussion.mentions import mentioned
from in4green.livetext.models import Comment, CommentThread, LiveText
from in4green.livetext.owners import owner_of
from in4green.livetext.rules import may_comment, may_read_comments

LONGEST = 4000  # letters of a comment
QUOTE, AROUND = 500, 100  # letters of a passage that are kept, and of what stands around it


class Opened(NamedTuple):
    thread: CommentThread
    is_marked: bool  # False where the passage isn't in the newest text, or not yet


@transaction.atomic
def open_thread(
    text: LiveText, *, by: Any, passage: anchors.Passage, body: str, mentions: Iterable[Any] = ()
) -> Opened:
    """The passage is marked in the same transaction."""
    text = services.lock(text)
    _require(by, text)
    thread = CommentThread(
        text=text,
        quote=clean_text(passage.quote)[:QUOTE],
        prefix=passage.prefix[-AROUND:].replace("\0", ""),
        suffix=passage.suffix[:AROUND].replace("\0", ""),
    )
    if not thread.quote:
        raise ValidationError(_("Please choose the words that your comment is about."))
    thread.save()
    key = str(thread.pk)
    update = services.mark(text, lambda root: anchors.mark(root, passage, key), by=by)
    _say(thread, by=by, body=body, mentions=mentions)
    record(by, "comments.opened", thread)
    return Opened(thread, update is not None)


@transaction.atomic
def reply(thread: CommentThread, *, by: Any, body: str, mentions: Iterable[Any] = ()) -> Comment:
    """An answer to a resolved thread opens it again: so it isn't lost if both happen at once."""
    thread = _locked(thread, by)
    if thread.resolved_at:
        reopen(thread, by=by)
    comment = _say(thread, by=by, body=body, mentions=mentions)
    record(by, "comments.replied", thread)
    return comment


def _say(thread: CommentThread, *, by: Any, body: str, mentions: Iterable[Any]) -> Comment:
    comment = Comment.objects.create(thread=thread, author=by, body=_cleaned(body))
    told = _meant(comment, by=by, chosen=mentions)
    comment.mentions.set(told)
    notifications.tell_mentioned(comment, told)
    notifications.tell_participants(comment, but=told)
    services.tell_changed(thread.text, "comments")
    return comment


def _cleaned(body: str) -> str:
    body = clean_text(body)
    if not body:
        raise ValidationError(_("Please write something."), code="empty")
    if len(body) > LONGEST:
        raise ValidationError(_("A comment has at most 4,000 letters."), code="long")
    return body


def _meant(comment: Comment, *, by: Any, chosen: Iterable[Any] = ()) -> list[Any]:
    """Chosen or named members, without the author; nobody who may not read along."""
    text = comment.thread.text
    members = list(owner_of(text).members(text).exclude(pk=by.pk))
    wanted = {user.pk for user in [*chosen, *mentioned(comment.body, members)]}
    return [user for user in members if user.pk in wanted and may_read_comments(user, text)]


@transaction.atomic
def edit_comment(comment: Comment, *, by: Any, body: str) -> Comment:
    """Only who is named anew is told."""
    comment = _own(comment, by)
    body = _cleaned(body)
    if body == comment.body:
        return comment
    comment.body, comment.edited_at = body, timezone.now()
    comment.save(update_fields=["body", "edited_at"])
    known = set(comment.mentions.all())
    told = [user for user in _meant(comment, by=by) if user not in known]
    comment.mentions.add(*told)
    notifications.tell_mentioned(comment, told)
    record(by, "comments.edited", comment.thread)
    services.tell_changed(comment.thread.text, "comments")
    return comment


@transaction.atomic
def delete_comment(comment: Comment, *, by: Any) -> None:
    """A thread goes with its only comment, and its mark with it."""
    text = services.lock(comment.thread.text)
    comment = _own(comment, by)
    thread = comment.thread
    comment.delete()
    if not thread.comments.exists():
        services.mark(text, lambda root: anchors.unmark(root, str(thread.pk)), by=by)
        CommentThread.objects.filter(pk=thread.pk).delete()
    record(by, "comments.deleted", thread)
    services.tell_changed(text, "comments")


@transaction.atomic
def resolve(thread: CommentThread, *, by: Any) -> None:
    """The mark stays in the text, for the day when it is reopened; nobody is shown it."""
    thread = _locked(thread, by)
    if not thread.resolved_at:
        _set_resolved(thread, by, "comments.resolved", at=timezone.now(), person=by)


@transaction.atomic
def reopen(thread: CommentThread, *, by: Any) -> None:
    thread = _locked(thread, by)
    if thread.resolved_at:
        _set_resolved(thread, by, "comments.reopened", at=None, person=None)


def _set_resolved(thread: CommentThread, by: Any, action: str, *, at: Any, person: Any) -> None:
    thread.resolved_at, thread.resolved_by = at, person
    thread.save(update_fields=["resolved_at", "resolved_by"])
    record(by, action, thread)
    services.tell_changed(thread.text, "comments")


def _locked(thread: CommentThread, by: Any) -> CommentThread:
    """As it is now, held until the transaction ends. Raises DoesNotExist once it is gone."""
    rows = CommentThread.objects.select_for_update(of=("self",)).select_related("text")
    thread = rows.get(pk=thread.pk)
    _require(by, thread.text)
    return thread


def _own(comment: Comment, by: Any) -> Comment:
    thread = _locked(comment.thread, by)
    comment = thread.comments.get(pk=comment.pk)
    if comment.author_id != by.pk:
        raise PermissionDenied("livetext.own_comment")
    comment.thread = thread
    return comment


def _require(by: Any, text: LiveText) -> None:
    if not may_comment(by, text):
        raise PermissionDenied("livetext.comment")
