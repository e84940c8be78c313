"""Who hears of a sign-up, in which words. The accounts' own mails stand beside this file."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import links
from groups.models import InterestSignup
from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery
from in4green.activity.services import Wording

Status = InterestSignup.Status
Write = Callable[[InterestSignup], Letter]


def kind(name: str, title: Any, *due_in: str) -> Callable[[Write], Write]:
    """Register a letter about a sign-up, due while the sign-up has one of these statuses."""

    def still_due(delivery: Delivery) -> bool:
        return not due_in or _signup(delivery).status in due_in

    def decorate(write: Write) -> Write:
        register(
            Kind(
                name,
                lambda delivery: write(_signup(delivery)),
                still_due,
                title=title,
                related=("group",),
                subjects=InterestSignup.objects.visible_to,
            )
        )
        return write

    return decorate


def _signup(delivery: Delivery) -> InterestSignup:
    """The outbox has made sure that it still exists."""
    return cast(InterestSignup, delivery.notification.subject)


def _facts(signup: InterestSignup) -> dict[str, str]:
    due = signup.answer_due
    return {
        "name": signup.name,
        "group": signup.group.name,
        "due": date_format(due, "DATE_FORMAT") if due else "",
        "kind": str(signup.get_kind_display()),
    }


# --- To the person ---


@kind("interest.confirm", gettext_lazy("Confirmation of a sign-up"), Status.UNCONFIRMED)
def confirm(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    return Letter(
        subject=_("One more click: please confirm your sign-up"),
        paragraphs=[
            _("Hello %(name)s,") % facts,
            _("you want to join the working group %(group)s. Thank you!") % facts,
            _(
                "Please confirm that this address is yours. Only then do we pass your sign-up on"
                " to project coordination."
            ),
        ],
        button=_("Go to confirmation"),
        url=links.confirm_url(signup),
        after=[
            _(
                "The link works for 14 days. If you did not sign up, you need not do anything: we"
                " then delete the details by ourselves."
            )
        ],
    )


@kind("interest.confirm_reminder", gettext_lazy("Reminder to confirm"), Status.UNCONFIRMED)
def confirm_reminder(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    return Letter(
        subject=_("Your sign-up still needs one click"),
        paragraphs=[
            _("Hello %(name)s,") % facts,
            _(
                "a few days ago you signed up for the working group %(group)s, but the address has"
                " not been confirmed yet. So nobody has read your sign-up so far."
            )
            % facts,
            _("One click is enough. We will not remind you again."),
        ],
        button=_("Go to confirmation"),
        url=links.confirm_url(signup),
        after=[_("If you have changed your mind, simply do nothing: we then delete your details.")],
    )


@kind(
    "interest.status",
    gettext_lazy("Sign-up has arrived, with status page"),
    Status.RECEIVED,
    Status.IN_REVIEW,
)
def status(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    return Letter(
        subject=_("Your sign-up has arrived"),
        paragraphs=[
            _("Hello %(name)s,") % facts,
            _(
                "thank you for confirming. Project coordination of %(group)s has received your"
                " sign-up and will answer you by %(due)s at the latest."
            )
            % facts,
            _(
                "On your status page you see how far things are. There you can also correct your"
                " details or withdraw your sign-up."
            ),
        ],
        button=_("Open my status page"),
        url=links.status_url(signup),
        after=[_("Please keep this mail: the link is meant for you alone.")],
    )


@kind("interest.question", gettext_lazy("Question about a sign-up"), Status.IN_REVIEW)
def question(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    return Letter(
        subject=_("A question about your sign-up"),
        paragraphs=[
            _("Hello %(name)s,") % facts,
            _("before we decide on your sign-up for %(group)s, we have a question:") % facts,
            signup.question,
            _("You can answer on your status page, or simply reply to this mail."),
        ],
        button=_("Answer the question"),
        url=links.status_url(signup),
        reply_to=signup.group.coordination_address,
    )


@kind("interest.declined", gettext_lazy("Refusal"), Status.DECLINED)
def declined(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    return Letter(
        subject=_("About your sign-up for %(group)s") % facts,
        paragraphs=[
            _("Hello %(name)s,") % facts,
            _(
                "thank you for wanting to join in. At the moment we cannot offer you a place in"
                " the working group. The reason is:"
            ),
            signup.decline_reason,
            _("You are welcome to sign up again later."),
        ],
        button=_("Open my status page"),
        url=links.status_url(signup),
        reply_to=signup.group.coordination_address,
    )


# --- To coordination ---


@kind(
    "interest.received",
    gettext_lazy("New sign-up, to coordination"),
    Status.RECEIVED,
    Status.IN_REVIEW,
)
def received(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    topics = ", ".join(str(topic) for topic in signup.topics.all())
    about = [_("%(name)s would like to join the working group %(group)s.") % facts]
    about.append(
        _("Sector: %(kind)s, %(organisation)s") % {**facts, "organisation": signup.organisation}
        if signup.organisation
        else _("Sector: %(kind)s") % facts
    )
    if topics:
        about.append(_("Topics: %(topics)s") % {"topics": topics})
    about.append(_("We promised an answer by %(due)s.") % facts)
    return Letter(
        subject=_("New sign-up: %(name)s") % facts,
        paragraphs=about,
        button=_("Review the sign-up"),
        url=links.review_url(signup),
    )


@kind(
    "interest.corrected",
    gettext_lazy("Corrected sign-up, to coordination"),
    Status.RECEIVED,
    Status.IN_REVIEW,
    Status.INVITED,
)
def corrected(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    return Letter(
        subject=_("Sign-up corrected: %(name)s") % facts,
        paragraphs=[
            _("%(name)s has changed the details of the sign-up.") % facts,
            _("The promised date stays the same: %(due)s.") % facts,
        ],
        button=_("Review the sign-up"),
        url=links.review_url(signup),
    )


@kind("interest.answered", gettext_lazy("Answer to a question, to coordination"), Status.IN_REVIEW)
def answered(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    return Letter(
        subject=_("%(name)s has answered your question") % facts,
        paragraphs=[
            _("You had asked: %(question)s") % {"question": signup.question},
            _("The answer: %(answer)s") % {"answer": signup.answer},
        ],
        button=_("Review the sign-up"),
        url=links.review_url(signup),
    )


@kind("interest.withdrawn", gettext_lazy("Withdrawn sign-up, to coordination"))
def withdrawn(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    return Letter(
        subject=_("Sign-up withdrawn: %(name)s") % facts,
        paragraphs=[
            _("%(name)s has withdrawn the sign-up. You need not do anything.") % facts,
        ],
        button=_("See the sign-up"),
        url=links.review_url(signup),
    )


@kind(
    "interest.overdue",
    gettext_lazy("Overdue answer, to coordination"),
    Status.RECEIVED,
    Status.IN_REVIEW,
)
def overdue(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    return Letter(
        subject=_("An answer is overdue: %(name)s") % facts,
        paragraphs=[
            _("We promised %(name)s an answer by %(due)s. It has not been given yet.") % facts,
            _("Please decide, or ask a question: then the person knows where things stand."),
        ],
        button=_("Review the sign-up"),
        url=links.review_url(signup),
        after=[_("In five working days the deputies will be told, if nothing happens until then.")],
    )


@kind(
    "interest.overdue_deputy",
    gettext_lazy("Overdue answer, to deputies"),
    Status.RECEIVED,
    Status.IN_REVIEW,
)
def overdue_deputy(signup: InterestSignup) -> Letter:
    facts = _facts(signup)
    return Letter(
        subject=_("Please step in: a sign-up has waited since %(due)s") % facts,
        paragraphs=[
            _(
                "We promised %(name)s an answer by %(due)s. Coordination has been reminded and has"
                " not decided yet."
            )
            % facts,
            _("As a deputy of %(group)s, please see to it that the person gets an answer.") % facts,
        ],
        button=_("Review the sign-up"),
        url=links.review_url(signup),
    )


# --- Drafts that a coordinator may change before they leave ---


def draft(letter: Letter) -> Wording:
    """The words of a letter before it leaves, for the form in which they can be edited."""
    return Wording(letter.subject, "\n\n".join(part for part in letter.paragraphs if part))
