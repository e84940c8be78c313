"""Load the demo group and its records once."""

from typing import Any

from groups.management.commands import load_demo
from groups.models import WorkingGroup
from meetings import (
    challenge_demo,
    files_demo,
    guest_demo,
    invitation_demo,
    loading,
    practice_demo,
    record_demo,
)


class Command(load_demo.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        group = WorkingGroup.objects.default()
        loading.load_demo(group)
        practice_demo.load_demo(group)
        guest_demo.load_demo(group)
        challenge_demo.load_demo(group)
        record_demo.load_demo(group)
        invitation_demo.load_demo(group)
        files_demo.load_demo(group)
