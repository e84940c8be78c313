from django.urls import path
from django.utils.translation import gettext_lazy as _

from groups.views import invitations

app_name = "invitation"
urlpatterns = [
    path(_("renewed/"), invitations.renewed, name="renewed"),
    path("<uuid:pk>/<str:token>/", invitations.show, name="show"),
    path(_("<uuid:pk>/<str:token>/renew/"), invitations.renew, name="renew"),
]
