"""``manage.py verify_texts``: does every text say what its log says?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from in4green.livetext.archive.verification import verify
from in4green.livetext.models import LiveText


class Command(BaseCommand):
    help = "Builds every text from its log, names every fault, and fails if there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        texts = faults = 0
        for text in LiveText.objects.order_by("pk").iterator():
            texts += 1
            for fault in verify(text):
                faults += 1
                self.stdout.write(f"Text {text.pk} ({text.kind}): {fault}")
        if faults:
            raise CommandError(f"{faults} faults in {texts} texts.")
        self.stdout.write(f"All {texts} texts say what their logs say.")
