"""The browser of the tests: one from the npm registry, else the machine's own Chromium.

The package is made for a cloud function; of its files only the browser, the libraries it needs
on a bare system, a font and the software renderer are used, with a font configuration of ours.
It has no windows at all, so a visitor costs a third of what a desktop's browser takes for one.
"""

import io
import os
import platform
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal import locking
from portal.errors import Refusal
from portal.npm_package import NpmPackage
from portal.paths import RUN, VAR
from portal.steps import step

PACKAGE = NpmPackage(
    "@sparticuz/chromium",
    "153.0.0",
    "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==",
)
HOME = VAR / f"chromium-{PACKAGE.version}"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARCHIVES = ("al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br")
# Python before 3.11.4 has no such filter.
SAFELY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Browser:
    program: Path
    environment: dict[str, str] = field(default_factory=dict)


def browser() -> Browser:
    """There, or made. ``CHROMIUM`` names another one."""
    if chosen := os.environ.get("CHROMIUM"):
        return Browser(Path(chosen))
    refusal = Refusal("The browser tests need Chromium or Chrome: install it, or set CHROMIUM.")
    if (platform.system(), platform.machine()) == ("Linux", "x86_64"):
        try:
            return from_package()
        except Refusal as error:
            refusal = error
    for candidate in [*map(shutil.which, NAMES), MAC]:
        if candidate and starts(Path(candidate)):
            return Browser(Path(candidate))
    raise refusal


def from_package() -> Browser:
    with locking.waiting(RUN / "chromium.lock", "another download of Chromium"):
        if not HOME.exists():
            with step("Chromium for the tests"):
                unpack()
    libraries = {"LD_LIBRARY_PATH": str(HOME / "lib"), "FONTCONFIG_PATH": str(HOME)}
    return Browser(HOME / "chromium", libraries)


def starts(program: Path) -> bool:
    """A launcher of a package that isn't installed (as on Ubuntu) doesn't."""
    try:
        return not subprocess.call(
            [program, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return False


def unpack() -> None:
    """Whole or not at all: it is made beside its place and moved there."""
    import brotli  # the server doesn't have it

    draft = HOME.with_name(f"{HOME.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    PACKAGE.unpack(draft, *(f"bin/{name}" for name in ("chromium.br", *ARCHIVES)))
    for packed in draft.glob("*.br"):
        content = brotli.decompress(packed.read_bytes())
        packed.unlink()
        if packed.name in ARCHIVES:
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                archive.extractall(draft, **SAFELY)  # noqa: S202 (its checksum is pinned)
        else:
            (draft / packed.stem).write_bytes(content)
    (draft / "chromium").chmod(0o755)
    (draft / "fonts.conf").write_text(FONTS.format(cache=HOME / "cache"))
    draft.rename(HOME)
