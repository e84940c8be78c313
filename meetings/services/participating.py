"""Who comes: put on the list, taken off, answering, named, in need. Each is one transaction."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from groups.models import Membership, User
from in4green.activity.services import record
from meetings import naming
from meetings.models import Meeting, NamingConsent, Needs, Participation
from meetings.services.entering import lock
from meetings.timing import is_over

Answer = Participation.Answer


@transaction.atomic
def add_members(meeting: Meeting, memberships: Iterable[Membership], *, by: User) -> int:
    """Those who are not on the list yet; returns how many."""
    lock(meeting)
    there = set(meeting.participations.values_list("user", flat=True))
    new = [
        member_of_list(meeting, membership, by=by)
        for membership in memberships
        if membership.user_id not in there
    ]
    Participation.objects.bulk_create(new)
    if new:
        record(by, "participations.members_added", meeting, rows=len(new))
    return len(new)


def member_of_list(meeting: Meeting, membership: Membership, *, by: User) -> Participation:
    """Not saved. Expects the membership with its user, organisation and group."""
    organisation = membership.organisation
    return Participation(
        meeting=meeting,
        user=membership.user,
        name=str(membership.user),
        language=membership.user.language,
        city_id=organisation.city_id if organisation else membership.group.city_id,
        organisation=organisation.name if organisation else "",
        organisation_kind=organisation.kind if organisation else "",
        changed_by=by,
    )


@transaction.atomic
def keep_person(form: Any, *, by: User) -> Participation:
    """Expects a valid ``PersonForm``, read under ``lock``."""
    is_new, answer = not form.is_there, form.stored.get("answer")
    participation: Participation = form.instance
    if participation.answer != (answer or Answer.OPEN):
        participation.answered_at = timezone.now()
    participation = form.keep(by=by)
    record(by, "participations.added" if is_new else "participations.changed", participation)
    return participation


@transaction.atomic
def remove_person(participation: Participation, *, by: User) -> None:
    """Raises ValidationError once it is recorded whether the person was there."""
    lock(participation.meeting)
    if participation.attendances.exists():
        raise ValidationError(
            _("It is recorded whether %(name)s was there, so the name stays on the list.")
            % {"name": participation},
            code="recorded",
        )
    record(by, "participations.removed", participation.meeting, participation=participation.pk)
    participation.delete()


def open_answers(meeting: Meeting) -> list[str]:
    """What can be answered now; nothing once the meeting is over or cancelled."""
    if meeting.is_cancelled or is_over(meeting):
        return []
    answers = [Answer.COMING, Answer.ONLINE, Answer.NOT_COMING]
    return [answer for answer in answers if answer != Answer.ONLINE or meeting.online_link]


@transaction.atomic
def answer(participation: Participation, value: str, by: User | None) -> Participation:
    """``by`` is None for a link from a mail. Raises ValidationError; said twice it is said once."""
    rows = Participation.objects.select_for_update(of=("self",)).select_related("meeting", "user")
    participation = rows.get(pk=participation.pk)
    if value not in open_answers(participation.meeting):
        raise ValidationError(
            _("This can no longer be answered: the meeting is over, cancelled or has changed."),
            code="closed",
        )
    if participation.answer == value:
        return participation
    participation.answer = value
    participation.answered_at = timezone.now()
    participation.version += 1
    participation.changed_by = by
    participation.save()
    record(by, "participations.answered", participation, answer=value)
    return participation


@transaction.atomic
def answer_as_member(meeting: Meeting, value: str, *, by: User) -> Participation:
    """Puts the member on the list, if nobody has yet. Raises ValidationError."""
    return answer(own_participation(meeting, by), value, by)


def own_participation(meeting: Meeting, user: User) -> Participation:
    """Of a member of the meeting's group; made where there is none."""
    members = Membership.objects.current().select_related("user", "organisation", "group")
    membership = members.filter(group=meeting.group_id, user=user).first()
    made = Participation(name=str(user), language=user.language, changed_by=user)
    if membership:
        made = member_of_list(meeting, membership, by=user)
    names = ("name", "language", "city_id", "organisation", "organisation_kind", "changed_by")
    defaults = {name: getattr(made, name) for name in names}
    return Participation.objects.get_or_create(meeting=meeting, user=user, defaults=defaults)[0]


@transaction.atomic
def agree_to_be_named(participation: Participation, *, by: User | None) -> NamingConsent:
    """Said twice it is said once. ``by`` is None for a link from a mail."""
    consent, is_new = NamingConsent.objects.get_or_create(
        participation=participation,
        withdrawn_at=None,
        defaults={
            "text_version": naming.VERSION,
            "language": translation.get_language() or participation.language,
            "recorded_by": by,
        },
    )
    if is_new:
        record(by, "participations.may_be_named", participation)
    return consent


@transaction.atomic
def withdraw_naming(participation: Participation, *, by: User | None) -> None:
    """At once: the public page asks for consents that are not withdrawn."""
    open_consents = participation.consents.filter(withdrawn_at=None)
    if open_consents.update(withdrawn_at=timezone.now()):
        record(by, "participations.naming_withdrawn", participation)


@transaction.atomic
def keep_needs(participation: Participation, *, diet: str, access: str, by: User | None) -> None:
    """Nothing of it stands in the log; left empty, nothing is kept."""
    if diet or access:
        Needs.objects.update_or_create(
            participation=participation, defaults={"diet": diet, "access": access}
        )
    else:
        Needs.objects.filter(participation=participation).delete()
    record(by, "participations.needs_said", participation)


def needs_for_organiser(meeting: Meeting, *, by: User) -> Any:
    """Those of everybody who may come; that somebody has read them is logged."""
    record(by, "participations.needs_read", meeting)
    needs = Needs.objects.filter(participation__meeting=meeting).select_related("participation")
    return needs.exclude(participation__answer=Answer.NOT_COMING).order_by(
        "participation__sort_key"
    )
