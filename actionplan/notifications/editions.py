"""Letters about comments on editions: to coordination, and to who wrote one."""

from typing import cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import EditionComment
from groups import links
from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery


def _comment(delivery: Delivery) -> EditionComment:
    """The outbox has made sure that it still exists."""
    return cast(EditionComment, delivery.notification.subject)


def commented(delivery: Delivery) -> Letter:
    comment = _comment(delivery)
    edition = comment.edition
    slug = edition.plan.slug
    return Letter(
        subject=_("Somebody has commented on the action plan"),
        paragraphs=[
            _("%(name)s writes on edition %(number)s of “%(plan)s”:")
            % {"name": comment.name, "number": edition.number, "plan": edition.plan},
            comment.text,
            _("Nobody else sees it until you publish it."),
        ],
        button=_("Decide about the comment"),
        url=links.absolute(reverse("plan:decide_comment", args=[slug, comment.pk])),
    )


def decided(delivery: Delivery) -> Letter:
    comment = _comment(delivery)
    is_published = comment.state == EditionComment.State.PUBLISHED
    said = [_("The answer of the working group:"), comment.answer] if comment.answer else []
    why = [_("The reason:"), comment.reason] if comment.reason else []
    return Letter(
        subject=_("Your comment on the action plan"),
        paragraphs=[
            _("Hello,"),
            _("thank you for your comment. It is published now.")
            if is_published
            else _("thank you for your comment. It is not published."),
            *why,
            *said,
        ],
        button=_("Read the comments"),
        url=links.absolute(
            reverse(
                "plan:edition_comments", args=[comment.edition.plan.slug, comment.edition.number]
            )
        ),
        reason=_("You left your address with a comment on an edition of the action plan."),
    )


register(
    Kind(
        "editions.commented",
        commented,
        lambda delivery: _comment(delivery).is_waiting,
        title=gettext_lazy("Comment on an edition, to coordination"),
        subjects=EditionComment.objects.visible_to,
        related=("edition__plan",),
    )
)
register(
    Kind(
        "editions.comment_decided",
        decided,
        lambda delivery: not _comment(delivery).is_waiting,
        title=gettext_lazy("What became of a comment on an edition"),
        subjects=EditionComment.objects.visible_to,
        related=("edition__plan",),
    )
)
