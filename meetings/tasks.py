"""When: what beat asks for, again and again; each service looks for itself what is due."""

from celery import shared_task

from meetings.services import forgetting, orphans, printouts, reminding, renditions, telling

# What waited longer is asked for again by the next round; seconds.
PATIENCE = 60


@shared_task
def prepare_photos() -> None:
    """Each photo has a task of its own, so that one stops no other."""
    for photo_id in renditions.photos_to_prepare():
        prepare_photo.apply_async((photo_id,), expires=PATIENCE)


@shared_task
def prepare_photo(photo_id: int) -> None:
    renditions.prepare(photo_id)


@shared_task
def delete_orphaned_uploads() -> None:
    orphans.delete_orphans()
    orphans.delete_files_without_a_row()


@shared_task
def tell_changes() -> None:
    """One task for each meeting, so that one failure stops no other."""
    for meeting_id in telling.changes_to_tell():
        tell_change.delay(meeting_id)


@shared_task
def tell_change(meeting_id: int) -> None:
    telling.tell_change(meeting_id)


@shared_task
def send_reminders() -> None:
    for meeting_id in reminding.meetings_to_remind():
        remind.delay(meeting_id)


@shared_task
def remind(meeting_id: int) -> None:
    reminding.remind(meeting_id)


@shared_task
def delete_what_is_kept_no_longer() -> None:
    forgetting.delete_old_needs()
    forgetting.delete_old_attendance()


@shared_task
def make_printouts() -> None:
    """One task for each, so that one that takes long stops no other."""
    for printout_id in printouts.printouts_to_make():
        make_printout.apply_async((printout_id,), expires=PATIENCE)


@shared_task
def make_printout(printout_id: int) -> None:
    printouts.make(printout_id)
