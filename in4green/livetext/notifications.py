"""Letters about comments: to who is mentioned, and to who has taken part in a thread."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery
from in4green.activity.services import Recipient, notify
from in4green.common.cleaning import clean_line
from in4green.livetext.models import Comment, CommentThread
from in4green.livetext.owners import owner_of
from in4green.livetext.rules import may_read_comments

MENTIONED, REPLIED = "comments.mentioned", "comments.replied"
SHOWN = 160  # letters of a passage in a letter


def tell_mentioned(comment: Comment, people: Iterable[Any]) -> None:
    _tell(MENTIONED, comment, people)


def tell_participants(comment: Comment, *, but: Iterable[Any]) -> None:
    """Who has written in the thread or was mentioned there, and is still a member."""
    thread = comment.thread
    earlier = thread.comments.exclude(pk=comment.pk)
    people = owner_of(thread.text).members(thread.text).exclude(pk=comment.author_id)
    told = {user.pk for user in but}
    heard = {*earlier.values_list("author", flat=True), *earlier.values_list("mentions", flat=True)}
    _tell(REPLIED, comment, people.filter(pk__in=heard - told - {None}))


def _tell(kind: str, comment: Comment, people: Iterable[Any]) -> None:
    recipients = [Recipient(user.email, user.language, user.pk) for user in people]
    if recipients:
        notify(kind, comment, recipients, by=comment.author)


def address_of(thread: CommentThread) -> str:
    """Under the language that is active; the thread is shown there even when it is resolved."""
    page = reverse("text:comments", args=[thread.text_id])
    return f"{page}?thread={thread.pk}#thread-{thread.pk}"


def _comment(delivery: Delivery) -> Comment | None:
    comment: Comment | None = delivery.notification.subject
    return comment


def _is_due(delivery: Delivery) -> bool:
    comment = _comment(delivery)
    if comment is None or comment.thread.resolved_at:
        return False
    return may_read_comments(delivery.user, comment.thread.text)


def _letter(subject: Any, opening: Any, reason: Any) -> Callable[[Delivery], Letter]:
    """All three are lazy translations; the first two name a person and a text."""

    def write(delivery: Delivery) -> Letter:
        comment = _comment(delivery)
        assert comment is not None  # noqa: S101 - asked for before: ``still_due``
        thread = comment.thread
        facts = {
            "name": str(comment.author or _("A former member")),
            "title": clean_line(owner_of(thread.text).title(thread.text)),
            "quote": Truncator(" ".join(thread.quote.split())).chars(SHOWN),
        }
        return Letter(
            subject=subject % facts,
            paragraphs=[
                opening % facts,
                _("The passage: “%(quote)s”") % facts,
                comment.body,
            ],
            button=_("Read and answer"),
            url=f"{settings.BASE_URL}{address_of(thread)}",
            reason=str(reason),
        )

    return write


register(
    Kind(
        MENTIONED,
        _letter(
            gettext_lazy("%(name)s mentioned you in “%(title)s”"),
            gettext_lazy("%(name)s mentioned you in a comment on “%(title)s”."),
            gettext_lazy("You get this mail because you were mentioned in a comment."),
        ),
        _is_due,
        title=gettext_lazy("Mentioned in a comment"),
    )
)
register(
    Kind(
        REPLIED,
        _letter(
            gettext_lazy("%(name)s answered in “%(title)s”"),
            gettext_lazy("%(name)s answered in a thread of comments on “%(title)s”."),
            gettext_lazy("You get this mail because you take part in this thread of comments."),
        ),
        _is_due,
        title=gettext_lazy("Answer to a comment"),
    )
)
