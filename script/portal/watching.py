"""Which files have changed, and what that asks for."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import watchfiles

from portal import frontend
from portal.paths import ROOT

UNWATCHED = {".git", ".venv", "bench", "docs", "script", "static", "staticfiles", "tests", "var"}
RELOADING = {".py", ".html", ".txt", ".po", ".json", ".toml"}


@dataclass(frozen=True)
class Changed:
    paths: frozenset[Path]

    @property
    def frontend(self) -> bool:
        return any(path.is_relative_to(frontend.SOURCES) for path in self.paths)

    @property
    def translations(self) -> bool:
        return any(path.suffix == ".po" for path in self.paths)

    @property
    def code(self) -> bool:
        """Python, templates or texts: what the processes have read when they started."""
        return any(
            path.suffix in RELOADING and not path.is_relative_to(frontend.SOURCES)
            for path in self.paths
        )


def watch(report: Callable[[object], None]) -> None:
    """Reports a `Changed` for every burst of changes, from a thread of its own, for ever."""

    def listen() -> None:
        for changes in watchfiles.watch(*watched(), watch_filter=is_source, debounce=400):
            report(Changed(frozenset(Path(path) for _, path in changes)))

    threading.Thread(target=listen, daemon=True).start()


def watched() -> list[Path]:
    """The folders of code; of the frontend all but what npm installs there."""
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in UNWATCHED]
    parts = [path for path in frontend.SOURCES.iterdir() if path != frontend.MODULES]
    return [path for path in folders if path != frontend.SOURCES] + parts


def is_source(change: watchfiles.Change, path: str) -> bool:
    del change
    found = Path(path)
    return found.suffix in RELOADING or found.is_relative_to(frontend.SOURCES)
