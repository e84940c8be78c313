"""Mails about a review: asked, reminded, answered; to members and to peers of other cities."""

from collections.abc import Callable
from typing import Any, cast

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.models import PeerLink, Review, ReviewRequest, Statement
from groups.models import User, WorkingGroup
from groups.recipients import coordination, recipient
from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery
from in4green.activity.services import Recipient, notify
from meetings.links import absolute

ASKED, REMINDED = "reviews.asked", "reviews.reminded"
PEER_INVITED, PEER_REMINDED = "peers.invited", "peers.reminded"
PEER_ANSWERED = "peers.answered"
ANSWERED = "statements.answered"


def asked(request: ReviewRequest, *, by: User) -> None:
    notify(ASKED, request, [recipient(request.user)], by=by)


def reminded(request: ReviewRequest) -> None:
    notify(REMINDED, request, [recipient(request.user)])


def invite_peer(link: PeerLink, *, words: str, by: User) -> None:
    to = Recipient(link.address, link.language)
    notify(PEER_INVITED, link, [to], by=by, data={"words": words})


def remind_peer(link: PeerLink) -> None:
    notify(PEER_REMINDED, link, [Recipient(link.address, link.language)])


def peer_answered(link: PeerLink) -> None:
    notify(PEER_ANSWERED, link, coordination(link.review.group))


def answered(statement: Statement, *, by: User) -> None:
    """Whoever answers the own statement needs no mail; peers read it behind their link."""
    if statement.author and statement.author != by:
        notify(ANSWERED, statement, [recipient(statement.author)], by=by)


def peer_url(link: PeerLink) -> str:
    return absolute(reverse("plan:peer_review", args=[link.pk, link.token]))


def _subject(delivery: Delivery) -> Any:
    """The outbox has made sure that it still exists."""
    return delivery.notification.subject


def words_of(review: Review) -> dict[str, str]:
    day = date_format(review.due_on)
    return {"plan": str(review.plan), "group": review.group.name, "day": day}


def _asked(delivery: Delivery) -> Letter:
    review = _subject(delivery).review
    words = words_of(review)
    return _to_member(
        review,
        _("Please look through: %(plan)s") % words,
        _("%(group)s asks you to look through “%(plan)s” and to say what you think of it.") % words,
        _("Please answer until %(day)s. If you have nothing to add, one click says so.") % words,
        review.words,
    )


def _reminded(delivery: Delivery) -> Letter:
    review = _subject(delivery).review
    words = words_of(review)
    return _to_member(
        review,
        _("Until %(day)s: please look through “%(plan)s”") % words,
        _("there is still time to say what you think of “%(plan)s”: until %(day)s.") % words,
        _("If you have nothing to add, one click says so."),
    )


def _to_member(review: Review, subject: str, *paragraphs: str) -> Letter:
    return Letter(
        subject=subject,
        paragraphs=[_("Hello,"), *paragraphs],
        button=_("Open the review"),
        url=absolute(review.get_absolute_url()),
        reply_to=review.group.coordination_address,
    )


def _peer_invited(delivery: Delivery) -> Letter:
    link = cast(PeerLink, _subject(delivery))
    words = words_of(link.review)
    return _to_peer(
        link,
        _("%(group)s asks for your view: %(plan)s") % words,
        _(
            "%(group)s is writing an action plan and would like to know what you think of it. You"
            " read the draft and comment on its sections, without an account, until %(day)s."
        )
        % words,
        delivery.notification.data.get("words", ""),
        link.review.words,
        _("It is a draft and not public: please don’t pass it on."),
    )


def _peer_reminded(delivery: Delivery) -> Letter:
    link = cast(PeerLink, _subject(delivery))
    words = words_of(link.review)
    return _to_peer(
        link,
        _("Until %(day)s: your view of “%(plan)s”") % words,
        _("there is still time to comment on “%(plan)s”: until %(day)s.") % words,
        _("If you have said everything, please tell us so on the page."),
    )


