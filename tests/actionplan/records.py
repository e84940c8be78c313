"""Records of plans as editions keep them, without a database."""

from typing import Any

Record = dict[str, Any]


def record(*actions: Record, language: str = "de", **more: Any) -> Record:
    return {
        "language": language,
        "objectives": [],
        "areas": [],
        "funding_sources": [],
        "actions": list(actions),
        **more,
    }


def action(number: int = 1, title: str = "Kataster", **more: Any) -> Record:
    return {
        "number": number,
        "title": f"{number} {title}",
        "summary": "",
        "objective": None,
        "area": None,
        "lead_organisation": "",
        "lead_person": "",
        "partners": [],
        "starts_on": None,
        "ends_on": None,
        "cost": None,
        "cost_note": "",
        "is_unfunded": False,
        "dropped_on": None,
        "dropped_because": "",
        "steps": [],
        "fundings": [],
        "risks": [],
        "indicators": [],
        "testing_actions": [],
        **more,
    }


def step(number: str, starts_on: str | None, ends_on: str | None, **more: Any) -> Record:
    facts = {"title": f"Schritt {number}", "responsible": "", "after": []}
    return {"number": number, **facts, "starts_on": starts_on, "ends_on": ends_on, **more}


def funding(source: int, year: int, planned: int, secured: int = 0, spent: int = 0) -> Record:
    amounts = {"planned": planned, "secured": secured, "spent": spent}
    return {"source": source, "year": year, **{k: f"{v}.00" for k, v in amounts.items()}}


def source(pk: int, title: str) -> Record:
    return {"id": pk, "kind": "own", "title": title}


def risk(likelihood: int = 2, impact: int = 3, **more: Any) -> Record:
    facts = {"kind": "legal", "title": "Recht", "mitigation": "", "owner": ""}
    return {**facts, "likelihood": likelihood, "impact": impact, **more}


def indicator(**more: Any) -> Record:
    return {
        "kind": "output",
        "measure": "number",
        "title": "Betriebe",
        "unit": "Betriebe",
        "baseline": "0",
        "baseline_on": None,
        "target": "1200.5",
        "target_on": None,
        "source": "",
        "responsible": "",
        **more,
    }


def full(actions: int = 4, steps: int = 4) -> Record:
    """A plan in which everything occurs."""
    return record(
        *(_full(number, steps) for number in range(1, actions + 1)),
        objectives=[
            {"id": 1, "part_of": None, "number": "1", "title": "Flächen im Kreislauf"},
            {"id": 2, "part_of": 1, "number": "1.1", "title": "Brachen nutzen"},
        ],
        areas=[{"id": 1, "title": "Gewerbegebiete"}],
        funding_sources=[source(1, "Stadt"), source(2, "Land Nordrhein-Westfalen")],
    )


def _full(n: int, steps: int) -> Record:
    year = 2026 + n % 3
    return action(
        n,
        f"Abwärme nutzen {n}",
        summary="Was übrig ist, heizt nebenan.",
        objective=2,
        area=1,
        lead_organisation="Musterfirma",
        partners=["Verein Muster", "Hochschule Muster"],
        starts_on=f"{year}-01-01",
        ends_on=f"{year + 1}-06-30",
        cost=f"{n}00000.00",
        steps=[
            step(
                f"{n}.{m}",
                f"{year}-{m:02}-01",
                f"{year}-{m + 3:02}-28",
                after=[f"{n}.{m - 1}"] if m > 1 else [],
            )
            for m in range(1, steps + 1)
        ],
        fundings=[funding(1, year, 50_000, 30_000, 10_000), funding(2, year + 1, 40_000, 5_000)],
        risks=[risk(n % 5 + 1, 4, title=f"Preise {n}"), risk(2, n % 5 + 1)],
        indicators=[indicator(), indicator(measure="yes_no", baseline=False, target=True)],
        testing_actions=[],
    )
