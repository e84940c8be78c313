from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings.views import printouts, reports

app_name = "reports"
urlpatterns = [
    path(_("<slug:slug>/pack.pdf"), reports.pack, name="pack"),
    path(_("<slug:slug>/report/"), reports.begin, name="begin"),
    path(_("<slug:slug>/report/again/"), reports.again, name="again"),
    path(_("<slug:slug>/texts/<int:pk>/files/"), printouts.printouts, name="printouts"),
    path(
        _("<slug:slug>/texts/<int:pk>/files/<int:printout>/"), printouts.download, name="printout"
    ),
]
