"""A plan as large as any: 40 sections, 60,000 words, 80 actions with all that belongs to them."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from actionplan import texts
from actionplan.models import (
    Action,
    Area,
    Funding,
    FundingSource,
    Indicator,
    Objective,
    Plan,
    Risk,
    Section,
    SectionText,
    Step,
)
from groups.models import Organisation, WorkingGroup
from in4green.livetext.archive import snapshots
from in4green.livetext.document import crdt
from in4green.livetext.models import LiveText
from in4green.livetext.services import create_text, edit

SLUG = "gross"
CHAPTERS, PARTS = 5, 7  # 40 sections in all
WORDS = 60_000
ACTIONS, STEPS, FUNDINGS, INDICATORS, RISKS = 80, 8, 5, 4, 3
TABLES = ("objectives", "gantt", "funding", "risks", "indicators")
BEGINS = date(2027, 1, 1)
_VOCABULARY = """
    Abwärme Netz Betrieb Industrie Strom Quartier Gewerbe Handwerk Energie Umbau Boden Wasser Stadt
    Nutzen Kosten und oder mit ohne für der die das eine wir sie Beschäftigte Flächen Speicher Dach
    Anlage Wirkung Förderung Beratung Netzwerk Verkehr Logistik Rohstoffe Kreislauf Ausbildung
""".split()  # noqa: SIM905 - a list of fifty literals says no more


def make(group: WorkingGroup, by: Any, slug: str = SLUG) -> Plan:
    """``by`` writes the texts, and may do so in the group. The same words each time."""
    chance = random.Random(4)
    plan = Plan.objects.create(group=group, slug=slug, title="Musterplan, so groß wie keiner")
    _write_sections(plan, chance, by)
    _plan_actions(plan, chance, by)
    return plan


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_VOCABULARY, k=count)).capitalize()


def _write_sections(plan: Plan, chance: random.Random, by: Any) -> None:
    each = WORDS // (CHAPTERS * (PARTS + 1))
    shown = iter(TABLES)
    for position in range(CHAPTERS):
        chapter = _section(plan, None, position, chance)
        _text(chapter, _prose(chance, each, next(shown)), by)
        for place in range(PARTS):
            _text(_section(plan, chapter, place, chance), _prose(chance, each), by)


def _section(plan: Plan, parent: Section | None, position: int, chance: random.Random) -> Section:
    title = words(chance, 4)
    return Section.objects.create(plan=plan, parent=parent, position=position, title=title)


def _text(section: Section, content: Any, by: Any) -> None:
    row = SectionText.objects.create(
        section=section, language=section.plan.language, text=create_text(texts.SECTION)
    )
    _write(row.text, content, by)


def _write(text: LiveText, content: Any, by: Any) -> None:
    """As the worker leaves it some time after people have written."""
    edit(text, lambda doc: crdt.replace(doc, content), by=by)
    text.refresh_from_db()
    snapshots.take(text)


def _prose(chance: random.Random, count: int, table: str | None = None) -> dict[str, Any]:
    blocks: list[Any] = []
    while count > 0:
        length = min(count, chance.randint(60, 140))
        count -= length
        blocks.append(_block("paragraph", words(chance, length) + "."))
        if chance.random() < 0.2:
            blocks.append(_block("heading", words(chance, 3), {"level": 2}))
    if table:
        blocks.insert(1, {"type": "liveTable", "attrs": {"table": table}})
    return {"type": "doc", "content": blocks}


def _block(kind: str, text: str, attrs: dict[str, Any] | None = None) -> dict[str, Any]:
    block = {"type": kind, "content": [{"type": "text", "text": text}]}
    return {**block, "attrs": attrs} if attrs else block


def _plan_actions(plan: Plan, chance: random.Random, by: Any) -> None:
    goals = list(_goals(plan, chance))
    areas = [Area.objects.create(plan=plan, title=words(chance, 2), position=n) for n in range(6)]
    sources = [
        FundingSource.objects.create(plan=plan, title=words(chance, 2), kind=kind, position=n)
        for n, kind in enumerate(list(FundingSource.Kind)[:FUNDINGS])
    ]
    lead = Organisation.objects.filter(city=plan.group.city).first()
    for number in range(1, ACTIONS + 1):
        begins = BEGINS + timedelta(days=chance.randint(0, 900))
        action = Action.objects.create(
            plan=plan, number=number, position=number, title=words(chance, 5),
            summary=words(chance, 20), objective=chance.choice(goals), area=chance.choice(areas),
            lead_organisation=lead, starts_on=begins, ends_on=begins + timedelta(days=700),
            cost=Decimal(chance.randint(10, 900) * 1000), text=create_text(texts.ACTION),
        )  # fmt: skip
        _write(action.text, _prose(chance, 60), by)
        _add_rows(action, sources, chance)


def _goals(plan: Plan, chance: random.Random) -> Iterator[Objective]:
    for position in range(4):
        goal = Objective.objects.create(plan=plan, title=words(chance, 6), position=position)
        for place in range(3):
            yield Objective.objects.create(
                plan=plan, parent=goal, title=words(chance, 8), position=place
            )


def _add_rows(action: Action, sources: list[FundingSource], chance: random.Random) -> None:
    begins = action.starts_on or BEGINS
    steps = Step.objects.bulk_create(
        Step(
            action=action, position=n, title=words(chance, 4), responsible=words(chance, 2),
            starts_on=begins + timedelta(days=80 * n), ends_on=begins + timedelta(days=80 * n + 70),
        )
        for n in range(STEPS)
    )  # fmt: skip
    for one, other in zip(steps[::2], steps[1::2], strict=True):
        other.after.add(one)
    Funding.objects.bulk_create(
        Funding(
            action=action, source=source, year=2027 + n % 3, position=n,
            planned=chance.randint(1, 90) * 1000, secured=chance.randint(0, 40) * 1000,
        )
        for n, source in enumerate(sources)
    )  # fmt: skip
    Indicator.objects.bulk_create(
        Indicator(
            action=action, position=n, kind=Indicator.Kind.OUTPUT, title=words(chance, 5),
            unit="t", baseline=chance.randint(0, 50), target=chance.randint(50, 500),
            target_on=action.ends_on, source=words(chance, 2),
        )
        for n in range(INDICATORS)
    )  # fmt: skip
    Risk.objects.bulk_create(
        Risk(
            action=action, position=n, kind=Risk.Kind.FINANCIAL, title=words(chance, 4),
            likelihood=chance.randint(1, 5), impact=chance.randint(1, 5),
            mitigation=words(chance, 12), owner=words(chance, 2),
        )
        for n in range(RISKS)
    )  # fmt: skip
