"""``manage.py relay``: keeps the outbox moving; one or more may run."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from in4green.activity.relay import Relay
from in4green.activity.ringing import Bell

# A mail server that hangs keeps nobody from stopping: the row's lease brings it back; seconds.
GRACE = 4


class Command(BaseCommand):
    help = "Rings a worker for every commit, and sends by itself when no worker comes."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        bell = Bell()
        relay = Relay(bell.ring)

        def stop(*_: object) -> None:
            relay.stop()
            signal.alarm(GRACE)

        def give_up(*_: object) -> None:
            raise SystemExit(0)

        signal.signal(signal.SIGALRM, give_up)
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        relay.run()
        signal.alarm(0)
        bell.close()
