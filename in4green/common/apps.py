from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "in4green.common"
    label = "common"
