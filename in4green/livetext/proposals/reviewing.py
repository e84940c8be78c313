"""What a sent proposal would do to the text as it is now, change by change."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from in4green.livetext.content import diff, tree
from in4green.livetext.content.alignment import Span, key
from in4green.livetext.content.plain import to_text
from in4green.livetext.content.threeway import Outcome, Row, apply, outcomes
from in4green.livetext.content.tree import Content
from in4green.livetext.models import ProposedChange, TextProposal

Verdict = ProposedChange.Verdict
TAKEN = (Verdict.ACCEPTED, Verdict.ANEW, Verdict.MOOT)


@dataclass(frozen=True)
class Open:
    """A change that waits for a decision."""

    row: ProposedChange
    outcome: Outcome
    # The heading above it; empty without one.
    under: str

    @cached_property
    def key(self) -> str:
        """Another one once accepting would do something else than what was shown."""
        merged = self.outcome.merged
        parts = [self.outcome.before, merged.after, merged.anew]
        written = "\n\n".join("\n".join(key(block) for block in row) for row in parts)
        return hashlib.sha256(written.encode()).hexdigest()[:16]

    @property
    def sections(self) -> list[diff.Section]:
        """What accepting does; of what would vanish, what inserting it anew does."""
        merged = self.outcome.merged
        return _difference(
            self.outcome.before, merged.anew if self.outcome.would_vanish else merged.after
        )

    @property
    def lost(self) -> list[str]:
        """What would vanish although the rest is accepted."""
        return [to_text(block) for block in self.outcome.merged.lost]


@dataclass(frozen=True)
class Settled:
    """A change that was decided, as it was proposed."""

    row: ProposedChange
    sections: list[diff.Section]


class Review:
    def __init__(self, proposal: TextProposal, now: Content) -> None:
        self.proposal = proposal
        self.now: list[Content] = tree.uncommented(now)["content"]
        self.rows = list(proposal.changes.select_related("decision__by"))
        self.open = list(self._open())

    def _open(self) -> Iterator[Open]:
        spans = [_span(row) for row in self.rows]
        base, content = self.proposal.base["content"], self.proposal.content["content"]
        taken = {row.number for row in self.rows if row.verdict in TAKEN}
        for outcome in outcomes(base, content, self.now, spans, taken=taken):
            row = self.rows[outcome.number]
            if row.verdict == Verdict.OPEN:
                yield Open(row, outcome, self._under(outcome.at))

    def _under(self, at: int) -> str:
        before = reversed(self.now[:at])
        heading = next((block for block in before if block["type"] == "heading"), None)
        return to_text(heading) if heading else ""

    def settled(self) -> Iterator[Settled]:
        """In the order of the decisions."""
        base, content = self.proposal.base["content"], self.proposal.content["content"]
        for row in sorted(self.rows, key=lambda row: (row.decision_id or 0, row.number)):
            if row.verdict != Verdict.OPEN:
                old, new = base[row.old_start : row.old_end], content[row.new_start : row.new_end]
                yield Settled(row, _difference(tuple(old), tuple(new)))

    def result(self, chosen: list[Open], anew: set[int]) -> Content:
        """The text with these changes."""
        blocks = apply(self.now, [each.outcome for each in chosen], anew=anew)
        return {"type": "doc", "content": blocks or [{"type": "paragraph"}]}


def _span(row: ProposedChange) -> Span:
    return Span(row.old_start, row.old_end, row.new_start, row.new_end)


def _difference(old: Row, new: Row) -> list[diff.Section]:
    sides = ({"type": "doc", "content": list(row)} for row in (old, new))
    return diff.sections(diff.compare(*sides))
