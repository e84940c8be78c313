from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LivetextConfig(AppConfig):
    name = "in4green.livetext"
    verbose_name = _("Live texts")

    def ready(self) -> None:
        from in4green.livetext import endings, notifications  # noqa: F401  (register themselves)
        from in4green.livetext.archive import alarms  # noqa: F401
        from in4green.livetext.importing import health  # noqa: F401
        from in4green.livetext.proposals import notifications as proposals  # noqa: F401
