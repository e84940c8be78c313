"""``manage.py verify_audit``: is the log what it was when it was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from in4green.activity.chain import Altered, Finding, Missing, Unsealed, verify
from in4green.activity.models import LogEntry


class Command(BaseCommand):
    help = "Checks the log's hash chain, names every damaged row, and fails if there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        damage = 0
        for finding in verify():
            self.stdout.write(describe(finding))
            damage += not isinstance(finding, Unsealed)
        if last := LogEntry.objects.sealed().last():
            facts = {"number": last.number, "seal": bytes(last.seal or b"").hex()}
            self.stdout.write(_("The chain ends with row %(number)d: %(seal)s") % facts)
        if damage:
            text = ngettext(
                "The log is damaged in %(n)d place.", "The log is damaged in %(n)d places.", damage
            )
            raise CommandError(text % {"n": damage})
        self.stdout.write(_("The log is intact."))


def describe(finding: Finding) -> str:
    match finding:
        case Altered(number, entry_id):
            text = _("Altered: row %(number)d (id %(id)d) is not what was sealed.")
            return text % {"number": number, "id": entry_id}
        case Missing(first, last):
            return _("Missing: rows %(first)d to %(last)d.") % {"first": first, "last": last}
        case Unsealed(entry_id):
            return _("Not sealed yet: id %(id)d.") % {"id": entry_id}
