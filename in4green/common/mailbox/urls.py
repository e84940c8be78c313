"""Part of the URL table in development only."""

from django.urls import path

from in4green.common.mailbox import views

app_name = "mailbox"
urlpatterns = [
    path("", views.mail_list, name="list"),
    path("delete/", views.delete_all, name="delete"),
    path("<int:number>/", views.mail, name="mail"),
    path("<int:number>/html/", views.html, name="html"),
    path("<int:number>/source/", views.source, name="source"),
]
