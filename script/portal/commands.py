"""Which command does what; imported inside the virtual environment only as far as needed."""

import importlib

MODULES = {
    "server": "portal.server",
    "bench": "portal.bench",
    "test": "portal.test",
    "chaos": "portal.chaos",
    "check": "portal.check",
    "code": "portal.manage",
    "libreoffice": "portal.libreoffice",
    "manage": "portal.manage",
    "messages": "portal.messages",
    "pictures": "portal.pictures",
    "translations": "portal.translations",
    "types": "portal.frontend",
}
WITH_TESTS = {"test", "chaos", "check", "bench", "pictures"}


def run(name: str, *arguments: str) -> int:
    status: int = importlib.import_module(MODULES[name]).main(*arguments)
    return status
