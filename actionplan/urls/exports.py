from django.urls import path
from django.utils.translation import gettext_lazy as _

from actionplan.views import exports

urlpatterns = [
    path("plan.schema.json", exports.schema, name="schema"),
    path(_("<slug:slug>/files/"), exports.exports, name="exports"),
    path(_("<slug:slug>/files/again/"), exports.ask_again, name="export_again"),
    path(_("<slug:slug>/files/<int:pk>/"), exports.export, name="export"),
]
