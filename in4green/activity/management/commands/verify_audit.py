"""``manage.py verify_audit``: is the log what it was when it was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from in4green.activity.chain import Altered, Finding, Missing, Unsealed, end, verify


class Command(BaseCommand):
    help = "Checks the log's hash chain, names every damaged row, and fails if there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        damages = 0
        for finding in verify():
            self.stdout.write(describe(finding))
            damages += not isinstance(finding, Unsealed)
        number, seal = end()
        self.stdout.write(f"The chain ends with row {number}: {seal.hex()}")
        if damages:
            raise CommandError(f"The log is damaged in {damages} places.")
        self.stdout.write("The log is intact.")


def describe(finding: Finding) -> str:
    if isinstance(finding, Altered):
        return f"Altered: row {finding.number} (id {finding.entry_id}) is not what was sealed."
    if isinstance(finding, Missing):
        return f"Missing: rows {finding.first} to {finding.last}."
    return f"Not sealed yet: id {finding.entry_id}."
