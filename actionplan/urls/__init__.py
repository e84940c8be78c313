from typing import Any

app_name = "plan"
urlpatterns: list[Any] = []
