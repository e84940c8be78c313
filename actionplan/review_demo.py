"""A review that is over and a vote that is open, to try things with. All of it is made up."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from actionplan.models import PeerLink, Plan, Review
from actionplan.services import peers, reviewing, standing, statements, voting
from groups.models import City, User

ASKED, DUE, CLOSED = timedelta(days=24), timedelta(days=10), timedelta(days=8)
# Key of the section, position, reasons, what coordination answered: verdict and words.
SAID = [
    (
        "context-problems",
        "neutral",
        "Bei den Hemmnissen fehlt, dass viele Betriebe zur Miete sitzen (erfunden).",
        "taken_over",
        "Steht jetzt im dritten Absatz.",
    ),
    (
        "delivery-funding",
        "against",
        "Die Eigenmittel sind für kleine Betriebe zu hoch angesetzt (erfunden).",
        "partly",
        "Für Betriebe mit weniger als zehn Beschäftigten ist der Anteil jetzt niedriger.",
    ),
    ("", "for", "", "taken_over", ""),
]
PEER = (
    "context-situation",
    "neutral",
    "Which of these figures will you measure again in two years? (invented)",
    "not",
    "Das entscheiden wir mit den Indikatoren im nächsten Abschnitt.",
)
PEER_NAME, PEER_CITY = "Ana Ejemplo", "aviles"
WORDS = "Bitte lesen Sie vor allem Ausgangslage und Finanzierung. Alle Angaben sind erfunden."


@transaction.atomic
def load_demo(plan: Plan) -> bool:
    """False if it was loaded before, or nobody coordinates the plan's group."""
    current = plan.group.memberships.current().select_related("user").order_by("pk")
    first = current.coordinators().first()
    if first is None or plan.reviews.exists() or plan.approvals.exists():
        return False
    writers = [membership.user for membership in current if membership.user != first.user]
    today = timezone.localdate()
    standing.set_status(
        plan, status=Plan.Status.DRAFT, happened_on=today - timedelta(days=40),
        note="Erste Fassung (erfunden).", seen=plan.status, by=first.user,
    )  # fmt: skip
    _load_review(plan, writers, by=first.user)
    vote = voting.open_vote(
        plan, closes_on=today + timedelta(days=9), words="Der ganze Plan (erfunden).", by=first.user
    )
    voting.vote(vote, choice="yes", reason="Damit können wir anfangen.", by=first.user)
    return True


def _load_review(plan: Plan, writers: list[User], *, by: User) -> None:
    cities = City.objects.filter(slug=PEER_CITY)
    review = reviewing.request_review(
        plan, due_on=timezone.localdate(), words=WORDS, people=[by, *writers], cities=cities, by=by
    )
    for number, said in enumerate(SAID):
        if writers:
            _say(review, *said, author=writers[number % len(writers)], by=by)
    for link in review.peers.select_related("review", "city"):
        _say(review, *PEER, link=link, by=by)
        peers.finish(link)
    reviewing.close(review, by=by)
    _was_earlier(review)


def _say(
    review: Review,
    key: str,
    position: str,
    reasons: str,
    verdict: str,
    reply: str,
    *,
    author: User | None = None,
    link: PeerLink | None = None,
    by: User,
) -> None:
    section = review.plan.sections.filter(key=key).first() if key else None
    made = statements.make(
        review, position=position, reasons=reasons, section=section, token=uuid.uuid4(),
        by=author, link=link, name=PEER_NAME if link else "",
    )  # fmt: skip
    statements.answer(made, verdict=verdict, reply=reply, by=by)


def _was_earlier(review: Review) -> None:
    """It took place in the last weeks, whenever the demo is loaded."""
    now = timezone.now()
    Review.objects.filter(pk=review.pk).update(
        due_on=(now - DUE).date(), asked_at=now - ASKED, closed_at=now - CLOSED
    )
    review.requests.update(asked_at=now - ASKED)
    review.requests.exclude(answered_at=None).update(answered_at=now - DUE)
    review.peers.update(created_at=now - ASKED, answered_at=now - DUE)
    review.statements.update(made_at=now - DUE, replied_at=now - CLOSED)
