"""Who hears of an answer to a challenge: coordination, and whoever has put it."""

from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import User, WorkingGroup
from groups.recipients import coordination, recipient
from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery
from in4green.activity.services import notify
from meetings.links import absolute
from meetings.models import Answer

ANSWERED = "challenges.answered"


def answered(answer: Answer, *, by: User | None) -> None:
    """Whoever has written it hears nothing."""
    challenge = answer.challenge
    people = coordination(challenge.group)
    asker = challenge.created_by
    if asker and asker.has_perm("meetings.answer_challenge", challenge):
        people.append(recipient(asker))
    others = [one for one in people if by is None or one.user_id != by.pk]
    if others:
        notify(ANSWERED, answer, others, by=by)


def _answer(delivery: Delivery) -> Answer:
    """The outbox has made sure that it still exists."""
    return cast(Answer, delivery.notification.subject)


def _letter(delivery: Delivery) -> Letter:
    answer = _answer(delivery)
    words = {"city": answer.city, "title": answer.challenge.title}
    waits = _("Please read it and accept it: until then only your group sees it.")
    return Letter(
        subject=_("%(city)s has answered: %(title)s") % words,
        paragraphs=[
            _("Hello,"),
            _("%(city)s has answered the challenge “%(title)s”.") % words,
            "" if answer.is_accepted else waits,
        ],
        button=_("Read the answer"),
        url=absolute(answer.get_absolute_url()),
    )


def _is_due(delivery: Delivery) -> bool:
    """Not for those who have left the group meanwhile."""
    user = delivery.user
    return user is None or user.has_perm("meetings.view_challenge", _answer(delivery).challenge)


def _coordinated(user: User) -> object:
    return Answer.objects.filter(challenge__group__in=WorkingGroup.objects.visible_to(user))


register(
    Kind(
        ANSWERED,
        _letter,
        _is_due,
        title=gettext_lazy("Answer to a challenge"),
        related=("challenge__group", "city"),
        subjects=_coordinated,  # type: ignore[arg-type]
    )
)
