from django.urls import path

from groups.views import pages

urlpatterns = [path("", pages.home, name="home")]
