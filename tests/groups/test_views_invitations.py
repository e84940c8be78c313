"""The page behind an invitation's link, from the click to the account."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone, translation

from groups.models import Invitation, Membership, User
from groups.services.invitations import (
    accept_invitation,
    invite,
    revoke_invitation,
)
from in4green.activity.models import Delivery, LogEntry
from in4green.common.tokens import make_token
from tests.factories import (
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "quiet river under seven bridges"


def address(invitation, name="invitation:show"):
    return reverse(name, args=[invitation.pk, invitation.token])


def invited(group, **fields):
    return invite(group, email="guest@example.org", language="de", by=None, **fields)


def test_looking_at_the_link_changes_nothing(group, client):
    invitation = invited(group)

    page = client.get(address(invitation))

    assert page.status_code == 200
    assert not client.session.keys()
    assert LogEntry.objects.about(invitation).count() == 1


@pytest.mark.parametrize("case", ["forged", "unknown", "old", "revoked", "foreign"])
def test_links_that_lead_nowhere_all_answer_the_same(group, client, case):
    invitation = invited(group)
    pk, token = invitation.pk, invitation.token
    if case == "forged":
        token = "A" * 32
    if case == "unknown":
        pk = "00000000-0000-4000-8000-000000000000"
    if case == "old":
        token = make_token("invitation", pk, 0)
    if case == "revoked":
        revoke_invitation(invitation, by=None)
    if case == "foreign":
        pk = InvitationFactory(group=group).pk

    answers = [
        client.get(reverse("invitation:show", args=[pk, token])),
        client.post(reverse("invitation:show", args=[pk, token])),
        client.post(reverse("invitation:renew", args=[pk, token])),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.templates[0].name for answer in answers} == {"invitation/invalid.html"}
    assert not Membership.objects.exists()


def test_a_stranger_joins_with_a_password_in_one_transaction(group, client):
    invitation = invited(group, name="Gast Geber")

    to_signup = client.post(address(invitation), {"with": "password"})
    page = client.get(to_signup.url)
    done = client.post(
        to_signup.url,
        # The address is the invitation's, whatever is sent.
        {"email": "attacker@example.org", "name": "Gast Geberin", "password1": NEW_PASSWORD},
    )

    user = User.objects.get()
    assert 'value="guest@example.org"' in page.content.decode()
    assert 'value="Gast Geber"' in page.content.decode()
    assert done.url == reverse("member:home")
    assert (user.email, user.name, user.language) == ("guest@example.org", "Gast Geberin", "de")
    assert EmailAddress.objects.get().verified
    assert Membership.objects.current().get().user == user
    assert client.session["_auth_user_id"] == str(user.pk)
    # No second confirmation by mail: the invitation was one.
    assert Delivery.objects.count() == 1
    assert client.get(address(invitation)).templates[0].name == "invitation/used.html"


@pytest.fixture
def withdrawn_in_between():
    """Coordination withdraws the invitation while the account is being made."""

    def withdraw(**kwargs):
        Invitation.objects.update(revoked_at=timezone.now())

    post_save.connect(withdraw, sender=EmailAddress, weak=False)
    yield
    post_save.disconnect(withdraw, sender=EmailAddress)


def test_without_a_membership_no_account_comes_into_being(group, client, withdrawn_in_between):
    invitation = invited(group)
    to_signup = client.post(address(invitation), {"with": "password"})

    answer = client.post(to_signup.url, {"name": "Gast", "password1": NEW_PASSWORD})

    assert answer.url == address(invitation)
    assert not User.objects.exists()


def test_somebody_with_an_account_signs_in_and_accepts_with_one_click(group, client):
    user = UserFactory(email="guest@example.org")
    invitation = invited(group)

    to_login = client.post(address(invitation))
    assert to_login.url == f"{reverse('account_login')}?next={address(invitation)}"
    client.force_login(user)
    done = client.post(address(invitation))

    assert done.url == reverse("member:home")
    assert Membership.objects.current().filter(user=user, group=group).exists()


def test_somebody_else_is_told_and_cannot_accept(group, client):
    other = UserFactory()
    invitation = invited(group)
    client.force_login(other)

    page = client.post(address(invitation))

    assert page.context["somebody_else"]
    assert other.email in page.content.decode()
    assert not Membership.objects.exists()


def test_a_used_link_shows_the_state_and_is_no_error(group, client):
    invitation = invited(group)
    accept_invitation(invitation, UserFactory(email="guest@example.org"))

    for answer in (client.get(address(invitation)), client.post(address(invitation))):
        assert answer.status_code == 200
        assert answer.templates[0].name == "invitation/used.html"


def test_an_expired_link_offers_a_new_one_to_the_invited_address(group, client):
    invitation = invited(group)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    page = client.get(address(invitation))
    answer = client.post(address(invitation, "invitation:renew"))

    invitation.refresh_from_db()
    assert page.templates[0].name == "invitation/expired.html"
    assert answer.url == reverse("invitation:renewed")
    assert client.get(answer.url).status_code == 200
    assert invitation.is_open
    assert [delivery.address for delivery in Delivery.objects.all()] == ["guest@example.org"] * 2


def test_signing_up_without_an_invitation_is_closed(group, client):
    for name in ("account_signup", "account_signup_by_passkey"):
        for answer in (client.get(reverse(name)), client.post(reverse(name), {"name": "X"})):
            assert answer.templates[0].name == "account/signup_closed.html"
            assert reverse("interest:form") in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("end", ["revoked_at", "used_at", "expires_at"])
def test_sign_up_closes_with_the_invitation(group, client, end):
    invitation = invited(group)
    to_signup = client.post(address(invitation), {"with": "password"})
    Invitation.objects.update(**{end: timezone.now()})

    answer = client.post(to_signup.url, {"name": "Gast", "password1": NEW_PASSWORD})

    assert answer.templates[0].name == "account/signup_closed.html"
    assert not User.objects.exists()


def test_with_a_passkey_the_next_page_creates_it(group, client):
    invitation = invited(group)

    to_signup = client.post(address(invitation), {"with": "passkey"})
    page = client.get(to_signup.url)
    answer = client.post(to_signup.url, {"name": "Gast"})

    assert "password1" not in page.context["form"].fields
    assert answer.url == reverse("mfa_signup_webauthn")
    assert client.get(answer.url).status_code == 200
    assert Membership.objects.get().user.email == "guest@example.org"
    # Interrupted here, the person gets in by setting a password.
    assert reverse("account_reset_password") in client.get(address(invitation)).content.decode()


def test_an_english_guest_lands_on_english_pages(group, client):
    invitation = invited(group)
    with translation.override("en"):
        english = address(invitation)

    to_signup = client.post(english, {"with": "password"})
    done = client.post(to_signup.url, {"name": "Guest", "password1": NEW_PASSWORD})

    assert to_signup.url.startswith("/en/")
    assert done.url.startswith("/en/")
    assert User.objects.get().language == "en"


def test_a_used_invitation_cannot_be_renewed_from_its_page(group, client):
    invitation = invited(group)
    accept_invitation(invitation, UserFactory(email="guest@example.org"))

    answer = client.post(address(invitation, "invitation:renew"), follow=True)

    assert answer.redirect_chain[-1][0] == address(invitation)
    assert answer.templates[0].name == "invitation/used.html"
    assert Delivery.objects.count() == 1


def test_a_member_invited_under_another_address_keeps_the_role(group):
    member = MembershipFactory(group=group, role=Membership.Role.COORDINATOR)
    EmailAddress.objects.create(user=member.user, email="guest@example.org", verified=True)

    membership = accept_invitation(invited(group, role=Membership.Role.READER), member.user)

    assert membership == member
    assert membership.role == Membership.Role.COORDINATOR
