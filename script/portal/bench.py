"""``script/bench``: how fast the portal is on this machine; `docs/performance.md` explains."""

import os
import subprocess

from portal.paths import PYTHON, ROOT


def main(*names: str) -> int:
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "script")}
    return subprocess.call([PYTHON, "-m", "bench", *names], cwd=ROOT, env=variables)
