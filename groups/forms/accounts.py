"""Sign-up by invitation, and passkeys in plain words."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm, SignupWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from groups.accounts import INVITATION_KEY, remembered_invitation
from groups.models import Invitation, User
from groups.services.invitations import accept_invitation
from in4green.common.cleaning import PlainCharField


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the page itself has the way to a new one


class InvitedSignupForm(SignupForm):
    """Account and membership come into being together, or not at all."""

    name = PlainCharField(
        label=_("Name"),
        max_length=120,
        help_text=_("This is how the other members of your group see you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["email", "name", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The view lets nobody in without an open invitation.
        invitation = remembered_invitation(context.request)
        assert invitation  # noqa: S101
        self.invitation: Invitation = invitation
        self.fields["name"].initial = invitation.name
        self.fields["email"].label = _("E-mail")
        self.fields["email"].initial = invitation.email
        self.fields["email"].disabled = True  # whatever is sent: the invitation's address counts

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        try:
            user, response = super().try_save(request)
        except ValidationError:  # used or withdrawn a moment ago, in another tab
            return None, redirect("invitation:show", self.invitation.pk, self.invitation.token)
        return user, response

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        accept_invitation(self.invitation, user)
        request.session.pop(INVITATION_KEY)
        return user


class PasskeyNameMixin:
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = PlainCharField(
            label=_("Name of this passkey"),
            max_length=60,
            required=False,
            initial=self.fields["name"].initial,
            help_text=_("For example “my phone”: so that you can tell several apart later."),
        )


class InvitedPasskeySignupForm(PasskeyNameMixin, SignupWebAuthnForm):
    pass


class AddPasskeyForm(PasskeyNameMixin, AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].label = _("Use it to sign in without a password")
        self.fields["passwordless"].help_text = _(
            "Recommended. Leave it out only for a security key that has no PIN."
        )
        self.fields["passwordless"].initial = True
