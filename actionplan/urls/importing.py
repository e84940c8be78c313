from django.urls import path
from django.utils.translation import gettext_lazy as _

from actionplan.views import importing_actions, importing_plan

urlpatterns = [
    path(_("<slug:slug>/import/"), importing_plan.bring, name="import"),
    path(_("<slug:slug>/import/take/"), importing_plan.take, name="import_take"),
    path(_("<slug:slug>/import/discard/"), importing_plan.discard, name="import_discard"),
    path(_("<slug:slug>/actions/import/"), importing_actions.bring, name="import_actions"),
    path(_("<slug:slug>/actions/import/take/"), importing_actions.take, name="take_actions"),
    path(
        _("<slug:slug>/actions/import/template/"),
        importing_actions.template,
        name="actions_template",
    ),
]
