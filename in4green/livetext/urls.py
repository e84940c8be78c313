"""Pages about a text, whoever owns it."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from in4green.livetext.views import editing, pictures, tables, versions

app_name = "text"
urlpatterns = [
    path(_("<int:pk>/comments/"), include("in4green.livetext.comment_urls")),
    path(_("<int:pk>/edit/"), editing.edit, name="edit"),
    path(_("<int:pk>/import/"), include("in4green.livetext.import_urls")),
    path(_("<int:pk>/pictures/"), pictures.upload, name="upload"),
    path(_("<int:pk>/proposals/"), include("in4green.livetext.proposal_urls")),
    path(_("<int:pk>/tables/<slug:table>/"), tables.show, name="table"),
    path(_("<int:pk>/versions/"), versions.listing, name="versions"),
    path(_("<int:pk>/versions/compare/"), versions.compare, name="compare"),
    path(_("<int:pk>/versions/<int:version>/"), versions.show, name="version"),
    path(_("<int:pk>/versions/<int:version>/restore/"), versions.restore, name="restore"),
]
