"""What an HTML element and its style say about the text in it."""

import re
from dataclasses import dataclass, replace
from typing import Any

from in4green.livetext.content import nodes
from in4green.livetext.content.attributes import typed
from in4green.livetext.content.tree import Content

_BOLD, _ITALIC, _STRIKE = {"b", "strong"}, {"i", "em", "cite", "dfn"}, {"s", "strike", "del"}
TAGS = frozenset({*_BOLD, *_ITALIC, *_STRIKE, "a", "span", "font", "pre"})
PROPERTIES = frozenset(
    [
        "font-weight",
        "font-style",
        "text-decoration",
        "text-decoration-line",
        "display",
        "mso-list",
        "mso-hide",
    ]
)
# Bold by themselves: that is their look, not the writer's emphasis.
_BOLD_ANYWAY = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "th"])


@dataclass(frozen=True)
class Style:
    # The language around the text; passages in it need no mark.
    base: str | None = None
    bold: bool = False
    italic: bool = False
    strike: bool = False
    href: str | None = None
    language: str | None = None
    # Not for reading: decoration, or said by other means.
    hidden: bool = False
    # Word's sign before an item of a list, and which list and level the paragraph is in.
    marker: bool = False
    word_list: str = ""

    def inside(self, tag: str, given: dict[str, str]) -> "Style":
        """How text inside such an element is to be read."""
        css = _properties(given.get("style", ""))
        marker = css.get("mso-list") == "ignore"
        return replace(
            self,
            bold=self._bold(tag, css.get("font-weight", "")),
            italic=_said(css.get("font-style"), self.italic or tag in _ITALIC),
            strike=self.strike or tag in _STRIKE or "line-through" in _decoration(css),
            href=(_typed("link", "href", given.get("href")) or self.href)
            if tag == "a"
            else self.href,
            language=self._language(given.get("lang")),
            hidden=self.hidden or marker or _hidden(given, css),
            marker=marker,
            word_list=css.get("mso-list", "") if tag == "p" else "",
        )

    def _bold(self, tag: str, weight: str) -> bool:
        if tag in _BOLD_ANYWAY:
            return self.bold
        if weight.isdigit():
            return int(weight) >= 600
        return _said(weight, self.bold or tag in _BOLD)

    def _language(self, given: str | None) -> str | None:
        found = _typed("language", "lang", given)
        if found is None:
            return self.language
        first, *rest = found.split("-")
        tag = "-".join(
            [first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)]
        )
        return None if first.lower() == self.base else tag

    def marks(self) -> list[Content]:
        marks: list[Content] = [
            {"type": name} for name in ("bold", "italic", "strike") if getattr(self, name)
        ]
        if self.href:
            marks.append({"type": "link", "attrs": {"href": self.href}})
        if self.language:
            marks.append({"type": "language", "attrs": {"lang": self.language}})
        return marks


def _properties(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _decoration(css: dict[str, str]) -> str:
    return css.get("text-decoration", "") + css.get("text-decoration-line", "")


def _said(value: str | None, otherwise: bool) -> bool:
    """Whether a property says yes or no, or nothing."""
    if value in ("bold", "bolder", "italic", "oblique"):
        return True
    return False if value in ("normal", "lighter") else otherwise


# Words for screen readers, and the numbers of comments beside a text.
_UNREAD = frozenset(["visually-hidden", "comment-sign"])


def _hidden(given: dict[str, str], css: dict[str, str]) -> bool:
    return bool(
        given.get("aria-hidden") == "true"
        or _UNREAD.intersection(given.get("class", "").split())
        or css.get("display") == "none"
        or css.get("mso-hide") == "all"
    )


def _typed(mark: str, attribute: str, value: str | None) -> Any:
    stripped = re.sub(r"\s", "", value or "")
    return typed(nodes.mark(mark)["attributes"][attribute], stripped)
