from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from meetings import (  # noqa: F401  (register themselves)
            agreed,
            asked,
            minutes,
            queues,
            rules,
            upkeep,
        )
        from meetings.notifications import challenges, guests, kinds  # noqa: F401  (register themselves)
