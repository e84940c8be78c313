"""What a first visit of the home page fetches, compressed as the proxy does, without fonts."""

import gzip
import http.client
import re
from html.parser import HTMLParser

from bench.figures import Figure
from bench.stack import HOST, Stack
from portal.steps import say

COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")
LEVEL = 5
"""Caddy's own for gzip."""
FETCHED = {"stylesheet", "icon", "apple-touch-icon", "modulepreload", "manifest"}
FONT = re.compile(r"\.woff2?\b")


class Links(HTMLParser):
    """What a page names that a browser fetches with it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and FETCHED.intersection(given.get("rel", "").split()):
            self.found.add(given["href"])
        elif tag in {"script", "img", "iframe", "source"} and given.get("src"):
            self.found.add(given["src"])
        elif tag in {"image", "use"} and not given.get("href", "#").startswith("#"):
            self.found.add(given["href"])


def measure(stack: Stack, rounds: int) -> list[Figure]:
    """Whatever ``rounds``: it is the same each time."""
    page, size = fetch(stack, "/")
    sizes = {"/": size}
    waiting = Links(page.decode()).found
    while waiting:
        path = waiting.pop()
        content, sizes[path] = fetch(stack, path)
        if path.endswith(".css"):
            waiting |= named_in_style(content.decode(), path) - sizes.keys()
    for path, size in sizes.items():
        say(f"· {size / 1024:6.1f} KB  {path}")
    total = sum(sizes.values()) / 1024
    return [Figure("Home's first visit, compressed, without fonts", total, "KB", at_most=60)]


def named_in_style(style: str, path: str) -> set[str]:
    """Pictures; data lie in the style itself, fonts don't count."""
    folder = path.rpartition("/")[0]
    names = re.findall(r"url\([\"']?([^\"')]+)", style)
    return {
        name if name.startswith("/") else f"{folder}/{name}"
        for name in names
        if not name.startswith(("data:", "#")) and not FONT.search(name)
    }


def fetch(stack: Stack, path: str) -> tuple[bytes, int]:
    """The content, and how many bytes of it travel."""
    connection = http.client.HTTPConnection("127.0.0.1", stack.port)
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
    connection.request("GET", path.partition("#")[0], headers=headers)
    response = connection.getresponse()
    content = response.read()
    assert response.status == 200, f"{path}: {response.status}"
    if response.headers["Content-Type"].startswith(COMPRESSED):
        return content, len(gzip.compress(content, LEVEL))
    return content, len(content)
