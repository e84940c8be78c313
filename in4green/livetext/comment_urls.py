"""Of the talk beside a text; ``pk`` is the text's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from in4green.livetext.views import comments

urlpatterns = [
    path("", comments.page, name="comments"),
    path(_("list/"), comments.listing, name="comment_list"),
    path(_("new/"), comments.new, name="new_comment"),
    path(_("passage/"), comments.on_passage, name="comment"),
    path(_("<uuid:thread>/reply/"), comments.reply, name="reply"),
    path(_("<uuid:thread>/resolve/"), comments.resolve, name="resolve"),
    path(_("<uuid:thread>/reopen/"), comments.reopen, name="reopen"),
    path(_("<int:comment>/edit/"), comments.edit, name="edit_comment"),
    path(_("<int:comment>/delete/"), comments.delete, name="delete_comment"),
]
