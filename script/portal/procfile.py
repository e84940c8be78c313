"""The processes of the portal, as ``Procfile`` names them."""

from pathlib import Path


def read(path: Path) -> dict[str, str]:
    """Name and command of each process, in the order in which they end."""
    lines = (line.strip() for line in path.read_text().splitlines())
    entries = (line.split(":", 1) for line in lines if line and not line.startswith("#"))
    return {name.strip(): command.strip() for name, command in entries}
