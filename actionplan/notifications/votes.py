"""Mails about a vote: opened, reminded, closed."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan import results
from actionplan.models import Approval, Vote
from actionplan.notifications.reviews import belongs
from groups.models import User, WorkingGroup
from groups.recipients import recipient
from groups.writing import members_of
from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery
from in4green.activity.services import notify
from meetings.links import absolute

OPENED, REMINDED, CLOSED = "votes.opened", "votes.reminded", "votes.closed"


def opened(vote: Vote, *, by: User) -> None:
    notify(OPENED, vote, [recipient(vote.user)], by=by)


def reminded(vote: Vote) -> None:
    notify(REMINDED, vote, [recipient(vote.user)])


def closed(approval: Approval, *, by: User | None) -> None:
    """Everybody in the group hears how it came out, whether they had a vote or not."""
    people = [recipient(user) for user in members_of(approval.group_id)]
    notify(CLOSED, approval, people, by=by)


def _subject(delivery: Delivery) -> Any:
    """The outbox has made sure that it still exists."""
    return delivery.notification.subject


def _words(approval: Approval) -> dict[str, str]:
    day = date_format(approval.closes_on)
    return {"plan": str(approval.plan), "group": approval.group.name, "day": day}


def _letter(approval: Approval, subject: str, *paragraphs: str, button: str) -> Letter:
    return Letter(
        subject=subject,
        paragraphs=[_("Hello,"), *paragraphs],
        button=button,
        url=absolute(approval.get_absolute_url()),
        reply_to=approval.group.coordination_address,
    )


def _opened(delivery: Delivery) -> Letter:
    approval = _subject(delivery).approval
    words = _words(approval)
    return _letter(
        approval,
        _("Please vote: %(plan)s") % words,
        _("%(group)s votes on “%(plan)s”. You can vote until %(day)s.") % words,
        approval.words,
        _("Until then you can change your vote. The group sees how each of you has voted."),
        button=_("Vote"),
    )


def _reminded(delivery: Delivery) -> Letter:
    approval = _subject(delivery).approval
    words = _words(approval)
    return _letter(
        approval,
        _("Until %(day)s: your vote on “%(plan)s”") % words,
        _("you have not voted on “%(plan)s” yet. You can do so until %(day)s.") % words,
        button=_("Vote"),
    )


def _closed(delivery: Delivery) -> Letter:
    approval = _subject(delivery)
    words = _words(approval)
    return _letter(
        approval,
        _("The vote on “%(plan)s” is over") % words,
        results.in_words(results.count_of(approval), approval.outcome) + ".",
        button=_("Look at the result"),
    )


def _vote_is_due(delivery: Delivery) -> bool:
    """Not for those who have voted meanwhile, or belong to the group no longer."""
    vote = _subject(delivery)
    is_waiting = vote.approval.is_open and not vote.choice
    return is_waiting and belongs(vote.user, vote.approval.group)


def _result_is_due(delivery: Delivery) -> bool:
    approval = _subject(delivery)
    return not approval.is_open and belongs(delivery.user, approval.group)


def _register(
    name: str,
    title: Any,
    model: Any,
    path: str,
    write: Callable[[Delivery], Letter],
    still_due: Callable[[Delivery], bool],
    *related: str,
) -> None:
    def coordinated(user: Any) -> Any:
        return model.objects.filter(**{f"{path}__in": WorkingGroup.objects.visible_to(user)})

    kind = Kind(name, write, still_due, title=title, related=(path, *related), subjects=coordinated)
    register(kind)


_OF_VOTE = "approval__plan__group"
_register(OPENED, gettext_lazy("Request to vote"), Vote, _OF_VOTE, _opened, _vote_is_due, "user")
_register(
    REMINDED, gettext_lazy("Reminder to vote"), Vote, _OF_VOTE, _reminded, _vote_is_due, "user"
)
_register(
    CLOSED, gettext_lazy("Result of a vote"), Approval, "plan__group", _closed, _result_is_due
)
