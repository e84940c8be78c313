"""An edition of a large plan: read by strangers beside an empty page, frozen, compared."""

import time
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from actionplan.editions import comparing
from actionplan.models import Edition, Plan
from actionplan.services import editions
from bench import plans
from bench.figures import Figure, median
from bench.home import VISITORS, one_round
from bench.stack import BROWSERS_TAKE, HOST, Stack
from groups.models import Membership, User, WorkingGroup
from in4green.common.pagecache import forget_pages
from in4green.livetext.document import crdt
from in4green.livetext.services import edit
from portal.steps import step

SECONDS = 4
REWRITTEN = 8
"""Of forty sections, those that say something else in the second edition."""


def measure(stack: Stack, rounds: int) -> list[Figure]:
    with step("A plan of 60,000 words with two editions"):
        first, second, frozen = two_editions()
    pages = {"page": second.get_absolute_url(), "empty": "/empty/"}
    rates: dict[str, list[float]] = {name: [] for name in pages}
    costs: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(rounds + 1):
        with step(f"Round {number}" if number else "Warming up") as current:
            for name, path in pages.items():
                rate, cost = one_round(stack, path, SECONDS if number else 1)
                current.title += f", {name} {rate:,.0f}/s ({cost:.2f} ms CPU)"
                if number:
                    rates[name].append(rate)
                    costs[name].append(cost)
    ratios = [page / empty for page, empty in zip(rates["page"], rates["empty"], strict=True)]
    cpu = [empty / page for page, empty in zip(costs["page"], costs["empty"], strict=True)]
    compared = reverse("plan:compare_editions", args=[first.plan.slug, 1, 2])
    whole = [edition.content["in"]["de"] for edition in (first, second)]
    return [
        median(f"Edition of a large plan, {VISITORS} strangers", rates["page"], "/s"),
        median("Edition / empty page, requests per second", ratios, at_least=0.5),
        median("The same by CPU of web", cpu),
        median("Its page as browsers get it", [weight(pages["page"])], "KB"),
        median("The same page drawn anew", timed(rounds, get, pages["page"]), "ms"),
        median("Freezing and drawing it", [frozen], "s"),
        median("Difference of two, found", timed(rounds, comparing.compare, *whole), "ms"),
        median("Difference of two, as a page", timed(rounds, get, compared), "ms", at_most=1000),
    ]


def two_editions() -> tuple[Edition, Edition, float]:
    """And how many seconds the second one took."""
    group = WorkingGroup.objects.select_related("city").get()
    by = User.objects.create_user("messung@example.org", name="Messung Beispiel")
    Membership.objects.create(group=group, user=by, role=Membership.Role.COORDINATOR)
    plan = plans.make(group, by)
    first = editions.publish(plan, after=0, by=by, title="Erste")
    rewrite(plan, by)
    began = time.perf_counter()
    second = editions.publish(plan, after=1, by=by, title="Zweite")
    return first, second, time.perf_counter() - began


def rewrite(plan: Plan, by: User) -> None:
    """Every tenth word of some sections, and the end of each fourth action."""
    for section in plan.sections.prefetch_related("texts__text")[:REWRITTEN]:
        for row in section.texts.all():
            edit(row.text, changed, by=by)
    for action in plan.actions.all()[::4]:
        action.title += " (später)"
        action.save(update_fields=["title"])


def changed(doc: crdt.Doc) -> bytes | None:
    content = crdt.content_json(doc)
    waiting: list[dict[str, Any]] = [content]
    while waiting:
        node = waiting.pop()
        if "text" in node:
            words = node["text"].split(" ")
            words[::10] = ["Anderes"] * len(words[::10])
            node["text"] = " ".join(words)
        waiting.extend(node.get("content", []))
    return crdt.replace(doc, content)


def get(path: str) -> bytes:
    """In this process, without what is kept."""
    forget_pages()
    headers = {"Host": HOST, "Accept-Encoding": BROWSERS_TAKE}
    answer = Client(headers=headers).get(path, secure=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content


def weight(path: str) -> float:
    return len(get(path)) / 1024


def timed(rounds: int, act: Callable[..., Any], *args: Any) -> list[float]:
    """Milliseconds."""
    found = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        act(*args)
        found.append((time.perf_counter() - began) * 1000)
    return found[1:]
