from django.urls import path

from in4green.common import views

urlpatterns = [
    path("live/", views.live, name="health_live"),
    path("ready/", views.ready, name="health_ready"),
]
