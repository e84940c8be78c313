from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings.views import lessons

app_name = "lessons"
urlpatterns = [
    path("", lessons.LessonList.as_view(), name="list"),
    path(_("new/"), lessons.new, name="new"),
    path("<int:pk>/", lessons.lesson, name="lesson"),
    path(_("<int:pk>/edit/"), lessons.edit, name="edit"),
    path(_("<int:pk>/public/"), lessons.show, name="show"),
    path(_("<int:pk>/remove/"), lessons.remove, name="remove"),
]
