from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings.views import guests

app_name = "guests"
urlpatterns = [
    path("", guests.home, name="home"),
    path(_("practice/"), guests.practice, name="new_practice"),
    path(_("practice/<int:number>/"), guests.practice, name="practice"),
    path(_("meeting/"), guests.meeting, name="new_meeting"),
    path(_("meeting/<int:number>/"), guests.meeting, name="meeting"),
    path(_("answer/<slug:slug>/"), guests.answer, name="answer"),
    path(_("hand-in/"), guests.hand_in, name="hand_in"),
]
