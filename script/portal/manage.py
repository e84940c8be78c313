"""``script/manage …``: ``manage.py`` with the services of the running portal, or with its own."""

import json
import subprocess

from portal import environment, locking
from portal.paths import PYTHON, ROOT, RUN, VAR
from portal.services import Services

LOCK = RUN / "server.lock"
ADDRESSES = RUN / "addresses.json"
"""Where the services of the running portal are."""


def main(*arguments: str) -> int:
    with locking.if_free(LOCK) as free:
        if not free:
            return run(json.loads(ADDRESSES.read_text()), *arguments)
        services = Services(VAR, safe=True)
        try:
            return run(services.start(), *arguments)
        finally:
            services.stop()


def run(addresses: dict[str, str], *arguments: str) -> int:
    variables = {**environment.for_development(port=8000), **addresses}
    return subprocess.call([PYTHON, "manage.py", *arguments], cwd=ROOT, env=variables)
