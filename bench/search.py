"""How long PostgreSQL looks for words among ten thousand practices."""

import time
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from bench.figures import Figure, median
from bench.stack import Stack
from groups.models import WorkingGroup
from meetings.models import Practice
from meetings.searching import matching
from portal.steps import step

MANY = 10_000
PAGE = 25
IN_ALL = "Gewerbegebiet"
IN_A_QUARTER = "Pumpe"
IN_FEW = "Pumpe Werk 121"
PARTS = ("Turbinen", "Pumpen", "Kessel", "Speicher")


def measure(stack: Stack, rounds: int) -> list[Figure]:
    group = WorkingGroup.objects.select_related("city").get()
    with step(f"{MANY:,} practices"), transaction.atomic():
        fill(group)
        figures = [
            median(
                f"Search of {MANY:,}, a word in {where}",
                [duration(words) for _ in range(rounds + 1)][1:],
                "ms",
                at_most=30,
            )
            for where, words in {
                "few of them": IN_FEW,
                "a quarter": IN_A_QUARTER,
                "all of them": IN_ALL,
            }.items()
        ]
        transaction.set_rollback(True)
    return figures


def fill(group: WorkingGroup, number: int = MANY) -> None:
    """Few words are in all, most are in few; a tenth of the practices are drafts."""
    Practice.objects.bulk_create([_practice(group, n) for n in range(1, number + 1)], 1000)
    with connection.cursor() as cursor:
        # What the database's own housekeeping does after so many rows.
        cursor.execute("SELECT gin_clean_pending_list('practice_by_words')")
        cursor.execute("ANALYZE meetings_practice")


def _practice(group: WorkingGroup, n: int) -> Practice:
    published: dict[str, Any] = {
        "state": Practice.State.PUBLISHED,
        "reviewed_at": timezone.now(),
        "published_at": timezone.now(),
    }
    return Practice(
        group=group,
        city=group.city,
        slug=f"wärme-{n}",
        title=f"Wärme {n}",
        organisation=f"Musterwerk {n % 300}",
        problem=f"Abwärme geht verloren {n * 2_654_435_761:x}",
        solution=f"Fernwärme und {PARTS[n % 4]} aus Werk {n % 500}" + " im Gewerbegebiet" * 20,
        **(published if n % 10 else {}),
    )


def duration(words: str) -> float:
    """Milliseconds until the first page and the number of finds are there."""
    visible = Practice.objects.visible_to(AnonymousUser())
    began = time.perf_counter()
    found = matching(visible, words)
    found.count()
    list(found.values_list("pk", "title")[:PAGE])
    return (time.perf_counter() - began) * 1000
