"""What programs read of practices: Atom, JSON and CSV."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from in4green.common.exporting import csv_response
from meetings import practice_exports as exports
from meetings.models import Practice


class PracticeFeed(Feed):
    """What was published or changed last."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Good practices")

    def link(self) -> str:
        return reverse("practices:list")

    def feed_url(self) -> str:
        return reverse("practices:feed")

    def items(self) -> Any:
        public = Practice.objects.public().select_related("city")
        return public.order_by("-changed_at", "-pk")[:50]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return " · ".join(filter(None, [str(item.city), item.organisation]))

    def item_guid(self, item: Any) -> str:
        return str(item.uid.urn)

    def item_pubdate(self, item: Any) -> datetime:
        published: datetime = item.published_at
        return published

    def item_updateddate(self, item: Any) -> datetime:
        changed: datetime = item.changed_at
        return changed


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    practices = [exports.facts_of(practice) for practice in exports.published()]
    return JsonResponse({"practices": practices}, json_dumps_params={"ensure_ascii": False})


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_response("practices", exports.HEAD, exports.rows(exports.published()))
