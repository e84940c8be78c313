from django.urls import path
from django.utils.translation import gettext_lazy as _

from actionplan.views import bin as bin_views
from actionplan.views import ordering, sections, states, texts

urlpatterns = [
    path(_("<slug:slug>/sections/new/"), sections.new, name="new_section"),
    path(_("<slug:slug>/sections/<int:pk>/"), sections.section, name="section"),
    path(_("<slug:slug>/sections/<int:pk>/edit/"), sections.edit, name="edit_section"),
    path(_("<slug:slug>/sections/<int:pk>/move/"), ordering.move, name="move_section"),
    path(_("<slug:slug>/sections/<int:pk>/review/"), states.ask_review, name="ask_review"),
    path(_("<slug:slug>/sections/<int:pk>/agree/"), states.approve, name="approve_section"),
    path(_("<slug:slug>/sections/<int:pk>/reopen/"), states.reopen, name="reopen_section"),
    path(_("<slug:slug>/sections/<int:pk>/delete/"), bin_views.delete, name="delete_section"),
    path(_("<slug:slug>/sections/<int:pk>/restore/"), bin_views.restore, name="restore_section"),
    # Last: what stands at this place else is a language.
    path(_("<slug:slug>/sections/<int:pk>/<slug:language>/"), texts.text, name="text"),
    path(
        _("<slug:slug>/sections/<int:pk>/<slug:language>/matches/"),
        texts.matches,
        name="text_matches",
    ),
    path(
        _("<slug:slug>/sections/<int:pk>/<slug:language>/changes/"),
        texts.changes,
        name="text_changes",
    ),
]
