"""What all processes started here have in common."""

import functools
import shutil
import signal
import subprocess


def bound_to_us(number: signal.Signals) -> list[str]:
    """What stands before a command so that the kernel ends it when we are killed.

    On Linux only; elsewhere the next start finds what a killed supervisor left (`records`).
    """
    if not has_setpriv():
        return []
    return ["setpriv", "--pdeathsig", number.name.removeprefix("SIG"), "--"]


@functools.cache
def has_setpriv() -> bool:
    test = ["setpriv", "--pdeathsig", "KILL", "--", "true"]
    return bool(shutil.which("setpriv")) and not subprocess.call(test, stderr=subprocess.DEVNULL)
