"""A partner city that is at it: an open link, and a made-up draft entered through it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from groups.models import City, WorkingGroup
from meetings.models import GuestLink
from meetings.services import guests
from meetings.services.practices import free_slug

DRAFT = "Machines on loan between workshops (made up)"
CITY = "aviles"


@transaction.atomic
def load_demo(group: WorkingGroup) -> bool:
    """False if it was loaded before, or the city is not there. Coordination sees the address."""
    city = City.objects.filter(slug=CITY).first()
    if city is None or group.guest_links.exists():
        return False
    link = GuestLink.objects.create(
        group=group,
        city=city,
        language="en",
        expires_at=timezone.now() + timedelta(days=90),
    )
    practice = guests.new_practice(link)
    practice.title = DRAFT
    practice.organisation = "Taller Ejemplo S.L. (made up)"
    practice.problem = "A made-up example: every workshop buys machines it uses twice a year."
    practice.slug = free_slug(type(practice), city, DRAFT)
    practice.save()
    return True
