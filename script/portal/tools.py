"""Running other people's programs: quiet when they succeed, one sentence when they don't."""

import errno
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from portal import locking
from portal.errors import Refusal
from portal.paths import CACHE, LOG, ROOT, make_private

# Of Debian and Ubuntu, of Fedora, of macOS.
CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)
Command = list[str | Path]
DISK_FULL = "The disk is full: make room (everything made here lies in .venv and var), then again."
NO_NETWORK = (
    "{what} can't be downloaded: check the network connection (or proxy), then start again."
)
UNTRUSTED = (
    "{what} can't be downloaded: the certificate of the server (or of a proxy between) is not "
    "trusted on this machine; ask those who run its network."
)

_FULL = re.compile(
    r"No space left on device|ENOSPC|Disk quota exceeded|os error 28\b|wrote only \d+ of"
    r"|Check free disk space",
    re.I,
)
_UNTRUSTED = re.compile(r"peer certificate|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|_ISSUER_CERT")
_OFFLINE = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT"
    r"|dns error|failed to lookup|error sending request|tcp connect error|error trying to connect"
    r"|Temporary failure resolving|Could not (?:connect|resolve)"  # apt
    r"|Failed to fetch|NewConnectionError|NameResolutionError|name resolution|ConnectTimeout"
    r"|Network is unreachable|Connection refused|operation timed out|network connectivity",
    re.I,
)


def is_disk_full(error: OSError) -> bool:
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


def run(
    argv: Command,
    *,
    what: str,
    log: str = "setup.log",
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
    **identity: Any,
) -> None:
    """Runs to success, or refuses in a sentence; what it printed is in ``var/log``.

    ``identity``: as whom, in the words of `subprocess.Popen`.
    """
    done = subprocess.run(
        argv,
        cwd=folder,
        env={**certificates(), **os.environ, **caches(), **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=[*pass_fds, *locking.passed_on()],
        **identity,
    )
    path = make_private(LOG) / log
    with path.open("a", encoding="utf-8") as record:  # in one piece: several programs run at a time
        record.write(f"$ {' '.join(map(str, argv))}\n{done.stdout}")
    if done.returncode:
        raise Refusal(explain(done.stdout, what=what, hint=f" (more in {path.relative_to(ROOT)})"))


def explain(output: str, *, what: str, hint: str = "") -> str:
    """The one sentence that a failed program's output amounts to."""
    if _FULL.search(output):
        return DISK_FULL
    if _UNTRUSTED.search(output):
        return UNTRUSTED.format(what=what)
    if _OFFLINE.search(output):
        return NO_NETWORK.format(what=what)
    last = next((line for line in reversed(output.splitlines()) if line.strip()), "no message")
    return f"{what} failed: {last.strip(' .')}{hint}."


def certificates() -> dict[str, str]:
    """pip, uv and npm trust whom the machine trusts, such as a city's own proxy."""
    for bundle in filter(os.path.exists, CERTIFICATES):
        return dict.fromkeys(("PIP_CERT", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"), bundle)
    return {}


def caches() -> dict[str, str]:
    """Caches of pip, uv and npm stay in the checkout; uv uses the Python it is given."""
    return {
        "PIP_CACHE_DIR": str(CACHE / "pip"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_CACHE_DIR": str(CACHE / "uv"),
        "UV_PYTHON_DOWNLOADS": "never",
        "npm_config_cache": str(CACHE / "npm"),
        "npm_config_fund": "false",
        "npm_config_audit": "false",
        "npm_config_update_notifier": "false",
    }
