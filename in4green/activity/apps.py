from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "in4green.activity"
    label = "activity"
