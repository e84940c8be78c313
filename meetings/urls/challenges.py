from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings.views import answers, challenges

app_name = "challenges"
urlpatterns = [
    path("", challenges.ChallengeList.as_view(), name="list"),
    # Addresses of challenges begin with a city's, so they never meet this.
    path(_("new/"), challenges.new, name="new"),
    path("<slug:slug>/", challenges.challenge, name="challenge"),
    path(_("<slug:slug>/edit/"), challenges.edit, name="edit"),
    path(_("<slug:slug>/practices/"), challenges.link, name="link"),
    path(_("<slug:slug>/public/"), challenges.show, name="show"),
    path(_("<slug:slug>/state/"), challenges.set_state, name="state"),
    path(_("<slug:slug>/answer/"), answers.answer, name="answer"),
    path(_("<slug:slug>/answers/<int:pk>/accept/"), answers.accept, name="accept"),
    path(_("<slug:slug>/answers/<int:pk>/remove/"), answers.remove, name="remove_answer"),
]
