from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings.views import files, photos

app_name = "files"
urlpatterns = [
    path(_("meetings/<slug:slug>/"), files.of_meeting, name="of_meeting"),
    path(_("practices/<slug:slug>/"), files.of_practice, name="of_practice"),
    path("<uuid:uid>/", files.document, name="document"),
    path(_("<uuid:uid>/edit/"), files.edit, name="edit"),
    path(_("<uuid:uid>/delete/"), files.delete, name="delete"),
    path(_("pictures/<uuid:uid>/"), photos.edit, name="photo"),
    path(_("pictures/<uuid:uid>/take-down/"), photos.take_down, name="take_down"),
    path(_("pictures/<uuid:uid>/withdraw/<int:person>/"), photos.withdraw, name="withdraw"),
    path(_("pictures/<uuid:uid>/delete/"), photos.delete, name="delete_photo"),
    path("<uuid:uid>/<int:width>.<slug:form>", photos.picture, name="picture"),
]
