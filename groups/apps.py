from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Working groups")

    def ready(self) -> None:
        from groups import (  # noqa: F401  (all register themselves)
            account_log,
            health,
            notebook,
            notices,
            notifications,
            printing,
            rules,
            visiting,
        )
