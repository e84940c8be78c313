from django.urls import path
from django.utils.translation import gettext_lazy as _

from groups.views import interest

app_name = "interest"
urlpatterns = [
    path("", interest.form, name="form"),
    path(_("sent/"), interest.sent, name="sent"),
    path(_("confirm/<uuid:pk>/<str:token>/"), interest.confirm, name="confirm"),
    path(_("status/<uuid:pk>/<str:token>/"), interest.status, name="status"),
    path(_("status/<uuid:pk>/<str:token>/correct/"), interest.correct, name="correct"),
    path(_("status/<uuid:pk>/<str:token>/answer/"), interest.answer, name="answer"),
    path(_("status/<uuid:pk>/<str:token>/withdraw/"), interest.withdraw, name="withdraw"),
]
