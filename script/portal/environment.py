"""What the portal's processes find in their environment during development and tests."""

import os
import secrets
from pathlib import Path

from portal.paths import VAR, VENV, make_private

ENV_FILE = VAR / "env"
SECRETS = ("SECRET_KEY", "DATABASE_PASSWORD", "VALKEY_PASSWORD")


def read_secrets() -> dict[str, str]:
    """Made at random once, kept in ``var/env`` for the owner's eyes alone."""
    if ENV_FILE.exists():
        return dict(line.split("=", 1) for line in ENV_FILE.read_text().splitlines())
    made = {name: secrets.token_urlsafe(48) for name in SECRETS}
    write_private(ENV_FILE, "".join(f"{name}={value}\n" for name, value in made.items()))
    return made


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, and readable by the owner alone from the first moment."""
    make_private(path.parent)
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def for_development(*, port: int) -> dict[str, str]:
    """Our caller's environment with what the portal needs on this machine."""
    return {
        "COORDINATION_ADDRESS": "projektkoordination@example.org",
        **with_programs(),
        "SECRET_KEY": read_secrets()["SECRET_KEY"],
        "DEBUG": "1",
        "PORT": str(port),
        "LIVE_PORT": str(port + 1),
        "BASE_URL": f"http://localhost:{port}",
        "LIVE_ORIGIN": f"http://localhost:{port + 1}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "GRANIAN_LOG_LEVEL": "warning",
    }


def for_tests() -> dict[str, str]:
    """The same on every machine, so that nothing of the caller's decides about a test."""
    return {**for_development(port=8000), "SECRET_KEY": "of-the-tests-" + 40 * "x"}


def with_programs() -> dict[str, str]:
    """``python`` means the one of ``.venv``; what one process has compiled, the next ones read."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    python = {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, "PATH": path, **python, **unexcited_celery()}


def unexcited_celery() -> dict[str, str]:
    """Celery warns at length of root, which in development is the person's own choice."""
    return {} if os.geteuid() else {"PYTHONWARNINGS": "ignore:You're running the worker"}


def without_services() -> dict[str, str]:
    """For programs that read the settings but ask neither PostgreSQL nor Valkey."""
    addresses = {"DATABASE_URL": "postgres://nobody@localhost/none", "REDIS_URL": "redis://none"}
    return {**for_development(port=8000), **addresses}
