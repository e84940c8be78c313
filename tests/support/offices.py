"""Word and OpenDocument files as LibreOffice understands them: opened, and told as flat XML."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from portal import libreoffice

SPACES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
PARAGRAPH, LETTERS = "style:family='paragraph'", "style:text-properties"
PATIENCE = 180  # seconds; a start takes two, on a busy machine twenty


def convert(files: Mapping[str, bytes], to: str, folder: Path) -> dict[str, bytes]:
    """All ``files`` (by their names) in one start, by the names without their endings."""
    office = libreoffice.office()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    subprocess.run(
        [
            office.program, "--headless", "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", to, "--outdir", folder / to, *(folder / name for name in files),
        ],
        env={**os.environ, **office.environment},
        capture_output=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    return {path.stem: path.read_bytes() for path in (folder / to).iterdir()}


class Opened:
    """A document in the words of OpenDocument."""

    def __init__(self, flat: bytes) -> None:
        self.root = ElementTree.fromstring(flat)  # noqa: S314 - by our own LibreOffice

    def all(self, name: str) -> list[Element]:
        return self.root.findall(f".//{name}", SPACES)

    def headings(self) -> list[tuple[int, str]]:
        return [
            (int(each.attrib[tag("text:outline-level")]), said(each)) for each in self.all("text:h")
        ]

    def heads(self) -> list[list[str]]:
        """The words of each table's repeated first row."""
        return [
            [said(cell) for cell in row.findall("table:table-cell", SPACES)]
            for row in self.all("table:table-header-rows/table:table-row")
        ]

    def alternative_texts(self) -> list[str]:
        return [each.findtext("svg:desc", "", SPACES) for each in self.all("draw:frame")]

    def contents(self) -> list[tuple[str, str]]:
        """The words of each entry, and where it leads."""
        links = self.all("text:index-body//text:a")
        return [(said(each), each.attrib["{http://www.w3.org/1999/xlink}href"]) for each in links]

    def language(self) -> str | None:
        """Of what says nothing else."""
        found = self.root.find(f".//style:default-style[@{PARAGRAPH}]/{LETTERS}", SPACES)
        return None if found is None else found.get(tag("fo:language"))

    def language_of(self, words: str) -> str | None:
        """Of the innermost part that says just this."""
        for part in [*self.all("text:span"), *self.all("text:p")]:
            if said(part) == words:
                style = f".//style:style[@style:name='{part.attrib[tag('text:style-name')]}']"
                found = self.root.find(f"{style}/{LETTERS}", SPACES)
                return None if found is None else found.get(tag("fo:language"))
        return None

    def in_style(self, name: str) -> list[str]:
        """Paragraphs in it, or in one that was derived from it; releases write it this way or that
        (caption, Caption).
        """
        derived = {
            each.attrib[tag("style:name")]
            for each in self.all("style:style")
            if each.get(tag("style:parent-style-name"), "").lower() == name.lower()
        }
        return [
            said(each)
            for each in self.all("text:p")
            if (style := each.get(tag("text:style-name"), "")) in derived
            or style.lower() == name.lower()
        ]


def tag(name: str) -> str:
    prefix, _colon, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def said(element: Element) -> str:
    """All words in it, without the descriptions of its pictures."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> list[str]:
    if element.tag in (tag("svg:desc"), tag("svg:title")):
        return []
    found = [element.text or ""]
    for child in element:
        found += [" " if child.tag in (tag("text:tab"), tag("text:p")) else "", *_texts(child)]
        found.append(child.tail or "")
    return found
