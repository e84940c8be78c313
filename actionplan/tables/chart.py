"""A drawing in SVG: as wide as its place, with letters that never shrink.

Across everything is in per cent, down in pixels. In a page the parts have classes and are coloured
by our stylesheet; on paper they carry their colours, and the drawing its size. It says nothing by
colour alone, and nothing that the table beside it doesn't say.
"""

from html import escape

from django.utils.safestring import SafeString, mark_safe

_TEXT, _QUIET, _DO, _ATTENTION = "#1c262b", "#54636b", "#0e6b4c", "#b4430f"
_LINE, _TINT, _STEEL = "#d5dedc", "#f3f6f5", "#7a8a91"
# Typst takes the thinnest cut of a variable font where nothing but the usual weight is asked for.
_USUAL = "font-variation-settings=\"'wght' 400\""
_FONT = "'Source Sans 3', sans-serif"
# What each kind of part looks like on paper; frontend/styles/_live_tables.scss for pages.
PAPER = {
    "words": f'fill="{_TEXT}" font-size="13" {_USUAL}',
    "strong": f'fill="{_TEXT}" font-size="13" font-weight="600"',
    "quiet": f'fill="{_QUIET}" font-size="12" {_USUAL}',
    "now": f'fill="{_ATTENTION}" font-size="12" font-weight="600"',
    "rule": f'stroke="{_LINE}"',
    "track": f'stroke="{_LINE}" stroke-dasharray="1 3"',
    "bar": f'fill="{_DO}"',
    "part": f'fill="#dcebe4" stroke="{_DO}"',
    "planned": f'fill="{_TINT}" stroke="{_STEEL}" stroke-dasharray="4 2"',
    "arrow": f'fill="none" stroke="{_STEEL}"',
    "tip": f'fill="{_STEEL}"',
    "clash": f'fill="none" stroke="{_ATTENTION}" stroke-dasharray="3 2"',
    "clashtip": f'fill="{_ATTENTION}"',
    "today": f'stroke="{_ATTENTION}" stroke-width="2" stroke-dasharray="6 3"',
    "cell0": f'fill="{_TINT}" stroke="{_STEEL}"',
    "cell1": f'fill="#fdebcf" stroke="{_STEEL}"',
    "cell2": f'fill="#fdebcf" stroke="{_ATTENTION}" stroke-width="2"',
}


class Chart:
    WIDTH = 640  # pixels on paper
    PAGE = 860  # of height that fit on one

    def __init__(self, label: str, description: str) -> None:
        self.label = label
        self.description = description
        self.height = 0
        # What stands behind, the shapes, and the letters above all of it.
        self._behind: list[str] = []
        self._parts: list[str] = []
        self._words: list[str] = []

    def box(self, kind: str, x: float, y: float, width: float, height: float) -> None:
        """At least two pixels wide, so that a day can be seen."""
        at = f'x="{x:.2f}%" y="{y:g}" width="{max(width, 0.4):.2f}%" height="{height:g}"'
        self._parts.append(_part("rect", kind, f'{at} rx="2"'))

    def line(self, kind: str, x1: float, y1: float, x2: float, y2: float) -> None:
        layer = self._behind if kind in ("rule", "track") else self._parts
        layer.append(_part("line", kind, f'x1="{x1:.2f}%" y1="{y1:g}" x2="{x2:.2f}%" y2="{y2:g}"'))

    def words(self, kind: str, x: float, y: float, text: str, anchor: str = "start") -> None:
        at = f'x="{x:.2f}%" y="{y:g}" text-anchor="{anchor}"'
        self._words.append(_part("text", kind, at, escape(text)))

    def sign(self, kind: str, x: float, y: float, path: str) -> None:
        """A shape in pixels around a point."""
        shape = f'<path class="plan-chart__{kind}" d="{path}"/>'
        self._parts.append(f'<svg x="{x:.2f}%" y="{y:g}" overflow="visible">{shape}</svg>')

    def svg(self, *, standalone: bool) -> SafeString:
        inside = f"<title>{escape(self.label)}</title><desc>{escape(self.description)}</desc>"
        parts = "".join([*self._behind, *self._parts, *self._words])
        if standalone:
            for kind, look in PAPER.items():
                parts = parts.replace(f'class="plan-chart__{kind}"', look)
            size = f'width="{self.WIDTH}" height="{self.height}"'
            frame = (
                f'xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FONT}" '
                f'viewBox="0 0 {self.WIDTH} {self.height}"'
            )
        else:
            said = escape(f"{self.label}. {self.description}")
            frame = f'class="plan-chart" role="img" aria-label="{said}" height="{self.height}"'
        return mark_safe(f"<svg {frame}>{inside}{parts}</svg>")  # noqa: S308 - parts are escaped


def _part(tag: str, kind: str, at: str, inside: str = "") -> str:
    return f'<{tag} class="plan-chart__{kind}" {at}>{inside}</{tag}>'
