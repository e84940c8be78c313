"""``script/test``: everything but chaos, or what the arguments for pytest name."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from portal import axe, chromium, frontend, messages
from portal.check import run_all, test_services
from portal.paths import PYTHON, ROOT
from portal.steps import say

PYTEST = [str(PYTHON), "-m", "pytest"]
# A third would wait less, but two processors do the work of three more slowly.
PARALLEL = ["-n", "2", "--dist", "worksteal"]
# Kills and crashes, long models and real waits: `script/chaos`.
CALM, CHAOS = ["-m", "not chaos"], ["-m", "chaos or hypothesis"]
# Whoever must be told is told, and nobody may what he may not: no branch of these goes untested.
COVERED = ["--cov=in4green.activity", "--cov=groups.rules", "--cov-branch", "--cov-fail-under=100"]
REPORT = ["--cov-report=term-missing:skip-covered"]


def main(*arguments: str) -> int:
    prepare()
    with test_services() as variables:
        if arguments:
            return subprocess.call([*PYTEST, *arguments], cwd=ROOT, env=variables)
        return test_everything(variables)


def prepare() -> None:
    """LibreOffice, which takes longest, is made beside the rest by a process of its own."""
    with subprocess.Popen([PYTHON, "script/portal", "libreoffice"], cwd=ROOT) as office:
        frontend.build()
        messages.compile_changed()
        chromium.browser()
        axe.script()
    if office.returncode:  # it has said why
        sys.exit(office.returncode)


def test_everything(variables: dict[str, str]) -> int:
    """The checks run beside the tests; what they found stands above pytest's last line."""
    with ThreadPoolExecutor(1) as beside:
        checking = beside.submit(run_all, variables)
        status, closing = run_pytest(variables)
        complaints = checking.result()
    for line in [*complaints, *closing]:
        say(line)
    return status or bool(complaints)


def run_pytest(variables: dict[str, str]) -> tuple[int, list[str]]:
    """Exit code and closing line; everything before that line is shown as it comes."""
    held: list[str] = []
    with subprocess.Popen(
        [*PYTEST, *CALM, *PARALLEL, *COVERED, *REPORT],
        cwd=ROOT,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as pytest:
        assert pytest.stdout
        for line in pytest.stdout:
            for earlier in held:
                say(earlier)
            held = [line.rstrip()]
    return pytest.returncode, held
