from django.urls import path
from django.utils.translation import gettext_lazy as _

from actionplan.views import actions, ending_actions, goals, writing_actions

ADDRESSES = {
    "facts": _("<slug:slug>/actions/<int:number>/edit/"),
    "steps": _("<slug:slug>/actions/<int:number>/steps/"),
    "funding": _("<slug:slug>/actions/<int:number>/funding/"),
    "indicators": _("<slug:slug>/actions/<int:number>/indicators/"),
    "risks": _("<slug:slug>/actions/<int:number>/risks/"),
    "testing": _("<slug:slug>/actions/<int:number>/testing/"),
    "origin": _("<slug:slug>/actions/<int:number>/origin/"),
}
STEP = _("<slug:slug>/actions/<int:number>/steps/<int:step>/after/")
urlpatterns = [
    path(_("<slug:slug>/actions/"), actions.listing, name="actions"),
    path(_("<slug:slug>/actions/new/"), writing_actions.new, name="new_action"),
    path(_("<slug:slug>/actions/order/"), ending_actions.move, name="move_action"),
    path(_("<slug:slug>/actions/bin/"), ending_actions.in_bin, name="actions_in_bin"),
    path(_("<slug:slug>/actions/<int:number>/"), actions.action, name="action"),
    path(_("<slug:slug>/actions/<int:number>/text/"), actions.text, name="action_text"),
    *(
        path(address, writing_actions.edit, {"part": part}, name=f"action_{part}")
        for part, address in ADDRESSES.items()
    ),
    path(STEP, writing_actions.after, name="step_after"),
    path(_("<slug:slug>/actions/<int:number>/drop/"), ending_actions.drop, name="drop_action"),
    path(
        _("<slug:slug>/actions/<int:number>/take-up/"),
        ending_actions.take_up,
        name="take_up_action",
    ),
    path(
        _("<slug:slug>/actions/<int:number>/delete/"), ending_actions.delete, name="delete_action"
    ),
    path(
        _("<slug:slug>/actions/<int:number>/restore/"),
        ending_actions.restore,
        name="restore_action",
    ),
    path(_("<slug:slug>/objectives/"), goals.edit, {"part": "objectives"}, name="objectives"),
    path(_("<slug:slug>/areas/"), goals.edit, {"part": "areas"}, name="areas"),
    path(_("<slug:slug>/sources/"), goals.edit, {"part": "sources"}, name="sources"),
]
