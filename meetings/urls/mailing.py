from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings.views import answering, mailing, subscribing

app_name = "meeting_mails"
urlpatterns = [
    # Addresses of meetings begin with a year, so they never meet these.
    path(_("my-calendar/"), subscribing.my_calendar, name="my_calendar"),
    path(
        _("my-calendar/<uuid:pk>/<str:token>.ics"),
        subscribing.personal_calendar,
        name="personal_calendar",
    ),
    path(_("answer/<int:pk>/<str:token>/"), answering.answer, name="answer"),
    path(_("<slug:slug>/cancel/"), mailing.cancel, name="cancel"),
    path(_("<slug:slug>/takes-place/"), mailing.reinstate, name="reinstate"),
    path(_("<slug:slug>/invite/"), mailing.invite, name="invite"),
]
