"""Show how to sign in to the demo; development only."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from groups import demo


class Command(BaseCommand):
    help = "Prints the demo accounts and the coordinator's current second-factor code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", action="store_true", help="only the current code")

    def handle(self, *args: Any, code: bool, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("There are demo accounts in development only.")
        if code:
            self.stdout.write(demo.current_code())
            return
        for account in demo.ACCOUNTS:
            self.stdout.write(f"{account.email:<36} {account.role}")
        self.stdout.write(f"password of each: {demo.password()}")
        self.stdout.write(f"second factor of the coordinator, now: {demo.current_code()}")
