"""A kind of mail of the tests' own, and deliveries of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db.models.functions import Now

from groups.models import InterestSignup
from in4green.activity import kinds
from in4green.activity.models import Delivery
from in4green.activity.services import Recipient, Wording, notify
from tests.factories import CityFactory, SignupFactory

KIND = "tests.letter"
URL = "http://localhost:8000/mitmachen/9b0c7f6e-55a4-4b0e-9d3c-0b9b6ad1a001/" + "t" * 60


@dataclass
class Letters:
    """What the tests' kind writes, and whether it is still due; a test may change both."""

    letter: kinds.Letter = field(
        default_factory=lambda: kinds.Letter(
            subject="Grüße aus Musterstadt",
            paragraphs=["Guten Tag Anna Beispiel,", "schön, dass Sie da sind."],
            button="Weiter",
            url=URL,
            after=["Der Link gilt 14 Tage."],
        )
    )
    write: Callable[[Delivery], kinds.Letter] | None = None
    due: Callable[[Delivery], bool] = lambda delivery: True

    def _write(self, delivery: Delivery) -> kinds.Letter:
        return self.write(delivery) if self.write else self.letter

    def queue(self, *addresses: str, language: str = "de", **options: Any) -> list[Delivery]:
        """Deliveries to these addresses, in this order."""
        notification = notify(
            KIND, CityFactory(), [Recipient(a, language) for a in addresses], **options
        )
        rows = {row.address: row for row in notification.deliveries.all()}
        return [rows[address] for address in addresses]


@pytest.fixture
def letters() -> Iterator[Letters]:
    letters = Letters()
    kinds.register(kinds.Kind(KIND, letters._write, lambda row: letters.due(row)))
    yield letters
    kinds.unregister(KIND)


@pytest.fixture
def outbox_settings(settings: Any) -> Any:
    """``settings.OUTBOX`` as a copy that a test may change."""
    settings.OUTBOX = dict(settings.OUTBOX)
    return settings.OUTBOX


@pytest.fixture
def sent() -> list[Any]:
    """Mails that Django's own test backend has taken."""
    return mail.outbox


def queue_confirmations(count: int, at_once: int = 10) -> list[Delivery]:
    """Mails that the portal's own processes can write, committed in bundles of ``at_once``."""
    signup = SignupFactory(
        status=InterestSignup.Status.UNCONFIRMED, confirmed_at=None, answer_due=None
    )
    everybody = [Recipient(f"p{n}@example.org", "de") for n in range(count)]
    for n in range(0, count, at_once):
        notify("interest.confirm", signup, everybody[n : n + at_once])
    return list(Delivery.objects.filter(notification__kind="interest.confirm"))


def make_due(*deliveries: Delivery) -> None:
    Delivery.objects.filter(pk__in=[row.pk for row in deliveries]).update(next_at=Now())


def age(delivery: Delivery, by: timedelta) -> None:
    """As if everything about it had happened so much earlier."""
    row = Delivery.objects.filter(pk=delivery.pk)
    row.update(created_at=Now() - by, next_at=Now() - by)


def states() -> dict[str, int]:
    """How many deliveries are in each state."""
    found: dict[str, int] = {}
    for state in Delivery.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


WORDING = Wording(subject="Von Hand", body="Erster Absatz\nzweite Zeile\n\n\nZweiter Absatz")
