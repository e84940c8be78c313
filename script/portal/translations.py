"""Whether every text of the sources has its German translation, and nothing else has."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from portal import messages
from portal.paths import ROOT
from portal.steps import say

SOURCES = ("manage.py", "in4green", "groups", "meetings", "actionplan", "templates", "locale")
CATALOGUE = Path("locale/de/LC_MESSAGES/django.po")
HEADER = 'msgid ""\nmsgstr ""\n"Project-Id-Version'
COMPLAINTS = {
    "without translation": "--untranslated",
    "with a translation that needs a second look (fuzzy)": "--only-fuzzy",
    "no longer in the sources": "--only-obsolete",
}


def main() -> int:
    """Collects the texts anew in a copy of the tree and compares."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copyfile)(source, copy / name)
        messages.collect(copy, obsolete=True)
        complaints = [
            f"Texts {title} in {CATALOGUE}:\n{found}"
            for title, option in COMPLAINTS.items()
            if (found := select(copy / CATALOGUE, option))
        ]
    for complaint in complaints:
        say(complaint)
    if complaints:
        say("script/messages collects the texts of the sources for translation.")
    return 1 if complaints else 0


def select(catalogue: Path, option: str) -> str:
    """The entries of one kind, as the catalogue writes them, without its header."""
    found = subprocess.run(
        [messages.program("msgattrib"), option, "--no-wrap", catalogue],
        env={**messages.environment_for_gettext()},
        capture_output=True,
        text=True,
        check=True,
    )
    entries = found.stdout.strip().split("\n\n")
    return "\n\n".join(entry for entry in entries if HEADER not in entry)
