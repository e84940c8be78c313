from django.urls import path
from django.utils.translation import gettext_lazy as _

from actionplan.views import bin as bin_views
from actionplan.views import ordering, plans

urlpatterns = [
    path("", plans.listing, name="list"),
    path(_("begin/"), plans.begin, name="begin"),
    path("<slug:slug>/", plans.plan, name="plan"),
    path(_("<slug:slug>/edit/"), plans.edit, name="edit"),
    path(_("<slug:slug>/bin/"), bin_views.listing, name="bin"),
    path(_("<slug:slug>/order/"), ordering.order, name="order"),
]
