"""Is every text what its log says? For the operator, after a restore above all."""

from collections.abc import Iterator

from django.db.models import Count, Max, Min

from in4green.livetext.archive import snapshots
from in4green.livetext.archive.replay import damage, disagreement
from in4green.livetext.models import LiveText, TextSnapshot, TextUpdate


def verify(text: LiveText) -> Iterator[str]:
    """A sentence for each fault. A quarantined text isn't built: it might end the process."""
    if text.quarantined_at:
        yield "It is quarantined and was not checked."
        return
    log = TextUpdate.objects.filter(text=text, epoch=text.epoch)
    found = log.aggregate(first=Min("seq"), last=Max("seq"), count=Count("seq"))
    first = text.head_seq + 1 if found["first"] is None else found["first"]
    if found["count"] != text.head_seq - first + 1:
        yield f"Its log ends at {found['last']} or has holes; its head is {text.head_seq}."
    rows = TextSnapshot.objects.filter(text=text, epoch=text.epoch)
    if first > 1 and not rows.filter(seq__gte=first - 1, verified_at__isnull=False).exists():
        yield f"Its log begins with {first}, and no verified snapshot holds what was before."
    yield from _snapshots(text, first)
    yield from _newest(text)


def _snapshots(text: LiveText, first: int) -> Iterator[str]:
    """Those before the log begins can only be compared with themselves."""
    rows = TextSnapshot.objects.filter(text=text, epoch=text.epoch).order_by("seq")
    earlier = None
    for number in list(rows.values_list("pk", flat=True)):
        later = rows.get(pk=number)
        replayable = (earlier.seq if earlier else 0) >= first - 1
        if complaint := disagreement(earlier, later) if replayable else damage(later):
            yield f"Snapshot {later.seq}: {complaint}."
        earlier = later
    if (earlier.seq if earlier else 0) != text.snapshot_seq:
        yield f"Its newest snapshot is not number {text.snapshot_seq}."


def _newest(text: LiveText) -> Iterator[str]:
    try:
        built = snapshots.build(snapshots.gather(text))
    except snapshots.Doubtful as error:
        yield f"It can't be built: {error}."
        return
    for misfit in built["misfits"]:
        yield f"No editor can show what it holds: {misfit}."
