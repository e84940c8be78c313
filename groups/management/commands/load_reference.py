"""Load the ten cities, the four topics and the groups; run as often as you like."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from groups.models import City, Topic, WorkingGroup
from groups.reference import read_network


class Command(BaseCommand):
    help = "Loads the network's cities, topics and groups. Facts are updated, settings are kept."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        network = read_network()
        for city in network["cities"]:
            City.objects.update_or_create(slug=city.pop("slug"), defaults=city)
        for position, topic in enumerate(network["topics"]):
            Topic.objects.update_or_create(
                slug=topic.pop("slug"), defaults={**topic, "position": position}
            )
        for group in network["groups"]:
            self._load_group(**group)
        self.stdout.write(
            f"{City.objects.count()} cities, {Topic.objects.count()} topics,"
            f" {WorkingGroup.objects.count()} group(s)"
        )

    def _load_group(self, slug: str, name: str, city: str, language: str) -> None:
        """What coordination has set in the admin since stays as it is."""
        if WorkingGroup.objects.filter(slug=slug).exists():
            return
        if not settings.COORDINATION_ADDRESS:
            raise CommandError(
                "Set COORDINATION_ADDRESS to the functional mailbox of project coordination:"
                " it hears of every sign-up."
            )
        group = WorkingGroup.objects.create(
            slug=slug,
            name=name,
            city=City.objects.get(slug=city),
            language=language,
            coordination_address=settings.COORDINATION_ADDRESS,
        )
        group.topics.set(Topic.objects.all())
