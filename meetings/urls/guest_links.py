from django.urls import path

from meetings.views import guest_links

app_name = "guest_links"
urlpatterns = [
    path("", guest_links.all_links, name="list"),
    path("<uuid:pk>/", guest_links.link, name="link"),
]
