"""``script/chaos``: what ``script/test`` leaves out because it takes long.

And what it does at random, with a hundred examples instead of eight.
"""

import os
import subprocess

from portal import test
from portal.check import test_services
from portal.paths import ROOT


def main(*arguments: str) -> int:
    test.prepare()
    with test_services() as variables:
        command = [*test.PYTEST, *test.CHAOS, *test.PARALLEL, *arguments]
        profile = {"HYPOTHESIS_PROFILE": os.environ.get("HYPOTHESIS_PROFILE", "chaos")}
        return subprocess.call(command, cwd=ROOT, env={**variables, **profile})
