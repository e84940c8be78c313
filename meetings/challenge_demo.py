"""A challenge to try things with: all of it is made up, and says so."""

from typing import Any

from django.db import transaction

from groups.models import Topic, User, WorkingGroup
from meetings.models import Challenge, Practice
from meetings.services.answers import answer_challenge
from meetings.services.challenges import show_challenge
from meetings.services.practices import free_slug

TITLE = "Wohin mit der Abwärme kleiner Härtereien? (erfunden)"
HELPS = "Strom und Fernwärme aus Restmüll"


@transaction.atomic
def load_demo(group: WorkingGroup) -> bool:
    """False if it was loaded before, or nobody coordinates the group."""
    office = _first(group.memberships.current().coordinators())
    if office is None or Challenge.objects.filter(title=TITLE).exists():
        return False
    member = _first(group.memberships.current().filter(role="editor")) or office
    challenge = show_challenge(_put(group, member), is_public=True, by=office)
    answer_challenge(
        challenge,
        city=group.city,
        text="Ein erfundenes Beispiel: Das Müllheizkraftwerk gibt schon Wärme in ein Netz. Dort"
        " weiß man, ab welcher Menge sich eine Leitung lohnt.",
        written_in="de",
        practices=Practice.objects.filter(title=HELPS),
        by=office,
    )
    _answer_as_guest(challenge)
    return True


def _first(memberships: Any) -> User | None:
    membership = memberships.select_related("user").order_by("pk").first()
    return membership.user if membership else None


def _put(group: WorkingGroup, member: User) -> Challenge:
    challenge = Challenge.objects.create(
        group=group,
        city=group.city,
        slug=free_slug(Challenge, group.city, TITLE),
        title=TITLE,
        problem="Ein erfundenes Beispiel: In der Musterfirma Klingen GmbH laufen Härteöfen."
        " Ihre Abwärme geht durch den Schornstein, obwohl nebenan geheizt wird.",
        tried="Ein Angebot für eine eigene Leitung. Für einen Betrieb allein war sie zu teuer.",
        question="Wie habt ihr mehrere kleine Betriebe dazu gebracht, ihre Abwärme gemeinsam"
        " abzugeben?",
        created_by=member,
        changed_by=member,
    )
    challenge.topics.set(Topic.objects.filter(slug="energy-transition"))
    return challenge


def _answer_as_guest(challenge: Challenge) -> None:
    """What has come through a link waits for coordination."""
    link = challenge.group.guest_links.select_related("city").first()
    if link is None:
        return
    answer_challenge(
        challenge,
        city=link.city,
        text="Ein erfundenes Beispiel, keine Aussage dieser Stadt: So sieht eine Antwort aus, die"
        " über einen Gastlink gekommen ist. Die Koordination nimmt sie an oder entfernt sie.",
        written_in="de",
        guest_link=link,
    )
