"""A small supervisor for `test_supervisor`: ``supervise.py FOLDER``, on SIGUSR1 files changed."""

import os
import signal
import sys
from pathlib import Path

from portal import procfile
from portal.supervisor import Supervisor, end_leftovers

folder = Path(sys.argv[1])
commands = procfile.read(folder / "Procfile")
end_leftovers(commands, folder)
supervisor = Supervisor(commands, environment=dict(os.environ), folder=folder, run=folder)
signal.signal(signal.SIGUSR1, lambda *_: supervisor.events.put("files changed"))
supervisor.run(lambda event: event == "files changed")
