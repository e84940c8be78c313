from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings.views import agreed, minutes

app_name = "minutes"
urlpatterns = [
    path(_("<slug:slug>/texts/begin/"), minutes.begin, name="begin"),
    path(_("<slug:slug>/texts/<int:pk>/"), minutes.text, name="text"),
    path(_("<slug:slug>/texts/<int:pk>/approve/"), minutes.approve, name="approve"),
    path(_("<slug:slug>/texts/<int:pk>/reopen/"), minutes.reopen, name="reopen"),
    path(_("<slug:slug>/decisions/new/"), agreed.new_decision, name="new_decision"),
    path(_("<slug:slug>/decisions/<int:pk>/"), agreed.decision, name="decision"),
    path(_("<slug:slug>/follow-ups/new/"), agreed.new_follow_up, name="new_follow_up"),
    path(_("<slug:slug>/follow-ups/<int:pk>/"), agreed.follow_up, name="follow_up"),
    path(_("<slug:slug>/follow-ups/<int:pk>/close/"), agreed.close, name="close_follow_up"),
    path(_("<slug:slug>/follow-ups/<int:pk>/reopen/"), agreed.reopen, name="reopen_follow_up"),
]
