from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionPlanConfig(AppConfig):
    name = "actionplan"
    verbose_name = _("Action plan")

    def ready(self) -> None:
        from actionplan import (  # noqa: F401  (register themselves)
            action_chain,
            rules,
            texts,
            upkeep,
            waiting,
        )
        from actionplan.importing import ownership  # noqa: F401  (registers itself)
        from actionplan.notifications import (  # noqa: F401  (register themselves)
            editions,
            reviews,
            votes,
        )
