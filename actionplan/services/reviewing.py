"""Asking for a review, and ending it. Everybody who writes waits for the others at its row."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actionplan.models import PeerLink, Plan, Review, ReviewRequest, Section
from actionplan.notifications import reviews as notifications
from groups.models import City, User
from groups.writing import members_of
from in4green.activity.services import record

# Peers may still be late by so much: an answer after the day is better than none.
AFTER_DUE = timedelta(days=14)


def lock(review: Review) -> Review:
    rows = Review.objects.select_for_update(of=("self",)).select_related("plan__group__city")
    locked: Review = rows.get(pk=review.pk)
    return locked


def lock_open(review: Review) -> Review:
    """Raises ValidationError for one that is closed."""
    review = lock(review)
    if not review.is_open:
        raise ValidationError(_("This review is closed. Nothing was changed."), code="closed")
    return review


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


@transaction.atomic
def request_review(
    plan: Plan,
    *,
    due_on: date,
    words: str = "",
    sections: Iterable[Section] = (),
    people: Iterable[User] = (),
    cities: Iterable[City] = (),
    by: User,
) -> Review:
    """Without ``sections`` of the plan as a whole. Cities get a link, which is sent by itself."""
    chosen = list(sections)
    review = Review.objects.create(
        plan=plan, is_whole=not chosen, due_on=due_on, words=words, asked_by=by
    )
    review.sections.set(chosen)
    record(by, "reviews.requested", review, due=due_on.isoformat())
    _ask(review, people, cities, by)
    return review


@transaction.atomic
def ask_more(
    review: Review,
    *,
    due_on: date,
    people: Iterable[User] = (),
    cities: Iterable[City] = (),
    by: User,
) -> None:
    """Also moves the day. Whoever is asked already is not asked again. Raises ValidationError."""
    review = lock_open(review)
    if due_on != review.due_on:
        review.due_on = due_on
        review.save(update_fields=["due_on"])
        review.peers.filter(expires_at__lt=end_of(due_on)).update(
            expires_at=end_of(due_on + AFTER_DUE)
        )
        # Who has not answered is reminded before the new day, too.
        review.requests.update(reminded_at=None)
        review.peers.update(reminded_at=None)
        record(by, "reviews.moved", review, due=due_on.isoformat())
    _ask(review, people, cities, by)


def _ask(review: Review, people: Iterable[User], cities: Iterable[City], by: User) -> None:
    asked = set(review.requests.values_list("user", flat=True))
    members = members_of(review.group_id).filter(pk__in=[person.pk for person in people])
    requests = ReviewRequest.objects.bulk_create(
        ReviewRequest(review=review, user=user) for user in members if user.pk not in asked
    )
    for request in requests:
        notifications.asked(request, by=by)
    invited = set(review.peers.filter(revoked_at=None).values_list("city", flat=True))
    links = PeerLink.objects.bulk_create(
        _link(review, city, by) for city in cities if city.pk not in invited
    )
    if requests or links:
        found = [link.city_id for link in links]
        record(by, "reviews.asked", review, people=len(requests), cities=found)


def _link(review: Review, city: City, by: User) -> PeerLink:
    language = city.language if city.language == "de" else "en"
    until = end_of(max(review.due_on, timezone.localdate()) + AFTER_DUE)
    return PeerLink(review=review, city=city, language=language, created_by=by, expires_at=until)


@transaction.atomic
def close(review: Review, *, by: User) -> Review:
    """Nobody says anything more; links open nothing and addresses of peers are forgotten.

    Said twice it is said once.
    """
    review = lock(review)
    if review.is_open:
        review.closed_at, review.closed_by = timezone.now(), by
        review.save(update_fields=["closed_at", "closed_by"])
        review.peers.update(address="")
        record(by, "reviews.closed", review)
    return review


@transaction.atomic
def say_nothing_to_add(review: Review, *, by: User) -> None:
    """Somebody has looked through it and has nothing to say. Raises ValidationError."""
    review = lock_open(review)
    note_answer(review, by)
    record(by, "reviews.nothing_to_add", review)


def note_answer(review: Review, user: User) -> None:
    """Call under ``lock``. Whoever answers without being asked is on the list from now on."""
    request, _new = ReviewRequest.objects.get_or_create(review=review, user=user)
    if request.answered_at is None:
        request.answered_at = timezone.now()
        request.save(update_fields=["answered_at"])
