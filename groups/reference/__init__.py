"""Facts about the network that every installation starts with."""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("network.json")


def read_network() -> dict[str, list[dict[str, Any]]]:
    network: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text(encoding="utf-8"))
    return network
