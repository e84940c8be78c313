"""Load the network, then its meetings; run as often as you like."""

from typing import Any

from django.conf import settings

from groups.management.commands import load_reference
from groups.models import WorkingGroup
from meetings.loading import load_facts


class Command(load_reference.Command):
    help = "Loads the network, updating its facts, and the meetings that are not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        own = WorkingGroup.objects.filter(slug=settings.DEFAULT_GROUP)
        new = load_facts(own.first() or WorkingGroup.objects.earliest("pk"))
        self.stdout.write(f"{new} new meeting(s)")
