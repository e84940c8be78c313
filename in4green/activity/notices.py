"""What the outbox puts on the admin's first page."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from in4green.activity.models import Delivery
from in4green.common import waiting


def dead_deliveries(request: HttpRequest) -> Iterator[waiting.Item]:
    n = Delivery.objects.visible_to(request.user).dead().count()
    if n:
        text = ngettext(
            "%(n)d mail could not be delivered.", "%(n)d mails could not be delivered.", n
        )
        url = reverse("admin:activity_delivery_changelist") + "?state__exact=dead"
        yield waiting.Item(text % {"n": n}, url, tone="red")


waiting.register(dead_deliveries)
