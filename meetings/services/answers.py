"""What happens to an answer: given by a member or through a guest link, accepted, removed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import City, User
from in4green.activity.services import record
from meetings.models import Answer, Challenge, GuestLink, Practice
from meetings.notifications import challenges as notifications
from meetings.services.challenges import lock


@transaction.atomic
def answer_challenge(
    challenge: Challenge,
    *,
    city: City,
    text: str,
    written_in: str,
    practices: Iterable[Practice] = (),
    by: User | None = None,
    guest_link: GuestLink | None = None,
    token: UUID | None = None,
) -> Answer:
    """By a member, or through ``guest_link``; what the same ``token`` has sent is there once.

    Raises ValidationError for a challenge that is closed. What strangers could read at once
    waits until coordination accepts it, unless coordination itself has written it.
    """
    challenge = lock(challenge)
    sent = Answer.objects.filter(token=token, challenge=challenge).first() if token else None
    if sent:
        return sent
    if challenge.is_closed:
        raise ValidationError(
            _("This challenge is closed meanwhile. It takes no more answers."), code="closed"
        )
    answer = Answer.objects.create(
        challenge=challenge,
        city=city,
        text=text,
        written_in=written_in,
        author=by,
        guest_link=guest_link,
        token=token,
        **(_accepted(by) if _needs_no_look(challenge, by) else {}),
    )
    answer.practices.set(practices)
    record(
        by, "answers.given", answer, **({"guest_link": str(guest_link.pk)} if guest_link else {})
    )
    notifications.answered(answer, by=by)
    return answer


def _needs_no_look(challenge: Challenge, by: User | None) -> bool:
    if by is None:
        return False
    return not challenge.is_public or by.has_perm("meetings.publish", challenge)


def _accepted(by: User | None) -> dict[str, Any]:
    return {"accepted_at": timezone.now(), "accepted_by": by}


@transaction.atomic
def accept_answer(answer: Answer, *, by: User) -> Answer:
    """Strangers see it where they see the challenge. Raises ValidationError the second time."""
    lock(answer.challenge)
    answer = Answer.objects.select_related("challenge", "city").get(pk=answer.pk)
    if answer.is_accepted:
        raise ValidationError(_("Somebody has accepted this answer meanwhile."), code="accepted")
    for name, value in _accepted(by).items():
        setattr(answer, name, value)
    answer.save(update_fields=["accepted_at", "accepted_by"])
    record(by, "answers.accepted", answer)
    return answer


@transaction.atomic
def remove_answer(answer: Answer, *, by: User) -> None:
    """For good; the log keeps that there was one, not its words."""
    record(by, "answers.removed", answer, challenge=answer.challenge_id, city=answer.city_id)
    answer.delete()
