"""Of proposals for a text; ``pk`` is the text's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from in4green.livetext.views import proposals, reviewing

urlpatterns = [
    path("", proposals.listing, name="proposals"),
    path(_("new/"), proposals.propose, name="propose"),
    path(_("keep/"), proposals.keep, name="keep_proposal"),
    path("<int:proposal>/", reviewing.show, name="proposal"),
    path(_("<int:proposal>/edit/"), proposals.edit, name="edit_proposal"),
    path(_("<int:proposal>/act/"), proposals.act, name="act_on_proposal"),
    path(_("<int:proposal>/decide/"), reviewing.answer, name="decide_proposal"),
]
