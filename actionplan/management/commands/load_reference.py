"""Load the network, its meetings, and what a plan begins with; run as often as you like."""

from typing import Any

from actionplan.loading import load_template
from meetings.management.commands import load_reference


class Command(load_reference.Command):
    help = (
        "Loads the network, updating its facts, and the meetings and sections of the plan's"
        " template that are not there yet."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        self.stdout.write(f"{load_template()} new section(s) of the template")
