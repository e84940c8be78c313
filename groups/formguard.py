"""Protection of public forms without a CAPTCHA, a cookie or a session.

A stamp signed at rendering carries a one-time token and the time. Whoever looks like a machine (a
filled trap, two seconds for a whole form, more people from one network than a hall holds) is asked
to send once more and never refused; what was typed stays.
"""

import re
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from in4green.common.pagecache import Anew

STAMP_VALID = timedelta(hours=24)
FASTEST_PERSON = timedelta(seconds=2)
SALT = "groups.formguard"


@dataclass(frozen=True)
class Stamp:
    token: str
    age: float  # seconds since the form was rendered
    asked: bool  # whether this person was already asked to send once more


def make_stamp(*, asked: bool = False) -> str:
    content = [secrets.token_urlsafe(16), time.time(), asked]
    return signing.dumps(content, salt=SALT)


# A page with a guarded form may be kept for strangers: only its stamp is each visitor's own.
ANEW = Anew(re.compile(rb'(?<=name="stamp" value=")[^"]+'), make_stamp)


def read_stamp(text: str) -> Stamp | None:
    """None for a stamp that is missing, forged or older than a day."""
    try:
        token, rendered, asked = signing.loads(text, salt=SALT, max_age=STAMP_VALID)
    except signing.BadSignature:
        return None
    return Stamp(token, time.time() - rendered, asked)


class StampField(forms.Field):
    """Never an error of its own: nobody could see it, for the field is hidden."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Stamp | None:
        return read_stamp(str(value or ""))


class GuardedForm(forms.Form):
    """Mixed into a public form; the view passes the network's key and renders ``new_stamp``."""

    counted: Any
    """The model whose rows tell how many came from a network lately."""
    limits: str
    """Name of the setting that holds its ``NETWORK_LIMIT``."""

    website = forms.Field(required=False, label=_("Please leave this field empty"))
    stamp = StampField(required=False)

    def __init__(self, *args: Any, network: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network
        self.asked = False

    @property
    def new_stamp(self) -> str:
        return make_stamp(asked=self.asked)

    @property
    def token(self) -> str:
        """The one-time token of a valid submission."""
        stamp: Stamp = self.cleaned_data["stamp"]
        return stamp.token

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._check_stamp(cleaned["stamp"], trapped=bool(cleaned.get("website")))
        return cleaned

    def _check_stamp(self, stamp: Stamp | None, *, trapped: bool) -> None:
        if stamp is None:
            raise ValidationError(
                _(
                    "This page was open for a long time. Everything you typed is still here:"
                    " please send it once more."
                ),
                code="stale",
            )
        hurried = stamp.age < FASTEST_PERSON.total_seconds() and not stamp.asked
        if trapped or hurried or (not stamp.asked and self._network_is_busy()):
            self.asked = True
            raise ValidationError(
                _(
                    "Please confirm that you want to send this: press the button once more."
                    " Everything you typed is still here."
                ),
                code="confirm",
            )

    def _network_is_busy(self) -> bool:
        limit: int = getattr(settings, self.limits)["NETWORK_LIMIT"]
        return bool(self.counted.objects.count_lately_from(self.network) >= limit)
