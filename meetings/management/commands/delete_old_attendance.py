"""Confirm what the nightly job does not delete by itself: more than a fifth of all attendance."""

from typing import Any

from django.core.management.base import BaseCommand

from meetings.services.forgetting import delete_old_attendance


class Command(BaseCommand):
    help = "Deletes attendance whose period is over, however much of it there is."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{delete_old_attendance(confirmed=True)} people deleted")
