from django.urls import path
from django.utils.translation import gettext_lazy as _

from actionplan.views import importing_plan

urlpatterns = [
    path(_("<slug:slug>/import/"), importing_plan.bring, name="import"),
    path(_("<slug:slug>/import/take/"), importing_plan.take, name="import_take"),
    path(_("<slug:slug>/import/discard/"), importing_plan.discard, name="import_discard"),
]
