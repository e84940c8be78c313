"""The interest form under load: strangers who send at a fixed rate, and nobody waits for Valkey."""

import contextlib
import time
from urllib.parse import urlencode

from bench import load
from bench.figures import Figure, median
from bench.stack import Stack
from portal.steps import say, step

RATES = (100, 120, 150)
SECONDS = 20
ROUNDS = 5
OLD_ENOUGH = 2.5
"""Seconds: a form sent sooner than two seconds after it was rendered asks once more."""
DRAINED_WITHIN = 300
"""Seconds in which the last mail of a round must have left."""


class Senders:
    """Different people from different networks, each with a form of their own."""

    def __init__(self, stack: Stack) -> None:
        from django.urls import reverse

        from groups.models import WorkingGroup

        self.stack = stack
        self.path = reverse("interest:form")
        self.topics = [topic.pk for topic in WorkingGroup.objects.default().topics.all()[:2]]
        self.count = 0

    def requests(self, count: int) -> list[str]:
        made = [self.request() for _ in range(count)]
        time.sleep(OLD_ENOUGH)
        return made

    def request(self) -> str:
        from groups.formguard import make_stamp

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


def measure(stack: Stack) -> list[Figure]:
    senders = Senders(stack)
    load.at_rate(stack.port, senders.requests(200), 50)
    rounds: dict[tuple[int, bool], list[tuple[load.Outcome, float]]] = {}
    for number in range(1, ROUNDS + 1):
        for rate in RATES:
            for frozen in (False, True) if rate == RATES[0] else (False,):
                name = f"Round {number}: {rate}/s{', Valkey frozen' if frozen else ''}"
                with step(name) as current:
                    outcome, cpu = one_round(stack, senders, rate, frozen=frozen)
                    current.title += (
                        f": {outcome.rate:.1f}/s, p50 {outcome.percentile(50):.0f} ms, "
                        f"p99 {outcome.percentile(99):.0f} ms, web {cpu:.1f} ms CPU"
                    )
                rounds.setdefault((rate, frozen), []).append((outcome, cpu))
    return [*figures(rounds), *proof(senders)]


def one_round(
    stack: Stack, senders: Senders, rate: int, *, frozen: bool
) -> tuple[load.Outcome, float]:
    """What came of it, and the web processes' milliseconds of CPU for one request."""
    requests = senders.requests(rate * SECONDS)
    with stack.valkey_frozen() if frozen else contextlib.nullcontext():
        before = stack.cpu("web")
        outcome = load.at_rate(stack.port, requests, rate)
        cpu = (stack.cpu("web") - before) / len(requests) * 1000
    assert outcome.statuses == {"302": len(requests)}, outcome.statuses
    wait_until_drained()
    return outcome, cpu


def wait_until_drained() -> None:
    from in4green.activity.models import Delivery

    deadline = time.monotonic() + DRAINED_WITHIN
    while left := Delivery.objects.exclude(state=Delivery.State.SENT).count():
        assert time.monotonic() < deadline, f"{left} mails have not left"
        time.sleep(0.5)


def figures(rounds: dict[tuple[int, bool], list[tuple[load.Outcome, float]]]) -> list[Figure]:
    made = []
    for (rate, frozen), outcomes in rounds.items():
        first = rate == RATES[0]
        name = f"Form, {rate} sent each second{', Valkey frozen' if frozen else ''}"
        limit = 300 if first else None
        served = 0.99 * rate if first else None
        made += [
            median(f"{name}: answered", (o.rate for o, _ in outcomes), "/s", at_least=served),
            median(f"{name}: p50", (o.percentile(50) for o, _ in outcomes), "ms"),
            median(f"{name}: p99", (o.percentile(99) for o, _ in outcomes), "ms", at_most=limit),
            median(f"{name}: CPU of web", (cpu for _, cpu in outcomes), "ms"),
        ]
    pairs = zip(rounds[RATES[0], True], rounds[RATES[0], False], strict=True)
    ratios = [frozen.percentile(99) / usual.percentile(99) for (frozen, _), (usual, _) in pairs]
    return [*made, median("Form, p99 with Valkey frozen / running", ratios)]


def proof(senders: Senders) -> list[Figure]:
    """Each accepted form is one row and one mail, or the measurement is worth nothing."""
    from groups.models import InterestSignup

    mails = senders.stack.mails.read_text().splitlines()
    rows = InterestSignup.objects.count()
    assert rows == senders.count, f"{senders.count} forms accepted, {rows} rows"
    assert len(set(mails)) == senders.count, f"{senders.count} forms accepted, {len(set(mails))}"
    say(f"· {senders.count} forms accepted, {rows} rows, {len(mails)} mails")
    return [
        Figure("Forms accepted that are no row, or no mail", senders.count - rows, at_most=0),
        Figure("Mails sent twice", len(mails) - len(set(mails))),
    ]
