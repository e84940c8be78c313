"""``manage.py begin_epochs``: after a backup was restored, so that no old copy is merged in."""

from typing import Any

from django.core.management.base import BaseCommand

from in4green.livetext.models import LiveText
from in4green.livetext.services import begin_epoch


class Command(BaseCommand):
    help = "Cuts off every copy of a text that a browser still has. Run it after a restore."

    def handle(self, *args: Any, **options: Any) -> None:
        texts = list(LiveText.objects.order_by("pk"))
        for text in texts:
            begin_epoch(text)
        self.stdout.write(f"{len(texts)} texts are in a new epoch.")
