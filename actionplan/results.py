"""What a vote comes to, in figures and in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplan.models import Approval, Vote

Choice, Outcome = Vote.Choice, Approval.Outcome


@dataclass(frozen=True)
class Count:
    """Abstentions count as having voted, but neither for nor against."""

    entitled: int
    needed: int
    in_favour: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained

    def outcome(self, majority: int) -> Approval.Outcome:
        if self.cast < self.needed:
            return Outcome.TOO_FEW
        counted = self.in_favour + self.against
        # All of them is more than 100 percent of them never are.
        is_agreed = (
            self.in_favour * 100 > majority * counted
            if majority < 100
            else self.in_favour == counted > 0
        )
        return Outcome.AGREED if is_agreed else Outcome.REFUSED


def needed(entitled: int, quorum: int) -> int:
    """How many must vote: never fewer than one."""
    return max(1, -(-entitled * quorum // 100))


def count_of(approval: Approval) -> Count:
    """Of a closed vote, as it was counted then."""
    return Count(
        approval.entitled or 0,
        approval.needed or 0,
        approval.in_favour or 0,
        approval.against or 0,
        approval.abstained or 0,
    )


def in_words(count: Count, outcome: str) -> str:
    """One sentence, for everybody."""
    said = {
        Outcome.AGREED: _("Agreed: %(figures)s"),
        Outcome.REFUSED: _("Not agreed: %(figures)s"),
        Outcome.TOO_FEW: _("Not agreed, too few have voted: %(figures)s"),
    }
    return said[Outcome(outcome)] % {"figures": figures(count)}


def figures(count: Count) -> str:
    facts = {
        "cast": count.cast,
        "entitled": count.entitled,
        "needed": count.needed,
        "for": count.in_favour,
        "against": count.against,
    }
    said = ngettext(
        "%(cast)d of %(entitled)d have voted, %(needed)d was needed; %(for)d in favour,"
        " %(against)d against",
        "%(cast)d of %(entitled)d have voted, %(needed)d were needed; %(for)d in favour,"
        " %(against)d against",
        count.needed,
    )
    if not count.abstained:
        return said % facts
    abstained = ngettext("%(n)d abstention", "%(n)d abstentions", count.abstained)
    return f"{said % facts}, {abstained % {'n': count.abstained}}"
