"""How long PostgreSQL looks for words among ten thousand practices."""

import time

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
TEMPLATE = "vorlage"
IN_ALL = "Gewerbegebiet"
IN_A_QUARTER = "Pumpe"
IN_FEW = "Pumpe Werk 121"
# In what the practices differ, in SQL: one statement takes seconds where ten thousand rows made
# one by one take half a minute.
DIFFERENT = {
    "uid": "gen_random_uuid()",
    "slug": "'waerme-' || n",
    "title": "'Wärme ' || n",
    "names": "'warme waerme ' || n",
    "sort_key": "'warme ' || n",
    "organisation": "'Musterwerk ' || n % 300",
    "problem": "'Abwärme geht verloren ' || md5(n::text)",
    "solution": """
        'Fernwärme und ' || (ARRAY['Turbinen', 'Pumpen', 'Kessel', 'Speicher'])[n % 4 + 1]
        || ' aus Werk ' || n % 500 || repeat(' im Gewerbegebiet', 20)
    """,
    "state": "CASE WHEN n % 10 = 0 THEN 'draft' ELSE state END",
    "cost_from": "n",
}


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
    _make_template(group)
    fields = [f for f in Practice._meta.local_concrete_fields if not (f.primary_key or f.generated)]
    columns = ", ".join(field.column for field in fields)
    values = ", ".join(DIFFERENT.get(field.column, field.column) for field in fields)
    values = values.replace("%", "%%")  # of the driver
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO meetings_practice ({columns}) SELECT {values}"  # noqa: S608 - all our own
            f" FROM meetings_practice, generate_series(1, %s) AS n WHERE slug = '{TEMPLATE}'",
            [number],
        )
        cursor.execute("DELETE FROM meetings_practice WHERE slug = %s", [TEMPLATE])
        # What the database's own housekeeping does after so many rows.
        cursor.execute("SELECT gin_clean_pending_list('practice_by_words')")
        cursor.execute("ANALYZE meetings_practice")


def _make_template(group: WorkingGroup) -> None:
    now = timezone.now()
    Practice.objects.create(
        group=group,
        city=group.city,
        slug=TEMPLATE,
        title="Vorlage",
        state=Practice.State.PUBLISHED,
        reviewed_at=now,
        published_at=now,
    )


def duration(words: str) -> float:
    """Milliseconds until the first page and the number of finds are there."""
    visible = Practice.objects.visible_to(AnonymousUser())
    began = time.perf_counter()
    found = matching(visible, words)
    found.count()
    list(found.values_list("pk", "title")[:PAGE])
    return (time.perf_counter() - began) * 1000
