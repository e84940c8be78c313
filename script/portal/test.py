"""``script/test``: everything, or what the arguments for pytest name."""

import os
import subprocess
import threading

from portal import axe, chromium, environment, frontend, locking, messages
from portal.check import run_all
from portal.paths import PYTHON, ROOT, VAR
from portal.services import Services
from portal.steps import say

FOLDER = VAR / "test"
PYTEST = [str(PYTHON), "-m", "pytest"]
EVERYTHING = ["-n", "2", "--dist", "worksteal"]
ALREADY = "The tests of this checkout run already (process {}): wait until they are through."


def main(*arguments: str) -> int:
    lock = FOLDER / "run" / "test.lock"
    with locking.alone(lock, ALREADY):
        locking.note(lock, str(os.getpid()))
        services = Services(FOLDER, safe=False)
        try:
            frontend.build()
            messages.compile_changed()
            chromium.browser()
            axe.script()
            variables = {**environment.for_tests(), **services.start()}
            if arguments:
                return subprocess.call([*PYTEST, *arguments], cwd=ROOT, env=variables)
            return test_everything(variables)
        finally:
            services.stop(silently=True)


def test_everything(variables: dict[str, str]) -> int:
    """The checks run beside the tests; what they found stands above pytest's last line."""
    complaints: list[str] = []
    checking = threading.Thread(target=lambda: complaints.extend(run_all(variables)))
    checking.start()
    status, closing = run_pytest(variables)
    checking.join()
    for line in [*complaints, *closing]:
        say(line)
    return status or bool(complaints)


def run_pytest(variables: dict[str, str]) -> tuple[int, list[str]]:
    """Exit code and closing line; everything before that line is shown as it comes."""
    held: list[str] = []
    with subprocess.Popen(
        [*PYTEST, *EVERYTHING],
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
