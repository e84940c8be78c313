"""``script/server``: from a fresh checkout to a running portal."""

import json
import os
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from portal import environment, frontend, locking, messages, procfile, watching
from portal.errors import Refusal
from portal.manage import ADDRESSES, LOCK
from portal.paths import PYTHON, ROOT, RUN, VAR
from portal.ports import answers, is_taken
from portal.services import Services
from portal.steps import say, step
from portal.supervisor import Supervisor, end_leftovers
from portal.tools import explain

TAKEN = "Port {port} is taken by another program: choose another, as in PORT={other} script/server."
ALREADY = "The portal of this checkout runs already ({}): end it there with Ctrl-C first."


def main() -> int:
    port = chosen_port()
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    with locking.alone(LOCK, ALREADY):
        locking.note(LOCK, f"http://localhost:{port}, process {os.getpid()}")
        services = Services(VAR, safe=True)
        try:
            serve(port, services)
        finally:
            services.stop()
    say("✓ Stopped.")
    return 0


def chosen_port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65535:
        raise Refusal(f"PORT={text} is no port: choose a number, as in PORT=8001 script/server.")
    return int(text)


def refuse_taken_port(port: int) -> None:
    """Pages have the one, live texts the next."""
    for needed in (port, port + 1):
        if is_taken(needed):
            raise Refusal(TAKEN.format(port=needed, other=port + 2))


def serve(port: int, services: Services) -> None:
    begun = time.monotonic()
    commands = procfile.read(ROOT / "Procfile")
    end_leftovers(commands, RUN)
    refuse_taken_port(port)
    variables = environment.for_development(port=port)
    with ThreadPoolExecutor(1) as beside:
        building = beside.submit(frontend.build)
        messages.compile_changed()
        variables |= services.start()
        remember_addresses(variables)
        accounts = prepare_database(variables)
        building.result()
    supervisor = Supervisor(commands, environment=variables, folder=ROOT, run=RUN)
    watching.watch(supervisor.events.put)
    threading.Thread(target=welcome, args=(port, accounts, begun), daemon=True).start()
    supervisor.run(react)


def remember_addresses(variables: dict[str, str]) -> None:
    """For `script/manage` and `script/code` beside us."""
    addresses = {name: variables[name] for name in ("DATABASE_URL", "REDIS_URL")}
    environment.write_private(ADDRESSES, json.dumps(addresses))


def prepare_database(variables: dict[str, str]) -> str:
    """Tables and demo data, there or made; the demo accounts, as text to show."""
    with step("Tables and demo data"):
        done = subprocess.run(
            [PYTHON, "manage.py", "prepare"],
            cwd=ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise Refusal(explain(done.stderr, what="Preparing the database"))
    return done.stdout.strip()


def welcome(port: int, accounts: str, begun: float) -> None:
    """Says where the portal is as soon as it answers."""
    while not (answers(port) and answers(port + 1)):
        time.sleep(0.05)
    address = f"http://localhost:{port}"
    say(f"✓ Ready after {time.monotonic() - begun:.1f} s")
    say()
    say(f"  Portal    {address}/")
    say(f"  Mailbox   {address}/mailbox/  (every mail the portal sends)")
    say()
    for line in accounts.splitlines():
        say(f"  {line}" if line else "")
    say()
    say("  Ctrl-C stops everything.")
    say()


def react(event: object) -> bool:
    """What changed files ask for; whether the processes have to start anew."""
    assert isinstance(event, watching.Changed)
    try:
        if event.frontend:
            frontend.build()
        if event.translations:
            messages.compile_changed()
    except Refusal as refusal:
        say(f"! {refusal}")
    return event.code
