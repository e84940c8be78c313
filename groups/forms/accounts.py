"""Sign-up by invitation."""

from allauth.account.forms import SignupForm
from allauth.mfa.webauthn.forms import SignupWebAuthnForm


class InvitedSignupForm(SignupForm):
    pass


class InvitedPasskeySignupForm(SignupWebAuthnForm):
    pass
