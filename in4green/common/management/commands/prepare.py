"""What lies between a started PostgreSQL and a portal with something in it."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Development only: brings tables and demo data up to date, prints the demo accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo has no place on a production server: use migrate there.")
        for command in ("migrate", "createcachetable", "load_reference", "load_demo"):
            call_command(command, verbosity=0, stdout=self.stderr)
        call_command("demo_accounts", stdout=self.stdout)
