"""What is recorded of a plan's agreement, as an edition keeps and shows it: no words, only facts.

approval_of(plan) -> {"peers": {"closed_on": "2026-05-05", "cities": ["Musterstadt"]} | None,
                      "vote": {"outcome": "agreed", "closed_on": …, "entitled": 14, …} | None,
                      "decision": {"outcome": "adopted", "body": …, "decided_on": …, …} | None}

Days are ISO 8601; ``outcome`` is a value of ``Approval.Outcome`` or ``Decision.Outcome``. Nobody
is named, and neither reasons nor notes of the group are in it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan import results
from actionplan.models import Approval, Decision, PeerLink, Plan

Facts = dict[str, Any]


def approval_of(plan: Plan) -> Facts | None:
    """None as long as there is neither; the last one of each."""
    found = {"peers": _peers(plan), "vote": _vote(plan), "decision": _decision(plan)}
    return found if any(found.values()) else None


def _peers(plan: Plan) -> Facts | None:
    """The cities that have said something in the last review that other cities took part in."""
    answered = PeerLink.objects.exclude(answered_at=None, statements=None)
    review = plan.reviews.closed().filter(peers__in=answered).order_by("-closed_at").first()
    if review is None:
        return None
    cities = answered.filter(review=review).order_by("city__name").distinct()
    return {
        "closed_on": timezone.localdate(review.closed_at).isoformat(),
        "cities": list(dict.fromkeys(cities.values_list("city__name", flat=True))),
    }


def _vote(plan: Plan) -> Facts | None:
    vote: Approval | None = plan.approvals.closed().order_by("-closed_at").first()
    if vote is None or vote.closed_at is None:
        return None
    count = results.count_of(vote)
    return {
        "outcome": str(vote.outcome),
        "closed_on": timezone.localdate(vote.closed_at).isoformat(),
        "entitled": count.entitled,
        "needed": count.needed,
        "cast": count.cast,
        "in_favour": count.in_favour,
        "against": count.against,
        "abstained": count.abstained,
        "quorum": vote.quorum,
        "majority": vote.majority,
    }


def _decision(plan: Plan) -> Facts | None:
    decision: Decision | None = plan.decisions.order_by("-decided_on", "-pk").first()
    if decision is None:
        return None
    return {
        "outcome": str(decision.outcome),
        "body": decision.body,
        "decided_on": decision.decided_on.isoformat(),
        "reference": decision.reference,
    }


def in_words(facts: Facts | None) -> list[str]:
    """Sentences in the active language, in the order in which it happened."""
    return [_words[name](facts[name]) for name in _words if facts and facts.get(name)]


def _say_peers(facts: Facts) -> str:
    said = {"cities": ", ".join(facts["cities"]), "day": _day(facts["closed_on"])}
    return _("Looked through by other cities until %(day)s: %(cities)s.") % said


def _say_vote(facts: Facts) -> str:
    names = ("entitled", "needed", "in_favour", "against", "abstained")
    count = results.Count(**{name: facts[name] for name in names})
    said = {
        "day": _day(facts["closed_on"]),
        "result": results.in_words(count, facts["outcome"]),
    }
    return _("Vote of the group, closed on %(day)s. %(result)s.") % said


def _say_decision(facts: Facts) -> str:
    outcome = Decision.Outcome(facts["outcome"]).label
    said = {"body": facts["body"], "day": _day(facts["decided_on"]), "outcome": outcome}
    sentence = _("%(body)s, %(day)s: %(outcome)s") % said
    return f"{sentence} ({facts['reference']})." if facts["reference"] else f"{sentence}."


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text))


_words: dict[str, Callable[[Facts], str]] = {
    "peers": _say_peers,
    "vote": _say_vote,
    "decision": _say_decision,
}