def _to_peer(link: PeerLink, subject: str, *paragraphs: str) -> Letter:
    reason = _("You get this mail because coordination of %(group)s asks your city for its view.")
    return Letter(
        subject=subject,
        paragraphs=[_("Hello,"), *paragraphs],
        button=_("Read the draft"),
        url=peer_url(link),
        after=[_("Whoever has this link reads the draft and speaks for your city.")],
        reply_to=link.review.group.coordination_address,
        reason=reason % words_of(link.review),
    )


def _peer_answered(delivery: Delivery) -> Letter:
    link = cast(PeerLink, _subject(delivery))
    words = words_of(link.review) | {"city": link.city.name}
    return Letter(
        subject=_("%(city)s has looked through “%(plan)s”") % words,
        paragraphs=[
            _("Hello,"),
            _("%(city)s says that it has looked through “%(plan)s”.") % words,
            _("Please answer each of its statements."),
        ],
        button=_("Open the review"),
        url=absolute(link.review.get_absolute_url()),
    )


def _answered(delivery: Delivery) -> Letter:
    statement = cast(Statement, _subject(delivery))
    words = words_of(statement.review) | {"outcome": statement.get_verdict_display()}
    review = absolute(statement.review.get_absolute_url())
    return Letter(
        subject=_("Your statement on “%(plan)s”: %(outcome)s") % words,
        paragraphs=[
            _("Hello,"),
            _("coordination has answered your statement on “%(plan)s”: %(outcome)s.") % words,
            statement.reply,
        ],
        button=_("Read the answer"),
        url=f"{review}#{statement.anchor}",
        reply_to=statement.review.group.coordination_address,
    )


def belongs(user: Any, group: WorkingGroup) -> bool:
    return user is not None and user.memberships.current().filter(group=group).exists()


def _request_is_due(delivery: Delivery) -> bool:
    """Not for those who have answered meanwhile, or belong to the group no longer."""
    request = _subject(delivery)
    is_waiting = request.review.is_open and request.answered_at is None
    return is_waiting and belongs(request.user, request.review.group)


def _peer_is_due(delivery: Delivery) -> bool:
    link = _subject(delivery)
    return bool(link.is_open and link.answered_at is None)


def _answer_is_due(delivery: Delivery) -> bool:
    statement = _subject(delivery)
    return statement.is_answered and belongs(statement.author, statement.review.group)


def _register(
    name: str,
    title: Any,
    model: Any,
    write: Callable[[Delivery], Letter],
    still_due: Callable[[Delivery], bool],
    *related: str,
) -> None:
    def coordinated(user: Any) -> Any:
        """A mail is for those who coordinate: it has the address of somebody in it."""
        groups = WorkingGroup.objects.visible_to(user)
        return model.objects.filter(review__plan__group__in=groups)

    register(
        Kind(
            name,
            write,
            still_due,
            title=title,
            related=("review__plan__group", *related),
            subjects=coordinated,
        )
    )


_register(
    ASKED, gettext_lazy("Request for a review"), ReviewRequest, _asked, _request_is_due, "user"
)
_register(
    REMINDED,
    gettext_lazy("Reminder of a review"),
    ReviewRequest,
    _reminded,
    _request_is_due,
    "user",
)
_register(
    PEER_INVITED, gettext_lazy("Link for a peer review"), PeerLink, _peer_invited, _peer_is_due,
    "city",
)  # fmt: skip
_register(
    PEER_REMINDED, gettext_lazy("Reminder of a peer review"), PeerLink, _peer_reminded,
    _peer_is_due, "city",
)  # fmt: skip
_register(
    PEER_ANSWERED, gettext_lazy("A city has looked through a plan"), PeerLink, _peer_answered,
    lambda delivery: _subject(delivery).answered_at is not None, "city",
)  # fmt: skip
_register(
    ANSWERED, gettext_lazy("Answer to a statement"), Statement, _answered, _answer_is_due, "author"
)
