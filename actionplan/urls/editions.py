from django.urls import path
from django.utils.translation import gettext_lazy as _

from actionplan.views import edition_comments, editions, publishing

# An edition's address stands in papers and councils' minutes: it never changes.
urlpatterns = [
    path(_("pictures/<uuid:pk>/"), editions.picture, name="edition_picture"),
    path(_("<slug:slug>/editions/"), editions.listing, name="editions"),
    path(_("<slug:slug>/editions/publish/"), publishing.publish, name="publish"),
    path(_("<slug:slug>/editions/comments/"), edition_comments.queue, name="comment_queue"),
    path(
        _("<slug:slug>/editions/comments/<uuid:pk>/"),
        edition_comments.decide,
        name="decide_comment",
    ),
    path(_("<slug:slug>/editions/<int:number>/"), editions.edition, name="edition"),
    path(
        _("<slug:slug>/editions/<int:number>/comparison/<int:other>/"),
        editions.compare,
        name="compare_editions",
    ),
    path(
        _("<slug:slug>/editions/<int:number>/comments/"),
        edition_comments.comments,
        name="edition_comments",
    ),
    path(
        _("<slug:slug>/editions/<int:number>/files/<str:language>/<str:kind>/"),
        editions.file,
        name="edition_file",
    ),
]
