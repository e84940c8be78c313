"""What coordination is asked about uploads, and what ``/health/ready/`` says of their sizes."""

from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import WorkingGroup
from in4green.common import health, waiting
from meetings.models import Photo, Printout
from meetings.services import orphans

# A worker needs seconds; what waits so long is heard by nobody.
PREPARED_WITHIN = timedelta(minutes=15)


def questions(request: HttpRequest) -> Iterator[waiting.Item]:
    yield from _undescribed(request)
    yield from _failed(request)


def _undescribed(request: HttpRequest) -> Iterator[waiting.Item]:
    """Photos that would be deleted if there were fewer of them."""
    count = orphans.asks()
    mine = orphans.orphans().visible_to(request.user).with_owner() if count else []
    for photo in mine[:1]:
        if request.user.has_perm("meetings.publish_files", photo):
            text = ngettext(
                "%(n)d picture has waited a week for a description. Please describe or delete it.",
                "%(n)d pictures have waited a week for a description. They are so many that the"
                " portal does not delete them by itself: please describe or delete them.",
                count,
            )
            yield waiting.Item(text % {"n": count}, photo.place.get_absolute_url(), "attention")


def _failed(request: HttpRequest) -> Iterator[waiting.Item]:
    coordinated = set(WorkingGroup.objects.visible_to(request.user).values_list("pk", flat=True))
    failed = Photo.objects.failed().visible_to(request.user).with_owner()
    mine = [photo for photo in failed if photo.group_id in coordinated]
    if mine:
        text = ngettext(
            "%(n)d picture could not be prepared. Please delete it and upload it again.",
            "%(n)d pictures could not be prepared. Please delete them and upload them again.",
            len(mine),
        )
        yield waiting.Item(text % {"n": len(mine)}, mine[0].place.get_absolute_url(), "attention")


def check_photos() -> health.Problem | None:
    late = Photo.objects.unprepared().filter(created_at__lt=timezone.now() - PREPARED_WITHIN)
    if not late.exists():
        return None
    return health.Problem(_("Pictures wait for their sizes, and nobody makes them."))


def check_printouts() -> health.Problem | None:
    late = Printout.objects.waiting().filter(asked_at__lt=timezone.now() - PREPARED_WITHIN)
    if not late.exists():
        return None
    return health.Problem(_("Files of minutes and reports wait, and nobody makes them."))


waiting.register(questions)
health.register("photos_waiting", check_photos)
health.register("printouts_waiting", check_printouts)
