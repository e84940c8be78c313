from django.urls import include, path
from django.utils.translation import gettext_lazy as _

urlpatterns = [
    path(_("meetings/"), include("meetings.urls.minutes")),
    path(_("meetings/"), include("meetings.urls.meetings")),
    path(_("practices/"), include("meetings.urls.practices")),
]
