"""Some days before the day: those who have not answered a review, or not voted, are reminded."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actionplan.models import Approval, PeerLink, Review, ReviewRequest
from actionplan.notifications import reviews, votes
from actionplan.services import reviewing, voting

# Days before the last one; what nobody was told then is told as long as there is time.
BEFORE = 3
MORNING = 8  # o'clock
# Whoever was asked since then has just read it.
FRESH = timedelta(days=2)


def reviews_to_remind() -> list[int]:
    return _near(Review.objects.open(), "due_on")


def votes_to_remind() -> list[int]:
    return _near(Approval.objects.open(), "closes_on")


def votes_to_close() -> list[int]:
    return list(Approval.objects.over().values_list("pk", flat=True))


def _near(rows: Any, field: str) -> list[int]:
    if timezone.localtime().hour < MORNING:
        return []
    today = timezone.localdate()
    days = (today, today + timedelta(days=BEFORE))
    return list(rows.filter(**{f"{field}__range": days}).values_list("pk", flat=True))


@transaction.atomic
def remind_of_review(review_id: int) -> int:
    """How many; each once for one day."""
    review = reviewing.lock(Review(pk=review_id))
    if not review.is_open:
        return 0
    now = timezone.now()
    waiting = Q(answered_at=None, reminded_at=None)
    rows = ReviewRequest.objects.filter(waiting, review=review, user__isnull=False)
    requests = list(rows.filter(asked_at__lt=now - FRESH).select_related("user"))
    links = PeerLink.objects.filter(waiting, review=review, revoked_at=None, expires_at__gt=now)
    peers = list(links.exclude(address="").filter(created_at__lt=now - FRESH))
    for request in requests:
        reviews.reminded(request)
    for link in peers:
        reviews.remind_peer(link)
    for model, found in ((ReviewRequest, requests), (PeerLink, peers)):
        model.objects.filter(pk__in=[row.pk for row in found]).update(reminded_at=now)
    return len(requests) + len(peers)


@transaction.atomic
def remind_of_vote(approval_id: int) -> int:
    """How many; once for each vote, and only those who still have one."""
    approval = voting.lock(Approval(pk=approval_id))
    is_fresh = approval.opened_at > timezone.now() - FRESH
    if not approval.is_open or approval.reminded_at or is_fresh:
        return 0
    still = voting.entitled(approval.group_id)
    waiting = list(approval.votes.filter(choice="", user__in=still).select_related("user"))
    for vote in waiting:
        votes.reminded(vote)
    Approval.objects.filter(pk=approval.pk).update(reminded_at=timezone.now())
    return len(waiting)


def close_vote(approval_id: int) -> None:
    """By its day; whoever was faster has counted already."""
    voting.close(Approval(pk=approval_id), by=None)
