"""A large change is cut only where every editor can build what has come so far."""

import json
import os
import subprocess
from itertools import pairwise
from typing import Any

import pytest

from portal import node
from tests.livetext.browser_editor import GOLDEN

MODULES = GOLDEN.parents[2] / "frontend" / "node_modules"
ESBUILD = MODULES / "esbuild" / "bin" / "esbuild"
WHOLE = {"one large block", "an old list, then blocks", "a block that is filled last"}


@pytest.fixture(scope="module")
def scenes() -> dict[str, Any]:
    run = {"check": True, "capture_output": True, "text": True}
    bundled = subprocess.run(
        [str(ESBUILD), str(GOLDEN / "parts.mjs"), "--bundle", "--format=esm", "--platform=node"],
        env={**os.environ, "NODE_PATH": str(MODULES)},
        **run,
    )
    answer = subprocess.run(
        [node.program(), "--input-type=module", "-"], input=bundled.stdout, **run
    )
    return {scene["name"]: scene for scene in map(json.loads, answer.stdout.splitlines())}


def test_all_parts_together_are_the_change(scenes):
    assert len(scenes) == 6
    assert [scene["name"] for scene in scenes.values() if scene["seen"][-1] != scene["whole"]] == []


def test_no_part_ends_within_a_block(scenes):
    """What is not there yet is missing as a whole; an old block may still be there."""
    for scene in scenes.values():
        for seen in scene["seen"]:
            assert set(seen) <= {*scene["whole"], "<paragraph>alt</paragraph>"}, scene["name"]


def test_what_could_end_in_half_a_block_is_not_cut(scenes):
    assert {name for name, scene in scenes.items() if len(scene["parts"]) == 1} == WHOLE


def test_parts_are_as_large_as_they_may_be(scenes):
    sizes = scenes["paragraphs"]["parts"]

    assert len(sizes) > 2
    assert all(size <= 300 + 20 for size in sizes)
    assert all(one + other > 300 for one, other in pairwise(sizes[:-1]))
