"""A file on its way into a text."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from in4green.livetext.views import importing

urlpatterns = [
    path("", importing.bring, name="import"),
    path(_("take/"), importing.take, name="import_take"),
    path(_("discard/"), importing.discard, name="import_discard"),
]
