"""What a file holds that a text can't hold, counted in its XML: people are told of it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from zipfile import ZipFile

from in4green.common.cleaning import clean_line
from in4green.common.uploads.archives import parse

_DOCX = {
    "w:p": "paragraphs",
    "w:commentReference": "comments",
    "w:ins": "changes",
    "w:del": "changes",
    "w:moveFrom": "changes",
    "w:txbxContent": "boxes",
    "w:object": "objects",
    "c:chart": "objects",
    "dgm:relIds": "objects",
    "m:oMath": "formulas",
}
_ODT = {
    "text:p": "paragraphs",
    "text:h": "paragraphs",
    "office:annotation": "comments",
    "text:changed-region": "changes",
    "draw:text-box": "boxes",
    "draw:object": "objects",
    "style:header": "margins",
    "style:footer": "margins",
}
# The same once more, for programs that are too old for the first way of saying it.
_TWICE = "mc:Fallback"
_PARTS = re.compile(r"word/document\d*\.xml|content\.xml|styles\.xml")
_MARGINS = re.compile(r"word/(header|footer)\d+\.xml")


@dataclass
class Survey:
    counts: Counter[str] = field(default_factory=Counter)
    # What OpenDocument says of a picture, by the picture's place in the archive.
    words: dict[str, str] = field(default_factory=dict)


def survey(archive: ZipFile) -> Survey:
    """Raises ``archives.Unusable`` for what is no plain XML."""
    reader = _Reader()
    for name in archive.namelist():
        if _PARTS.fullmatch(name):
            with archive.open(name) as content:
                parse(content, reader.begin, ended=reader.end, letters=reader.hear)
        reader.found.counts["margins"] += bool(_MARGINS.fullmatch(name))
    return reader.found


class _Reader:
    def __init__(self) -> None:
        self.found = Survey()
        self.hidden = 0
        # Of the picture's frame that is open: the place, and what is said of it.
        self.place = ""
        self.said: dict[str, str] = {}
        self.saying = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.hidden += name == _TWICE
        kind = _DOCX.get(name) or _ODT.get(name)
        if kind and not self.hidden:
            self.found.counts[kind] += 1
        if name == "a:blip" and "r:embed" not in attributes and "r:link" in attributes:
            self.found.counts["pictures_elsewhere"] += 1  # pandoc drops it without a word
        if name == "draw:frame":
            self.place, self.said = "", {}
        elif name == "draw:image":
            self.place = attributes.get("xlink:href", "")
        elif name in ("svg:title", "svg:desc"):
            self.saying = name

    def hear(self, letters: str) -> None:
        if self.saying:
            self.said[self.saying] = self.said.get(self.saying, "") + letters

    def end(self, name: str) -> None:
        self.hidden -= name == _TWICE
        if name == self.saying:
            self.saying = ""
        elif name == "draw:frame" and self.place:
            said = clean_line(self.said.get("svg:desc") or self.said.get("svg:title") or "")
            self.found.words[self.place] = self.found.words.get(self.place) or said
            self.place = ""
