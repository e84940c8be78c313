"""A group to try things with. Everybody in it is made up and looks it; development only."""

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from groups import demo_notes
from groups.models import InterestSignup, Membership, Organisation, Topic, User, WorkingGroup
from groups.services import interest, review
from in4green.activity.services import Wording

Kind = Organisation.Kind
Role = Membership.Role
DOMAIN = "solingen.example"


@dataclass(frozen=True)
class Account:
    """One demo account; ``organisation`` is a key of ORGANISATIONS."""

    login: str
    name: str
    role: str
    organisation: str
    topics: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.login}@{DOMAIN}"


ORGANISATIONS = {
    "Stadt Musterhausen": Kind.PUBLIC_ADMINISTRATION,
    "Muster-Stadtwerke": Kind.MUNICIPAL_COMPANY,
    "Musterfirma Klingen GmbH": Kind.COMPANY,
    "Beispiel-Kammer": Kind.ASSOCIATION,
    "Muster-Institut": Kind.RESEARCH,
}
ACCOUNTS = (
    Account("koordination-demo", "Erika Beispiel", Role.COORDINATOR, "Stadt Musterhausen"),
    Account(
        "mitglied-demo",
        "Max Muster",
        Role.EDITOR,
        "Musterfirma Klingen GmbH",
        ("circular-economy", "energy-transition"),
    ),
    Account("lesen-demo", "Lea Leseprobe", Role.READER, "Muster-Institut", ("digitalisation",)),
)
DEPUTY = Account(
    "vertretung-demo", "Vera Vertretung", Role.EDITOR, "Muster-Stadtwerke", ("energy-transition",)
)


def load() -> bool:
    """False if it is loaded already; what was tried in it since then is left alone."""
    group = WorkingGroup.objects.default()
    return _load_people(group) | _load_notes(group)


def _load_notes(group: WorkingGroup) -> bool:
    coordinator, member = (User.objects.get(email=account.email) for account in ACCOUNTS[:2])
    deputy = User.objects.get(email=DEPUTY.email)
    return demo_notes.load(group, coordinator=coordinator, member=member, deputy=deputy)


@transaction.atomic
def _load_people(group: WorkingGroup) -> bool:
    if User.objects.filter(email=ACCOUNTS[0].email).exists():
        return False
    for name, kind in ORGANISATIONS.items():
        Organisation.objects.create(name=name, kind=kind, city=group.city)
    coordinator, *_others = [_enrol(account, group) for account in (*ACCOUNTS, DEPUTY)]
    group.deputies.add(User.objects.get(email=DEPUTY.email))
    TOTP.activate(coordinator, _totp_secret())
    RecoveryCodes.activate(coordinator)
    _load_signups(group, coordinator)
    return True


def _enrol(account: Account, group: WorkingGroup) -> User:
    user = User.objects.create_user(account.email, password(), name=account.name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    membership = Membership.objects.create(
        group=group,
        user=user,
        role=account.role,
        organisation=Organisation.objects.get(city=group.city, name=account.organisation),
        starts_on=timezone.localdate() - timedelta(days=90),
    )
    membership.topics.set(Topic.objects.filter(slug__in=account.topics))
    return user


def _load_signups(group: WorkingGroup, coordinator: User) -> None:
    """One in each state in which coordination meets them."""
    _sign_up(group, "Uwe Unbestätigt", Kind.COMPANY, "Musterwerkzeug KG", confirm=False)
    late = _sign_up(
        group,
        "Petra Probe",
        Kind.UNION,
        "Beispiel-Gewerkschaft",
        topics=["green-industrial-areas"],
        message="Ich möchte die Sicht der Beschäftigten einbringen.",
    )
    InterestSignup.objects.filter(pk=late.pk).update(
        confirmed_at=timezone.now() - timedelta(days=20),
        answer_due=timezone.localdate() - timedelta(days=2),
    )
    _sign_up(
        group,
        "Konrad Kreislauf",
        Kind.COMPANY,
        "Musterrecycling GmbH",
        topics=["circular-economy"],
        message="Wir nehmen Schleifschlamm zurück und suchen Betriebe, die mitmachen.",
    )
    _sign_up(group, "Nadia Nachbarin", Kind.OTHER, topics=["energy-transition"], language="en")
    again = _sign_up(group, "Willi Wiederda", Kind.CIVIL_SOCIETY, "Beispielverein e. V.")
    review.decline_signup(
        again,
        "Aus der Zivilgesellschaft sind zurzeit alle Plätze besetzt.",
        wording=Wording("Zu Ihrer Anmeldung", "Guten Tag, zurzeit sind alle Plätze besetzt."),
        by=coordinator,
    )
    _sign_up(group, "Willi Wiederda", Kind.CIVIL_SOCIETY, "Beispielverein e. V.")


def _sign_up(
    group: WorkingGroup,
    name: str,
    kind: str,
    organisation: str = "",
    *,
    topics: list[str] | None = None,
    message: str = "",
    language: str = "de",
    confirm: bool = True,
) -> InterestSignup:
    signup = interest.submit_interest(
        group,
        email=f"{name.lower().replace(' ', '.').replace('ä', 'ae')}@beispiel.example",
        name=name,
        kind=kind,
        organisation=organisation,
        topics=Topic.objects.filter(slug__in=topics or []),
        message=message,
        language=language,
        form_token=None,
        network="",
    )
    return interest.confirm_interest(signup) if confirm else signup


def password() -> str:
    """The same for all demo accounts of this checkout, and for no other checkout."""
    return "demo-" + _derived("password").lower()[:12]


def current_code() -> str:
    """The demo coordinator's second factor at this moment (valid for half a minute)."""
    return format_hotp_value(hotp_value(_totp_secret(), int(time.time()) // 30))


def _totp_secret() -> str:
    return _derived("totp")


def _derived(purpose: str) -> str:
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"demo:{purpose}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:20]).decode()
