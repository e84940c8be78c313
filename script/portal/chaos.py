"""``script/chaos``: what ``script/test`` leaves out because it takes long."""

import subprocess

from portal import test
from portal.paths import ROOT


def main(*arguments: str) -> int:
    test.prepare()
    with test.test_services() as variables:
        command = [*test.PYTEST, *test.CHAOS, *test.PARALLEL, *arguments]
        return subprocess.call(command, cwd=ROOT, env=variables)
