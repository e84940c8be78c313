"""The way into a working group: an invitation for one address, for a while, to be used once."""

import uuid
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.models import InterestSignup, Invitation, Membership, Organisation, User, WorkingGroup
from groups.services.interest import joined
from in4green.activity.services import Recipient, Wording, notify, record
from in4green.common.tokens import token_matches
from in4green.livetext.services import recheck

# Whoever lets an invitation expire may ask for a new one himself, but not for ever.
RENEWALS_BY_GUEST = 5


@transaction.atomic
def invite(
    group: WorkingGroup,
    *,
    email: str,
    language: str,
    name: str = "",
    role: str = Membership.Role.EDITOR,
    organisation: Organisation | None = None,
    by: User | None,
    wording: Wording | None = None,
) -> Invitation:
    """Write the invitation and its mail; an earlier open one for the address is withdrawn.

    Raises ValidationError (``member``) for somebody who already belongs to the group.
    """
    if _belongs(group, email):
        raise ValidationError(_("This person already belongs to the group."), code="member")
    for earlier in _open(group, email):
        revoke_invitation(earlier, by=by)
    invitation = Invitation.objects.create(
        group=group,
        email=email.lower(),
        name=name,
        language=language,
        role=role,
        organisation=organisation,
        invited_by=by,
        expires_at=_expiry(),
    )
    record(by, "invitations.sent", invitation, role=role)
    _send(invitation, by=by, wording=wording)
    return invitation


@transaction.atomic
def renew_invitation(invitation: Invitation, *, by: User | None) -> Invitation:
    """A new link to the same address; every older one leads nowhere from now on.

    ``by`` is None when the guest asks. Raises ValidationError (``closed``) for an invitation that
    was used or withdrawn, and (``often``) for a guest who has asked too often.
    """
    invitation = _lock(invitation)
    _refuse_closed(invitation)
    if by is None and invitation.generation > RENEWALS_BY_GUEST:
        raise ValidationError(
            _("This invitation was renewed several times. Please write to coordination."),
            code="often",
        )
    if by is None and invitation.is_open:
        return invitation
    invitation.generation += 1
    invitation.expires_at = _expiry()
    invitation.save(update_fields=["generation", "expires_at"])
    record(by, "invitations.renewed", invitation, generation=invitation.generation)
    _send(invitation, by=by)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User | None) -> Invitation:
    """Raises ValidationError (``closed``) for an invitation that was used or withdrawn."""
    invitation = _lock(invitation)
    _refuse_closed(invitation)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    record(by, "invitations.revoked", invitation)
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, user: User) -> Membership:
    """Make the person a member, once.

    The row is locked: of two tabs the second gets a ValidationError (``closed``). So does whoever
    comes too late (``expired``) or has not proved that the address is theirs (``address``).
    """
    invitation = _lock(invitation)
    _refuse_closed(invitation)
    if not invitation.is_open:
        raise ValidationError(_("This invitation has expired."), code="expired")
    if not owns_address(user, invitation.email):
        raise ValidationError(
            _("This invitation is for another address than yours."), code="address"
        )
    membership = _join(invitation, user)
    invitation.used_at = timezone.now()
    invitation.membership = membership
    invitation.save(update_fields=["used_at", "membership"])
    record(user, "invitations.accepted", invitation, role=membership.role)
    recheck(user)
    _tell_signup(invitation, membership)
    return membership


def find_invitation(invitation_id: uuid.UUID | str, token: str) -> Invitation | None:
    """The invitation of a link; None if there is none, it was withdrawn or the link is old."""
    found = Invitation.objects.select_related("group__city", "invited_by", "membership__user")
    invitation = found.filter(pk=invitation_id, revoked_at=None).first()
    generation = invitation.generation if invitation else 0
    return invitation if token_matches(token, "invitation", invitation_id, generation) else None


def owns_address(user: User, email: str) -> bool:
    """Whether the person has proved that mail to this address reaches them."""
    addresses = EmailAddress.objects.filter(user=user, verified=True, email__iexact=email)
    return bool(addresses.exists())


def _belongs(group: WorkingGroup, email: str) -> bool:
    return (
        Membership.objects.current().filter(group=group).filter(user__email__iexact=email).exists()
    )


def _open(group: WorkingGroup, email: str) -> list[Invitation]:
    same = Invitation.objects.filter(group=group, email__iexact=email)
    return list(same.filter(used_at=None, revoked_at=None))


def _lock(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("group")
    return rows.get(pk=invitation.pk)


def _refuse_closed(invitation: Invitation) -> None:
    if invitation.used_at or invitation.revoked_at:
        raise ValidationError(_("This invitation was already used or withdrawn."), code="closed")


def _expiry() -> datetime:
    return timezone.now() + settings.INVITATION_VALID


def _send(invitation: Invitation, *, by: User | None, wording: Wording | None = None) -> None:
    notify(
        "invitation",
        invitation,
        [Recipient(invitation.email, invitation.language)],
        by=by,
        data={"generation": invitation.generation},
        wording=wording,
    )


def _join(invitation: Invitation, user: User) -> Membership:
    """A new membership, or the earlier one opened again."""
    today = timezone.localdate()
    membership = (
        Membership.objects.select_for_update().filter(group=invitation.group, user=user).first()
    )
    if membership is None:
        return Membership.objects.create(
            group=invitation.group,
            user=user,
            role=invitation.role,
            organisation=invitation.organisation,
        )
    if Membership.objects.current().contains(membership):
        return membership  # Invited under two addresses: what one has stays.
    membership.role = invitation.role
    membership.organisation = invitation.organisation or membership.organisation
    membership.starts_on = today
    membership.ends_on = None
    membership.save()
    return membership


def _tell_signup(invitation: Invitation, membership: Membership) -> None:
    signup = InterestSignup.objects.select_for_update().filter(invitation=invitation).first()
    if signup:
        joined(signup, membership)
