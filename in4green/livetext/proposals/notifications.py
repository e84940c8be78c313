"""Letters about proposals: to the coordination when one is sent, to its author at the end."""

from typing import Any, cast

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from in4green.activity.kinds import Kind, Letter, register
from in4green.activity.models import Delivery
from in4green.activity.services import Recipient, notify
from in4green.common.cleaning import clean_line
from in4green.livetext.models import ProposedChange, TextProposal
from in4green.livetext.owners import Access, access, keepers, owner_of

SENT, DECIDED = "proposals.sent", "proposals.decided"
State = TextProposal.State
Verdict = ProposedChange.Verdict


def tell_coordination(proposal: TextProposal) -> None:
    recipients = [r for r in keepers(proposal.text) if r.user_id != proposal.author_id]
    if recipients:
        notify(SENT, proposal, recipients, by=proposal.author)


def tell_author(proposal: TextProposal, *, by: Any) -> None:
    """Unless he has decided himself, or is gone."""
    author = proposal.author
    if author and author != by:
        recipient = Recipient(author.email, author.language, author.pk)
        notify(DECIDED, proposal, [recipient], by=by)


def address_of(proposal: TextProposal) -> str:
    return reverse("text:proposal", args=[proposal.text_id, proposal.pk])


def _facts(proposal: TextProposal) -> dict[str, str]:
    name = str(proposal.author or _("A former member"))
    title = clean_line(owner_of(proposal.text).title(proposal.text))
    return {"name": name, "title": title}


def _subject(delivery: Delivery) -> TextProposal:
    return cast(TextProposal, delivery.notification.subject)


def _write_sent(delivery: Delivery) -> Letter:
    proposal = _subject(delivery)
    facts, number = _facts(proposal), proposal.changes.count()
    changed = ngettext("It changes %(n)d paragraph.", "It changes %(n)d paragraphs.", number)
    reason = [_("The reason: %(note)s") % {"note": proposal.note}] if proposal.note else []
    return Letter(
        subject=_("%(name)s proposes a change of “%(title)s”") % facts,
        paragraphs=[
            _("%(name)s has sent a proposal for “%(title)s”.") % facts,
            changed % {"n": number},
            *reason,
        ],
        button=_("Read and decide"),
        url=f"{settings.BASE_URL}{address_of(proposal)}",
        reason=_("You get this mail because you coordinate the group that this text belongs to."),
    )


def _is_sent(delivery: Delivery) -> bool:
    proposal = _subject(delivery)
    if not proposal or proposal.state != State.SENT:
        return False
    return delivery.user is None or access(delivery.user, proposal.text) >= Access.WRITE


def _write_decided(delivery: Delivery) -> Letter:
    proposal = _subject(delivery)
    return Letter(
        subject=_("Your proposal for “%(title)s” is decided") % _facts(proposal),
        paragraphs=[*_outcome(proposal), *_reasons(proposal)],
        button=_("See what was decided"),
        url=f"{settings.BASE_URL}{address_of(proposal)}",
        reason=_("You get this mail because you have sent this proposal."),
    )


def _outcome(proposal: TextProposal) -> list[str]:
    declined = Q(verdict=Verdict.DECLINED)
    counts = proposal.changes.aggregate(
        yes=Count("pk", filter=~declined), no=Count("pk", filter=declined)
    )
    yes, no = counts["yes"], counts["no"]
    accepted = ngettext(
        "%(n)d of your changes is in the text now, in your name.",
        "%(n)d of your changes are in the text now, in your name.",
        yes,
    )
    refused = ngettext(
        "%(n)d of your changes was declined.", "%(n)d of your changes were declined.", no
    )
    said = [(accepted, yes), (refused, no)]
    return [words % {"n": number} for words, number in said if number]


def _reasons(proposal: TextProposal) -> list[str]:
    """Each with who gave it."""
    decisions = proposal.decisions.exclude(reason="").select_related("by").order_by("pk")
    words = _("%(name)s says about it: %(reason)s")
    former = _("A former member")
    return [words % {"name": d.by or former, "reason": d.reason} for d in decisions]


def _is_decided(delivery: Delivery) -> bool:
    proposal = _subject(delivery)
    if not proposal or proposal.state != State.DECIDED:
        return False
    return access(delivery.user, proposal.text) >= Access.READ


register(
    Kind(SENT, _write_sent, _is_sent, title=gettext_lazy("A proposal for a text was sent")),
)
register(
    Kind(DECIDED, _write_decided, _is_decided, title=gettext_lazy("A proposal was decided")),
)
