from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "in4green.common"
    label = "common"

    def ready(self) -> None:
        from in4green.common import checks  # noqa: F401  (they register themselves)
