"""When: beat asks what is due; each text has a task of its own, so that one stops no other."""

from celery import shared_task

from in4green.livetext import images
from in4green.livetext.archive import compaction, quarantine, snapshots, versions
from in4green.livetext.archive.history import latest_snapshot
from in4green.livetext.importing import queue
from in4green.livetext.models import LiveText
from in4green.livetext.proposals import drafting

# What waited longer is asked for again by the next round; seconds.
PATIENCE = 60


@shared_task
def tend_texts() -> None:
    for text_id in LiveText.objects.due().values_list("pk", flat=True):
        tend_text.apply_async((text_id,), expires=PATIENCE)


@shared_task
def tend_text(text_id: int) -> None:
    """Safe at any time and any number of times, and when it is killed."""
    quarantine.attempt(text_id, tend)


def tend(text: LiveText) -> None:
    before = latest_snapshot(text)
    versions.keep_before_deletion(before, snapshots.take(text))
    versions.make_automatic(text)


@shared_task
def compact_texts() -> None:
    for text_id in LiveText.objects.filter(quarantined_at=None).values_list("pk", flat=True):
        compact_text.delay(text_id)


@shared_task
def compact_text(text_id: int) -> None:
    quarantine.attempt(text_id, compaction.compact)


@shared_task
def delete_orphaned_pictures() -> None:
    images.delete_orphans()


@shared_task
def read_files() -> None:
    """One task for each, so that one that takes long stops no other."""
    for import_id in queue.files_to_read():
        read_file.apply_async((import_id,), expires=PATIENCE)


@shared_task
def read_file(import_id: int) -> None:
    queue.read_next(import_id)


@shared_task
def delete_old_files() -> None:
    queue.delete_old()


@shared_task
def delete_forgotten_proposals() -> None:
    drafting.delete_forgotten()
