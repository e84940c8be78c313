"""The LibreOffice of the tests: the machine's own, else Debian's packages, unpacked below ``var``.

Nothing is installed and nobody needs to be root: apt finds, verifies and downloads what is missing
on this machine, and the files that name their place are told the new one.
"""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from portal import locking
from portal.errors import Refusal
from portal.paths import CACHE, RUN, VAR
from portal.steps import step
from portal.tools import Command, run

PACKAGE = "libreoffice-writer-nogui"
NAMES = ("soffice", "libreoffice")
MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
INSIDE = Path("usr/lib/libreoffice")
STATUS = Path("/var/lib/dpkg/status")
WHAT = "LibreOffice for the tests"
NEEDED = (
    "The tests of Word and OpenDocument files need LibreOffice: install it (Fedora: dnf install"
    " libreoffice-writer; macOS: brew install --cask libreoffice), or set SOFFICE to its program."
)
# What Debian's packages say about their place, and what stays true elsewhere.
PLACES = {
    "file:///usr/lib/libreoffice": "${ORIGIN}/..",
    "file:///etc/libreoffice/registry": "${ORIGIN}/../share/registry",
    "file:///etc/libreoffice": "${ORIGIN}/../../../../etc/libreoffice",
}
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{root}/fontcache</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Office:
    program: Path
    environment: dict[str, str] = field(default_factory=dict)

    def starts(self) -> bool:
        command: Command = [self.program, "--version"]
        try:
            return not subprocess.call(
                command,
                env={**os.environ, **self.environment},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return False


def main() -> int:
    """Beside what else the tests need (``test.prepare``)."""
    office()
    return 0


def office() -> Office:
    """There, or made. ``SOFFICE`` names another one."""
    if chosen := os.environ.get("SOFFICE"):
        return Office(Path(chosen))
    for candidate in [*map(shutil.which, NAMES), MAC]:
        if candidate and (found := Office(Path(candidate))).starts():
            return found
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise Refusal(NEEDED)
    return from_packages()


def from_packages() -> Office:
    home = VAR / f"libreoffice-{_system()}"
    with locking.waiting(RUN / "libreoffice.lock", "another download of LibreOffice"):
        if not (home.exists() and _unpacked(home).starts()):
            with step(WHAT):
                unpack(home)
            if not _unpacked(home).starts():
                raise Refusal(f"LibreOffice was downloaded, but does not start. {NEEDED}")
    return _unpacked(home)


def _system() -> str:
    """Packages belong to one release and one kind of processor."""
    release = platform.freedesktop_os_release()
    return f"{release.get('VERSION_CODENAME', release['ID'])}-{platform.machine()}"


def _unpacked(home: Path) -> Office:
    folders = [home / INSIDE / "program", *_libraries(home)]
    return Office(
        home / INSIDE / "program" / "soffice",
        {"LD_LIBRARY_PATH": os.pathsep.join(map(str, folders)), "FONTCONFIG_PATH": str(home)},
    )


def _libraries(home: Path) -> Iterator[Path]:
    for folder in ("usr/lib", "lib"):
        yield from sorted((home / folder).glob("*-linux-gnu*"))


def unpack(home: Path) -> None:
    """Whole or not at all: it is made beside its place and moved there."""
    draft = home.with_name(f"{home.name}.new")
    archives = CACHE / "apt"
    for folder in (draft, archives):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (draft, archives / "lists" / "partial", archives / "archives" / "partial"):
        folder.mkdir(parents=True)
    _apt(archives, "update", "--error-on=any")
    _apt(archives, "install", "--yes", "--download-only", "--no-install-recommends", PACKAGE)
    packages = sorted((archives / "archives").glob("*.deb"))
    each = 'for file in "$@"; do dpkg-deb --extract "$file" "$0" || exit 1; done'
    run(["sh", "-c", each, draft, *packages], what=WHAT)
    relocate(draft)
    (draft / "fonts.conf").write_text(FONTS.format(root=home))
    shutil.rmtree(home, ignore_errors=True)
    draft.rename(home)
    shutil.rmtree(archives)


def _apt(folder: Path, *command: str) -> None:
    """With lists and files of its own, of the sources that this machine trusts."""
    options = {
        "Dir::State": folder,
        "Dir::State::lists": folder / "lists",
        "Dir::State::status": STATUS,
        "Dir::Cache": folder,
        "Dir::Cache::archives": folder / "archives",
        "Debug::NoLocking": "1",
        "APT::Sandbox::User": "",
        "Acquire::Languages": "none",
    }
    given = [f"--option={name}={value}" for name, value in options.items()]
    run(["apt-get", "--quiet", *given, *command], what=WHAT)


def relocate(root: Path) -> None:
    """Debian keeps the settings below /etc, and its scripts, which did not run, put them there."""
    for settings in (root / INSIDE / "program").glob("*rc"):
        text = settings.read_text()
        for place, here in PLACES.items():
            text = text.replace(place, here)
        settings.write_text(text)
    share = root / INSIDE / "share"
    kept, shown = share / ".registry", share / "registry"
    if shown.is_symlink() or not shown.exists():  # Debian 12: all of it is below /etc
        shown.unlink(missing_ok=True)
        shown.symlink_to(kept.name)
        return
    for file in kept.iterdir():  # Debian 13: some files are
        (shown / file.name).unlink(missing_ok=True)
        (shown / file.name).symlink_to(Path("..", kept.name, file.name))
