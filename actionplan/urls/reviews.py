from django.urls import path
from django.utils.translation import gettext_lazy as _

from actionplan.views import decisions, peer_links, peers, reviews, statements, votes

urlpatterns = [
    path(_("peer-review/<uuid:pk>/<str:token>/"), peers.home, name="peer_review"),
    path(
        _("peer-review/<uuid:pk>/<str:token>/section/<int:number>/"),
        peers.section,
        name="peer_section",
    ),
    path(_("peer-review/<uuid:pk>/<str:token>/plan/"), peers.whole, name="peer_whole"),
    path(
        _("peer-review/<uuid:pk>/<str:token>/statement/<int:number>/"),
        peers.statement,
        name="peer_statement",
    ),
    path(_("peer-review/<uuid:pk>/<str:token>/done/"), peers.done, name="peer_done"),
    path(
        _("peer-review/<uuid:pk>/<str:token>/pictures/<uuid:image>/"),
        peers.picture,
        name="peer_picture",
    ),
    path(_("<slug:slug>/reviews/"), reviews.overview, name="reviews"),
    path(_("<slug:slug>/reviews/new/"), reviews.new, name="new_review"),
    path(_("<slug:slug>/reviews/<int:pk>/"), reviews.review, name="review"),
    path(_("<slug:slug>/reviews/<int:pk>/ask/"), reviews.ask, name="ask_more"),
    path(_("<slug:slug>/reviews/<int:pk>/close/"), reviews.close, name="close_review"),
    path(_("<slug:slug>/reviews/<int:pk>/nothing/"), reviews.nothing_to_add, name="nothing_to_add"),
    path(_("<slug:slug>/reviews/<int:pk>/statement/"), statements.new, name="new_statement"),
    path(
        _("<slug:slug>/reviews/<int:pk>/statement/<int:number>/"),
        statements.edit,
        name="statement",
    ),
    path(
        _("<slug:slug>/reviews/<int:pk>/statement/<int:number>/answer/"),
        statements.answer,
        name="answer_statement",
    ),
    path(
        _("<slug:slug>/reviews/<int:pk>/cities/<uuid:number>/"), peer_links.link, name="peer_link"
    ),
    path(_("<slug:slug>/votes/new/"), votes.new, name="new_vote"),
    path(_("<slug:slug>/votes/<int:pk>/"), votes.approval, name="approval"),
    path(_("<slug:slug>/votes/<int:pk>/close/"), votes.close, name="close_vote"),
    path(_("<slug:slug>/decisions/new/"), decisions.new, name="new_decision"),
    path(_("<slug:slug>/decisions/<int:pk>/"), decisions.correct, name="decision"),
    path(_("<slug:slug>/decisions/<int:pk>/document/"), decisions.document, name="decision_file"),
    path(_("<slug:slug>/status/"), decisions.status, name="status"),
]
