"""Pages for everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from groups.geography import own_place
from groups.models import Topic
from in4green.common.pagecache import kept_for_strangers


@kept_for_strangers(seconds=10)
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "topics": Topic.objects.all(),
        "city": own_place().name,
        "answer_days": settings.INTEREST["ANSWER_WORKING_DAYS"],
    }
    return render(request, "home.html", context)
