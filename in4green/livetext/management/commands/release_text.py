"""``manage.py release_text 17``: lift a text's quarantine."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from in4green.livetext.archive.quarantine import release
from in4green.livetext.models import LiveText


class Command(BaseCommand):
    help = "Lets people write in a quarantined text again; it is built anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", type=int, help="the text's number")
        parser.add_argument(
            "--without-tail",
            action="store_true",
            help="go on from the last good snapshot; what came after is set aside",
        )

    def handle(self, *args: Any, text: int, without_tail: bool, **options: Any) -> None:
        found = LiveText.objects.filter(pk=text).exclude(quarantined_at=None).first()
        if found is None:
            raise CommandError(f"Text {text} is not quarantined.")
        release(found, by=None, without_tail=without_tail)
        self.stdout.write(f"Text {text} is released.")
