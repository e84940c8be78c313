"""When: what beat asks for, again and again; each service looks for itself what is due."""

from celery import shared_task

from actionplan.services import actions, bin, edition_comments, review_reminding


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
    bin.empty_bin()


@shared_task
def forget_addresses() -> None:
    edition_comments.forget_addresses()
