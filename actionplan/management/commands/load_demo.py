"""Load the demo group, its records and its plan once."""

from typing import Any

from actionplan import action_demo, demo, edition_demo, proposal_demo, review_demo
from groups.models import WorkingGroup
from meetings.management.commands import load_demo


class Command(load_demo.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        plan = demo.load_demo(WorkingGroup.objects.default())
        if plan:
            action_demo.load_demo(plan)
            review_demo.load_demo(plan)
            edition_demo.load_demo(plan)
            proposal_demo.load_demo(plan)
