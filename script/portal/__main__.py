"""``python script/portal COMMAND``: prepares ``.venv``, then runs the command inside it."""

import os
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from portal import bootstrap, commands, steps, tools  # noqa: E402 (the path comes first)
from portal.errors import Refusal  # noqa: E402
from portal.paths import PYTHON, VENV  # noqa: E402


def main(name: str, *arguments: str) -> int:
    installed = bootstrap.install(tests=name in commands.WITH_TESTS)
    if Path(sys.prefix) == VENV and not installed:
        return commands.run(name, *arguments)
    return os.execv(PYTHON, [str(PYTHON), *sys.argv])


if __name__ == "__main__":
    steps.prepare_terminal()
    try:
        sys.exit(main(*sys.argv[1:]))
    except Refusal as refusal:
        sys.exit(f"✗ {refusal}")
    except PermissionError as error:
        sys.exit(f"✗ {error.filename} belongs to another user: start as the one it belongs to.")
    except OSError as error:
        if not tools.is_disk_full(error):
            raise
        sys.exit(f"✗ {tools.DISK_FULL}")
    except KeyboardInterrupt:
        sys.exit("✗ Stopped.")
