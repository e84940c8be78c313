"""When: what beat asks for, again and again; each service looks for itself what is due."""

from celery import shared_task

from actionplan.services import actions, edition_comments, exports, review_reminding
from actionplan.services.bin import empty_bin

# What waited longer is asked for again by the next round; seconds.
PATIENCE = 60


@shared_task
def remind_and_close() -> None:
    """Before the last day, and after it; one task for each, so that one failure stops no other."""
    for review_id in review_reminding.reviews_to_remind():
        remind_of_review.delay(review_id)
    for approval_id in review_reminding.votes_to_remind():
        remind_of_vote.delay(approval_id)
    for approval_id in review_reminding.votes_to_close():
        close_vote.delay(approval_id)


@shared_task
def remind_of_review(review_id: int) -> None:
    review_reminding.remind_of_review(review_id)


@shared_task
def remind_of_vote(approval_id: int) -> None:
    review_reminding.remind_of_vote(approval_id)


@shared_task
def close_vote(approval_id: int) -> None:
    review_reminding.close_vote(approval_id)


@shared_task
def empty_the_bin() -> None:
    actions.empty_bin()
    empty_bin()


@shared_task
def forget_addresses() -> None:
    edition_comments.forget_addresses()


@shared_task
def make_exports() -> None:
    """One task for each file, so that one that takes long stops no other."""
    exports.ask_for_editions()
    for export_id in exports.exports_to_make():
        make_export.apply_async((export_id,), expires=PATIENCE)


@shared_task
def make_export(export_id: int) -> None:
    exports.make(export_id)


@shared_task
def delete_old_exports() -> None:
    exports.delete_old()
