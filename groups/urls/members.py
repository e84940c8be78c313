from django.urls import path
from django.utils.translation import gettext_lazy as _

from groups.views import members

app_name = "member"
urlpatterns = [
    path("", members.home, name="home"),
    path(_("profile/"), members.profile, name="profile"),
    path(_("sessions/<int:pk>/end/"), members.end_session, name="end_session"),
    path(_("second-factor/"), members.second_factor, name="second_factor"),
    path(_("typed/"), members.typed, name="typed"),
]
