"""Load the demo group and its meeting once."""

from typing import Any

from groups.management.commands import load_demo
from groups.models import WorkingGroup
from meetings import loading


class Command(load_demo.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        loading.load_demo(WorkingGroup.objects.default())
