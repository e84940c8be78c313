from django.urls import URLPattern

app_name = "interest"
urlpatterns: list[URLPattern] = []
