"""The portal's addresses and an empty page, which costs what Django and the middleware cost."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from in4green import urls
from in4green.urls import handler400, handler500

__all__ = ["handler400", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("empty/", empty), *urls.urlpatterns]
