from django.urls import path
from django.utils.translation import gettext_lazy as _

from groups.views import notebook

app_name = "notebook"
urlpatterns = [
    path("", notebook.listing, name="list"),
    path(_("begin/"), notebook.begin, name="begin"),
    path("<int:pk>/", notebook.note, name="note"),
    path(_("<int:pk>/rename/"), notebook.rename, name="rename"),
    path(_("<int:pk>/close/"), notebook.close, name="close"),
    path(_("<int:pk>/reopen/"), notebook.reopen, name="reopen"),
]
