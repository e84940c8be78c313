"""Where things lie in a checkout. Everything made at run time is in ``.venv`` and ``var``."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
CACHE = VAR / "cache"
RUN = VAR / "run"
LOG = VAR / "log"


def make_private(folder: Path) -> Path:
    """The folder, existing and readable by its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
