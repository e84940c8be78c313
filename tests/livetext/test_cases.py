"""``docs/live-text-cases.md`` names, for each case, tests that exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "live-text-cases.md"
TESTS = ROOT / "tests"
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def rows() -> list[str]:
    lines = PAGE.read_text().splitlines()
    return [line for line in lines if line.startswith("| ") and not line.startswith("| Case")]


def test_every_case_names_tests_that_exist():
    named = {found for row in rows() for found in NAMED.findall(row)}
    there = {
        (name, each.name)
        for name in {name for name, _ in named}
        for each in ast.parse((TESTS / name).read_text()).body
        if isinstance(each, ast.FunctionDef)
    }

    assert len(rows()) > 80
    assert named - there == set()
    assert [row for row in rows() if not NAMED.search(row)] == []
