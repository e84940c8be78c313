"""Everything that can be said of the code without running it: one line for each check."""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal import environment, locking, messages
from portal.paths import PYTHON, ROOT, VAR
from portal.services import Services
from portal.steps import say

FOLDER = VAR / "test"
LOCK = FOLDER / "run" / "test.lock"
ALREADY = "The tests of this checkout run already (process {}): wait until they are through."
PRODUCTION = {
    "DEBUG": "0",
    "ALLOWED_HOSTS": "portal.example.org",
    "BASE_URL": "https://portal.example.org",
    "EMAIL_URL": "smtp://localhost:25",
    "TRUSTED_PROXIES": "127.0.0.1/32",
    "DEFAULT_FROM_EMAIL": "Portal <portal@example.org>",
    "COORDINATION_ADDRESS": "projektkoordination@example.org",
    "PROVIDER_NAME": "Musterstadt",
    "PROVIDER_ADDRESS": "Beispielplatz 1, 00000 Musterstadt",
    "PROVIDER_REPRESENTED_BY": "Erika Beispiel",
    "PROVIDER_EMAIL": "rathaus@example.org",
    "PROVIDER_PHONE": "0000 123",
    "PROVIDER_EDITOR": "Max Beispiel, Beispielplatz 1, 00000 Musterstadt",
    "PROVIDER_DATA_PROTECTION_OFFICER": "datenschutz@example.org",
    "PROVIDER_HOSTING": "Musterrechenzentrum",
}


@dataclass(frozen=True)
class Check:
    name: str
    arguments: tuple[str, ...]
    """For Python."""
    production: bool = False
    """Whether the settings are to be those of a real server."""

    def run(self, variables: Mapping[str, str]) -> str | None:
        """What it complains about, or None."""
        done = subprocess.run(
            [PYTHON, *self.arguments],
            cwd=ROOT,
            env={**variables, **(PRODUCTION if self.production else {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.stdout.strip() or "it failed silently" if done.returncode else None


CHECKS = [
    Check("code style", ("-m", "ruff", "check", "--quiet")),
    Check("code format", ("-m", "ruff", "format", "--check", "--quiet")),
    Check("import layers", ("-c", "from importlinter.cli import lint_imports_command as l; l()")),
    Check("templates", ("-m", "djlint", "templates", "--lint", "--quiet")),
    Check("template format", ("-m", "djlint", "templates", "--check")),
    Check("migrations", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Check("translations", ("script/portal", "translations")),
    Check("settings", ("manage.py", "check", "--deploy", "--fail-level", "WARNING"), True),
    Check("types", ("-m", "mypy")),
    Check("types of the editor", ("script/portal", "types")),
]


def main() -> int:
    """``script/check``"""
    messages.compile_changed()
    with test_services() as variables:
        complaints = run_all(variables)
    for line in complaints:
        say(line)
    return 1 if complaints else 0


@contextlib.contextmanager
def test_services() -> Iterator[dict[str, str]]:
    """The environment of checks and tests, with services of their own; for one run at a time."""
    with locking.alone(LOCK, ALREADY):
        locking.note(LOCK, str(os.getpid()))
        services = Services(FOLDER, safe=False)
        try:
            yield {**environment.for_tests(), **services.start()}
        finally:
            services.stop(silently=True)


def run_all(variables: Mapping[str, str]) -> list[str]:
    """What each failed check says, under its name."""
    complaints = []
    failed = []
    for check in CHECKS:
        begun = time.monotonic()
        complaint = check.run(variables)
        seconds = time.monotonic() - begun
        say(f"{'✗' if complaint else '✓'} {check.name} ({seconds:.1f} s)")
        if complaint:
            complaints += [f"✗ {check.name}:", complaint]
            failed.append(check.name)
    return [*complaints, f"✗ Failed checks: {', '.join(failed)}"] if failed else []
