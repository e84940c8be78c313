from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings.views import practice_feeds, practices

app_name = "practices"
urlpatterns = [
    path("", practices.PracticeList.as_view(), name="list"),
    path("feed.atom", practice_feeds.PracticeFeed(), name="feed"),
    path("practices.json", practice_feeds.as_json, name="json"),
    path("practices.csv", practice_feeds.as_csv, name="csv"),
    # Addresses of practices begin with a city's, so they never meet these.
    path(_("new/"), practices.new, name="new"),
    path(_("review/"), practices.queue, name="queue"),
    path("<slug:slug>/", practices.practice, name="practice"),
    path(_("<slug:slug>/edit/"), practices.edit, name="edit"),
    path(_("<slug:slug>/state/"), practices.set_state, name="state"),
]
