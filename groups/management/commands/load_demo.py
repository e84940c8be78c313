"""Load the demo group once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from groups import demo


class Command(BaseCommand):
    help = "Loads made-up people and sign-ups to try the portal with; development only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo accounts have known passwords: only with DEBUG=1.")
        loaded = demo.load()
        self.stdout.write("demo loaded" if loaded else "demo was loaded before: left as it is")
