"""The accessibility rules that the browser tests apply: axe-core, as published."""

from pathlib import Path

from portal.npm_package import NpmPackage
from portal.paths import VAR
from portal.steps import step

PACKAGE = NpmPackage(
    "axe-core",
    "4.14.1",
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)
HOME = VAR / f"axe-core-{PACKAGE.version}"


def script() -> Path:
    """The file to run in a page, there or fetched."""
    found = HOME / "axe.min.js"
    if not found.exists():
        with step("Accessibility rules for the tests"):
            PACKAGE.unpack(HOME, "axe.min.js")
    return found
