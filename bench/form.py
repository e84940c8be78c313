"""The interest form under load: strangers who send at a fixed rate, and nobody waits for Valkey."""

import contextlib
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse

from bench import load
from bench.figures import Figure, median
from bench.stack import Stack
from groups.formguard import make_stamp
from portal.steps import say, step

PROMISED = 100
"""Forms in a second."""
SLOWEST = 300
"""Milliseconds that one in a hundred may take longer than."""
SECONDS = 15
BEYOND = (120, 150)
SECONDS_BEYOND = 10
OLD_ENOUGH = 2.5
"""Seconds: a form sent sooner than two seconds after it was rendered asks once more."""
DRAINED_WITHIN = 300
"""Seconds in which the last mail of a round must have left."""


class Senders:
    """Different people from different networks, each with a form of their own."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.path = reverse("interest:form")
        group = apps.get_model("groups.WorkingGroup").objects.default()
        self.topics = [topic.pk for topic in group.topics.all()[:2]]
        self.count = 0
        self.accepted = 0

    def requests(self, count: int) -> list[str]:
        made = [self.request() for _ in range(count)]
        time.sleep(OLD_ENOUGH)
        return made

    def request(self) -> str:
        self.count += 1
        fields = {
            "stamp": make_stamp(),
            "website": "",
            "name": f"Beispiel Person {self.count}",
            "email": f"person{self.count}@example.org",
            "organisation": "Beispiel GmbH",
            "kind": "company",
            "topics": self.topics,
            "message": "Ich möchte wissen, wie mein Betrieb Abwärme abgeben kann.",
            "language": "de",
            "consent": "on",
        }
        network = f"10.{self.count // 65536}.{self.count // 256 % 256}.{self.count % 256}"
        shifted = ".".join([*network.split(".")[1:], "7"])  # one /24 for each person
        return self.stack.request(self.path, body=urlencode(fields, doseq=True), address=shifted)


@dataclass(frozen=True)
class Case:
    rate: int
    seconds: int
    frozen: bool = False

    def __str__(self) -> str:
        return f"Form, {self.rate}/s{', Valkey frozen' if self.frozen else ''}"


USUAL = Case(PROMISED, SECONDS)
FROZEN = Case(PROMISED, SECONDS, frozen=True)
CASES = [USUAL, FROZEN, *(Case(rate, SECONDS_BEYOND) for rate in BEYOND)]
Rounds = dict[Case, list[tuple[load.Outcome, float]]]


def measure(stack: Stack, rounds: int) -> list[Figure]:
    senders = Senders(stack)
    one_round(stack, senders, Case(25, 4))  # warms up
    results: Rounds = {case: [] for case in CASES}
    for number in range(1, rounds + 1):
        for case in CASES:
            with step(f"Round {number}: {case}") as current:
                outcome, cpu = one_round(stack, senders, case)
                current.title += (
                    f": {outcome.rate:.1f}/s, p50 {outcome.percentile(50):.0f} ms, "
                    f"p99 {outcome.percentile(99):.0f} ms, web {cpu:.1f} ms CPU"
                )
            results[case].append((outcome, cpu))
    return [*figures(results), *proof(senders)]


def one_round(stack: Stack, senders: Senders, case: Case) -> tuple[load.Outcome, float]:
    """What came of it, and the web processes' milliseconds of CPU for one request."""
    requests = senders.requests(case.rate * case.seconds)
    with stack.valkey_frozen() if case.frozen else contextlib.nullcontext():
        before = stack.cpu("web")
        outcome = load.at_rate(stack.port, requests, case.rate)
        cpu = (stack.cpu("web") - before) / len(requests) * 1000
    senders.accepted += outcome.statuses.get("302", 0)
    wait_until_drained()
    return outcome, cpu


def wait_until_drained() -> None:
    deadline = time.monotonic() + DRAINED_WITHIN
    waiting = apps.get_model("activity.Delivery").objects.exclude(state="sent")
    while left := waiting.count():
        assert time.monotonic() < deadline, f"{left} mails have not left"
        time.sleep(0.5)


def figures(results: Rounds) -> list[Figure]:
    made = []
    for case, rounds in results.items():
        promised = case.rate == PROMISED
        limit, least = (SLOWEST, 0.99 * PROMISED) if promised else (None, None)
        outcomes = [outcome for outcome, _ in rounds]
        made += [
            median(f"{case}: answered", [o.rate for o in outcomes], "/s", at_least=least),
            median(f"{case}: p50", [o.percentile(50) for o in outcomes], "ms"),
            median(f"{case}: p99", [o.percentile(99) for o in outcomes], "ms", at_most=limit),
            median(f"{case}: CPU of web", [cpu for _, cpu in rounds], "ms"),
        ]
    pairs = zip(results[FROZEN], results[USUAL], strict=True)
    ratios = [frozen.percentile(99) / usual.percentile(99) for (frozen, _), (usual, _) in pairs]
    return [*made, median("Form, p99 with Valkey frozen / running", ratios)]


def proof(senders: Senders) -> list[Figure]:
    """Each accepted form is one row and one mail, or the measurement is worth nothing."""
    sent, accepted = senders.count, senders.accepted
    rows = apps.get_model("groups.InterestSignup").objects.count()
    mails = senders.stack.mails.read_text().splitlines()
    told = len(set(mails))
    say(f"· {sent} forms sent, {accepted} accepted, {rows} rows, {told} people told")
    return [
        Figure("Forms sent that were not accepted", sent - accepted, at_most=0),
        Figure("Forms accepted that are no row", max(0, accepted - rows), at_most=0),
        Figure("Rows whose person got no mail", rows - told, at_most=0),
        Figure("Mails sent twice", len(mails) - told),
    ]
