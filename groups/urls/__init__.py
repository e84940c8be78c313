from django.urls import include, path
from django.utils.translation import gettext_lazy as _

urlpatterns = [
    path("", include("groups.urls.pages")),
    path("", include("groups.urls.duties")),
    path(_("join/"), include("groups.urls.interest")),
    path(_("invitation/"), include("groups.urls.invitations")),
    path(_("members/"), include("groups.urls.members")),
    path(_("notebook/"), include("groups.urls.notebook")),
    path("accounts/", include("groups.urls.accounts")),
]
