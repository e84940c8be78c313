from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivityConfig(AppConfig):
    name = "in4green.activity"
    label = "activity"
    verbose_name = _("Mails and log")

    def ready(self) -> None:
        from in4green.activity import health, notices  # noqa: F401  (both register themselves)
