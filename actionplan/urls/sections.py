from django.urls import path
from django.utils.translation import gettext_lazy as _

from actionplan.views import ordering, sections, texts

urlpatterns = [
    path(_("<slug:slug>/sections/new/"), sections.new, name="new_section"),
    path(_("<slug:slug>/sections/<int:pk>/"), sections.section, name="section"),
    path(_("<slug:slug>/sections/<int:pk>/edit/"), sections.edit, name="edit_section"),
    path(_("<slug:slug>/sections/<int:pk>/move/"), ordering.move, name="move_section"),
    path(_("<slug:slug>/sections/<int:pk>/<slug:language>/"), texts.text, name="text"),
]
