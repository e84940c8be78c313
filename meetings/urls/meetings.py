from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings.views import capturing, entering, feeds, reading

app_name = "meetings"
urlpatterns = [
    path("", reading.MeetingList.as_view(), name="list"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("feed.atom", feeds.MeetingFeed(), name="feed"),
    path("meetings.json", feeds.as_json, name="json"),
    path("meetings.csv", feeds.as_csv, name="csv"),
    # Addresses of meetings begin with a year, so they never meet this one.
    path(_("new/"), entering.new, name="new"),
    path("<slug:slug>/", reading.meeting, name="meeting"),
    path("<slug:slug>/calendar.ics", feeds.meeting_calendar, name="meeting_calendar"),
    path(_("<slug:slug>/edit/"), entering.edit, name="edit"),
    path(_("<slug:slug>/copy/"), entering.copy, name="copy"),
    path(_("<slug:slug>/capture/"), capturing.capture, name="capture"),
    path(_("<slug:slug>/move/"), entering.move, name="move"),
]
