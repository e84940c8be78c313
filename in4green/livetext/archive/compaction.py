"""What is thinned out when nobody needs it any more, and the proof before it is.

A row of the log goes when it is older than its period and two snapshots after it are verified:
each was found equal to a replay of the log since the verified one before it. Who wrote is known
from the versions by then. Each step is a transaction of its own and looks anew at what is there,
so that being killed between two of them does no harm.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from in4green.livetext.archive.replay import disagreement
from in4green.livetext.archive.snapshots import Doubtful
from in4green.livetext.archive.thinning import thin_versions
from in4green.livetext.models import LiveText, TextSnapshot, TextUpdate, TextVersion

BATCH = 1000  # rows deleted in one transaction


def compact(text: LiveText) -> None:
    """Raises Doubtful, before anything of the log is gone, where a snapshot isn't what it says."""
    thin_versions(text)
    thin_snapshots(text)
    verify_snapshots(text)
    thin_log(text)


def thin_snapshots(text: LiveText) -> None:
    """Keeps what versions show, what proofs and the kept log begin with, and the newest two."""
    kept = _snapshots(text)
    verified = kept.exclude(verified_at=None)
    log_begins = kept.filter(seq__gte=(_first_number(_rows(text)) or 0) - 1)
    needed = [
        *kept.order_by("-seq").values_list("pk", flat=True)[:2],
        *verified.order_by("-seq").values_list("pk", flat=True)[:1],
        *log_begins.order_by("seq").values_list("pk", flat=True)[:1],
    ]
    kept.filter(versions=None).exclude(pk__in=needed).delete()


def verify_snapshots(text: LiveText) -> None:
    """In their order, each against the verified one before it."""
    earlier = _snapshots(text).exclude(verified_at=None).order_by("-seq").first()
    news = _snapshots(text).filter(verified_at=None, seq__gt=earlier.seq if earlier else -1)
    for number in list(news.order_by("seq").values_list("pk", flat=True)):
        later = TextSnapshot.objects.get(pk=number)
        if complaint := disagreement(earlier, later):
            raise Doubtful(f"snapshot {later}: {complaint}")
        TextSnapshot.objects.filter(pk=number).update(verified_at=timezone.now())
        earlier = later


def thin_log(text: LiveText) -> int:
    """How many rows went."""
    before = timezone.now() - settings.LIVETEXT["LOG_KEPT"]
    # What a release from quarantine has set aside.
    outside = TextUpdate.objects.filter(text=text, epoch__lt=text.epoch, at__lt=before)
    return _delete(outside) + _delete(_rows(text).filter(seq__lte=_bound(text, before)))


def _bound(text: LiveText, before: datetime) -> int:
    """The last number that goes: a verified snapshot's, so that what stays can be replayed."""
    versions = TextVersion.objects.filter(text=text, snapshot__epoch=text.epoch)
    newest = versions.order_by("-snapshot__seq").values_list("snapshot__seq", flat=True).first()
    young = _first_number(_rows(text).filter(at__gte=before))
    verified = _snapshots(text).exclude(verified_at=None).order_by("-seq")
    old = Q(seq__lte=newest or 0) & (Q(seq__lt=young) if young else Q())
    covered = list(verified.values_list("seq", flat=True)[1:2])
    goes = verified.filter(old, seq__lte=covered[0] if covered else 0)
    return goes.values_list("seq", flat=True).first() or 0


def _delete(rows: QuerySet[TextUpdate]) -> int:
    """From the oldest on, so that what is left has no holes."""
    gone = 0
    while batch := list(rows.order_by("epoch", "seq").values_list("pk", flat=True)[:BATCH]):
        gone += TextUpdate.objects.filter(pk__in=batch).delete()[0]
    return gone


def _rows(text: LiveText) -> QuerySet[TextUpdate]:
    return TextUpdate.objects.filter(text=text, epoch=text.epoch)


def _snapshots(text: LiveText) -> QuerySet[TextSnapshot]:
    return TextSnapshot.objects.filter(text=text, epoch=text.epoch)


def _first_number(rows: QuerySet[TextUpdate]) -> int | None:
    first: int | None = rows.aggregate(first=Min("seq"))["first"]
    return first
