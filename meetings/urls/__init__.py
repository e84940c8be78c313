from django.urls import include, path
from django.utils.translation import gettext_lazy as _

urlpatterns = [
    path(_("files/"), include("meetings.urls.files")),
    # Before the meetings: the totals stand where a meeting's name would.
    path(_("meetings/"), include("meetings.urls.attendance")),
    path(_("meetings/"), include("meetings.urls.mailing")),
    path(_("meetings/"), include("meetings.urls.minutes")),
    path(_("meetings/"), include("meetings.urls.reports")),
    path(_("meetings/"), include("meetings.urls.meetings")),
    # Before the practices: these stand where a practice's name would.
    path(_("practices/lessons/"), include("meetings.urls.lessons")),
    path(_("practices/challenges/"), include("meetings.urls.challenges")),
    path(_("practices/guests/"), include("meetings.urls.guest_links")),
    path(_("practices/"), include("meetings.urls.practices")),
    path(_("guest/<uuid:pk>/<str:token>/"), include("meetings.urls.guests")),
]
