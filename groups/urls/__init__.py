from django.urls import include, path
from django.utils.translation import gettext_lazy as _

urlpatterns = [
    path("", include("groups.urls.pages")),
    path(_("join/"), include("groups.urls.interest")),
    path(_("members/"), include("groups.urls.members")),
]
