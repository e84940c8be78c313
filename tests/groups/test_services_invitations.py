"""Inviting, renewing, withdrawing and accepting: the way into a group."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from groups.models import InterestSignup, Invitation, Membership
from groups.services.invitations import (
    RENEWALS_BY_GUEST,
    accept_invitation,
    invite,
    renew_invitation,
    revoke_invitation,
)
from in4green.activity.kinds import get_kind
from in4green.activity.models import Delivery, LogEntry
from in4green.activity.services import Wording
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SignupFactory,
    UserFactory,
    coordinator_of,
)

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "quiet river under seven bridges"


def address(invitation, name="invitation:show"):
    return reverse(name, args=[invitation.pk, invitation.token])


def invited(group, **fields):
    return invite(group, email="guest@example.org", language="de", by=None, **fields)


def test_inviting_writes_row_mail_and_log(group, settings):
    by = coordinator_of(group)

    invitation = invite(
        group,
        email="Guest@Example.org",
        name="Gast",
        language="en",
        role=Membership.Role.READER,
        by=by,
        wording=Wording("Welcome", "Do come."),
    )

    delivery = Delivery.objects.get()
    assert invitation.is_open
    assert invitation.email == "guest@example.org"
    assert (delivery.address, delivery.language) == ("guest@example.org", "en")
    assert (delivery.edited_subject, delivery.edited_body) == ("Welcome", "Do come.")
    assert delivery.notification.kind == "invitation"
    assert delivery.notification.subject == invitation
    assert [entry.action for entry in LogEntry.objects.about(invitation)] == ["invitations.sent"]
    assert abs(invitation.expires_at - timezone.now() - settings.INVITATION_VALID) < timedelta(
        minutes=1
    )


def test_who_belongs_to_the_group_is_not_invited(group):
    MembershipFactory(group=group, user=UserFactory(email="guest@example.org"))

    with pytest.raises(ValidationError) as error:
        invite(group, email="GUEST@example.org", language="de", by=None)

    assert error.value.code == "member"
    assert not Delivery.objects.exists()


def test_who_has_left_the_group_is_invited_again(group):
    yesterday = timezone.localdate() - timedelta(days=1)
    user = UserFactory(email="guest@example.org")
    MembershipFactory(group=group, user=user, starts_on=yesterday, ends_on=yesterday)

    membership = accept_invitation(invited(group, role=Membership.Role.READER), user)

    assert (membership.ends_on, membership.role) == (None, Membership.Role.READER)
    assert Membership.objects.current().filter(user=user).count() == 1


def test_a_second_invitation_withdraws_the_first(group):
    first = invited(group)
    second = invited(group)

    first.refresh_from_db()
    assert not first.is_open
    assert second.is_open


def test_the_mail_carries_the_link_and_is_due_only_while_it_is_the_newest(group):
    invitation = invited(group, name="Anna Żółć")
    kind = get_kind("invitation")
    first = Delivery.objects.get()
    letter = kind.write(first)
    assert letter.url.endswith(address(invitation))
    assert letter.reply_to == group.coordination_address
    assert kind.still_due(first)

    with time_machine.travel(timezone.now() + timedelta(days=15)):
        renewed = renew_invitation(invitation, by=None)
        second = Delivery.objects.exclude(pk=first.pk).get()

        assert not kind.still_due(Delivery.objects.get(pk=first.pk))
        assert kind.still_due(second)
        assert kind.write(second).url.endswith(address(renewed))


def test_accepting_makes_a_member_once(group):
    organisation = OrganisationFactory()
    invitation = invited(group, organisation=organisation)
    user = UserFactory(email="guest@example.org")

    membership = accept_invitation(invitation, user)

    invitation.refresh_from_db()
    assert (membership.group, membership.user, membership.organisation) == (
        group,
        user,
        organisation,
    )
    assert invitation.used_at
    assert invitation.membership == membership
    assert LogEntry.objects.about(invitation).first().action == "invitations.accepted"
    with pytest.raises(ValidationError) as error:
        accept_invitation(invitation, user)
    assert error.value.code == "closed"


def test_accepting_tells_the_sign_up_it_came_from(group):
    invitation = invited(group)
    signup = SignupFactory(group=group, invitation=invitation, status=InterestSignup.Status.INVITED)

    accept_invitation(invitation, UserFactory(email="guest@example.org"))

    signup.refresh_from_db()
    assert signup.status == InterestSignup.Status.MEMBER


def test_an_expired_invitation_makes_no_member(group):
    invitation = invited(group)
    user = UserFactory(email="guest@example.org")

    with (
        time_machine.travel(invitation.expires_at + timedelta(seconds=1)),
        pytest.raises(ValidationError) as error,
    ):
        accept_invitation(invitation, user)

    assert error.value.code == "expired"


@pytest.mark.parametrize("verified", [True, False])
def test_only_who_has_proved_the_address_accepts(group, verified):
    other = UserFactory()
    if not verified:
        EmailAddress.objects.create(user=other, email="guest@example.org", verified=False)

    with pytest.raises(ValidationError) as error:
        accept_invitation(invited(group), other)

    assert error.value.code == "address"
    assert not Membership.objects.exists()


def test_the_address_is_compared_without_regard_to_case(group):
    user = UserFactory(email="guest@example.org")
    Invitation.objects.filter(pk=invited(group).pk).update(email="Guest@Example.ORG")

    assert accept_invitation(Invitation.objects.get(), user)


def test_renewing_makes_every_older_link_worthless(group, client):
    invitation = invited(group)
    old = address(invitation)

    renewed = renew_invitation(invitation, by=coordinator_of(group))

    assert client.get(old).status_code == 404
    assert client.get(address(renewed)).status_code == 200


def test_a_guest_cannot_renew_for_ever(group):
    invitation = invited(group)

    for _round in range(RENEWALS_BY_GUEST):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
        renew_invitation(invitation, by=None)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))

    with pytest.raises(ValidationError) as error:
        renew_invitation(invitation, by=None)
    assert error.value.code == "often"
    assert renew_invitation(invitation, by=coordinator_of(group)).is_open


def test_a_guest_who_asks_while_the_link_is_good_causes_no_mail(group):
    invitation = invited(group)

    renew_invitation(invitation, by=None)

    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("action", [renew_invitation, revoke_invitation])
def test_a_used_invitation_is_neither_renewed_nor_withdrawn(group, action):
    invitation = invited(group)
    accept_invitation(invitation, UserFactory(email="guest@example.org"))

    with pytest.raises(ValidationError) as error:
        action(invitation, by=None)

    assert error.value.code == "closed"
