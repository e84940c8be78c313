"""Styles of an OpenDocument file: letters, colours and distances of a plan's PDF, under the names
that LibreOffice has for them.
"""

from actionplan.printing.manuscript import FONT, Manuscript, locale, written
from actionplan.printing.opendocument.setting import ACROSS, UPRIGHT, named

DEEP, QUIET, LINE, TINT, INK = "#0b4f3a", "#54636b", "#d5dedc", "#f3f6f5", "#1c262b"
FACES = (
    f'<office:font-face-decls><style:font-face style:name="{FONT}" svg:font-family="{FONT}"'
    ' style:font-family-generic="swiss"/></office:font-face-decls>'
)
BEHIND = "Draft"  # the drawing on the pages of one
_DEEPEST, _LISTS = 6, 10
_TERM = "4.6cm"  # so wide are the names of facts
_HEADINGS = ((15, DEEP, 0, 0.28), (12.5, INK, 0.4, 0.18), (11, DEEP, 0.36, 0.14),
             (10.5, INK, 0.28, 0.1))  # fmt: skip
_HANGING = (
    f'fo:margin-left="{_TERM}" fo:text-indent="-{_TERM}"',
    '<style:tab-stops><style:tab-stop style:position="0cm"/></style:tab-stops>',
)


def styles(script: Manuscript, background: str) -> str:
    """``background``: the name of a drawing behind each page, or nothing."""
    code, country = locale(script.language)
    return (
        f"{FACES}<office:styles>"
        '<style:default-style style:family="paragraph"><style:paragraph-properties'
        ' fo:orphans="2" fo:widows="2" style:tab-stop-distance="1.25cm"/><style:text-properties'
        f' style:font-name="{FONT}" fo:font-size="10.5pt" fo:color="{INK}" fo:language="{code}"'
        f' fo:country="{country or "none"}" fo:hyphenate="false"/></style:default-style>'
        '<style:default-style style:family="graphic"/>'
        f"{''.join(_heading(level) for level in range(1, _DEEPEST + 1))}{_PARAGRAPHS}{_TEXTS}"
        f"{_lists()}{_outline()}{_behind(background)}</office:styles><office:automatic-styles>"
        f"{_page('Upright', 21, 29.7, background)}{_page('Sideways', 29.7, 21, background)}"
        "</office:automatic-styles><office:master-styles>"
        f"{_master(UPRIGHT, 'Upright', script)}{_master(ACROSS, 'Sideways', script)}"
        "</office:master-styles>"
    )


def _style(
    name: str, paragraph: str = "", letters: str = "", *, based: str = "Standard",
    following: str = "", inside: str = "",
) -> str:  # fmt: skip
    after = f' style:next-style-name="{named(following)}"' if following else ""
    return (
        f'<style:style style:name="{named(name)}" style:display-name="{name}"'
        f' style:family="paragraph" style:parent-style-name="{named(based)}"{after}>'
        f"<style:paragraph-properties {paragraph}>{inside}</style:paragraph-properties>"
        f"<style:text-properties {letters}/></style:style>"
    )


def _heading(level: int) -> str:
    size, colour, above, below = _HEADINGS[min(level, len(_HEADINGS)) - 1]
    page = ' fo:break-before="page"' if level == 1 else ""
    made = _style(
        f"Heading {level}",
        f'fo:margin-top="{above}cm" fo:margin-bottom="{below}cm" fo:keep-with-next="always"{page}',
        f'fo:font-size="{size}pt" fo:font-weight="bold" fo:color="{colour}"',
        based="Heading",
        following="Text body",
    )
    return made.replace(
        ' style:family="paragraph"',
        f' style:family="paragraph" style:default-outline-level="{level}"', 1,
    )  # fmt: skip


def _spaced(above: float, below: float) -> str:
    return f'fo:margin-top="{above}cm" fo:margin-bottom="{below}cm"'


def _letters(size: float, colour: str = INK, *, bold: bool = False) -> str:
    weight = ' fo:font-weight="bold"' if bold else ""
    return f'fo:font-size="{size}pt" fo:color="{colour}"{weight}'


def _listed(level: int) -> str:
    stop = (
        '<style:tab-stops><style:tab-stop style:position="{}cm" style:type="right"'
        ' style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
    )
    indent = (level - 1) * 0.5
    return _style(
        f"Contents {level}",
        f'{_spaced(0.2 if level == 1 else 0, 0.07)} fo:margin-left="{indent}cm"',
        'fo:font-weight="bold"' if level == 1 else "",
        inside=stop.format(16.6 - indent),
    )


_PARAGRAPHS = "".join((
    '<style:style style:name="Standard" style:family="paragraph"/>',
    _style("Text body", f'{_spaced(0, 0.21)} fo:line-height="115%"'),
    _style("Heading", 'fo:keep-with-next="always"'),
    _style(
        "Funding",
        f'{_spaced(0, 6.3)} fo:padding-bottom="0.2cm" fo:border-bottom="0.75pt solid {DEEP}"'
        ' style:vertical-align="middle"',
        _letters(9, bold=True),
        inside='<style:tab-stops><style:tab-stop style:position="16.6cm" style:type="right"/>'
        "</style:tab-stops>",
    ),
    _style("Subtitle", _spaced(0, 0.1), _letters(13, DEEP, bold=True)),
    _style("Title", _spaced(0, 0.63), _letters(26, bold=True)),
    _style("Facts", f"{_spaced(0, 0.1)} {_HANGING[0]}", inside=_HANGING[1]),
    _style("Note", f'{_spaced(0.35, 0.21)} fo:line-height="115%"'),
    _style("Small Print", _spaced(0.1, 0.1), _letters(8.5, QUIET)),
    _style("Cite", _spaced(2.1, 0.1), based="Small Print"),
    _style("Draft Mark", "", 'fo:font-weight="bold" fo:text-transform="uppercase"'
           ' fo:color="#b4430f"'),
    _style("Contents Heading", f'{_spaced(0, 0.28)} fo:break-before="page"',
           _letters(15, DEEP, bold=True)),
    *map(_listed, (1, 2, 3)),
    _style("List", f'{_spaced(0, 0.1)} fo:line-height="115%"'),
    _style(
        "Quotations",
        f'{_spaced(0, 0.21)} fo:margin-left="0.63cm" fo:padding-left="0.3cm"'
        f' fo:border-left="2pt solid {LINE}"', 'fo:font-style="italic"',
    ),
    _style("Hint", _spaced(0, 0.21), f'fo:font-style="italic" fo:color="{QUIET}"'),
    _style("Figure", f'{_spaced(0.21, 0.21)} fo:keep-with-next="always"'),
    _style("Caption", f'{_spaced(0.42, 0.18)} fo:keep-with-next="always"',
           _letters(10, bold=True)),
    _style("Table", based="Caption"),
    _style("Definition Term", f"{_spaced(0.1, 0.04)} {_HANGING[0]}", _letters(9.5),
           inside=_HANGING[1]),
    _style("Definition", f'{_spaced(0, 0.04)} fo:margin-left="{_TERM}"', _letters(9.5)),
    _style("Table Contents", "", f'{_letters(9)} fo:hyphenate="true"'
           ' fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"'),
    _style("Table Heading", "", 'fo:font-weight="bold"', based="Table Contents"),
    _style("Table Number", 'fo:text-align="end"', based="Table Contents"),
    _style("After Table", 'fo:line-height="0.25cm"', _letters(2)),
    _style("Header"),
    _style(
        "Footer", "", _letters(8.5, QUIET),
        inside='<style:tab-stops><style:tab-stop style:position="16.6cm" style:type="right"/>'
        "</style:tab-stops>",
    ),
))  # fmt: skip
_TEXTS = (
    '<style:style style:name="Index_20_Link" style:display-name="Index Link"'
    ' style:family="text"/><style:style style:name="Strong" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Name" style:family="text">'
    f'<style:text-properties fo:color="{QUIET}"/></style:style>'
    '<style:style style:name="Internet_20_link" style:display-name="Internet link"'
    ' style:family="text"><style:text-properties fo:color="#0e6b4c"'
    ' style:text-underline-style="solid"/></style:style>'
)
CELLS = (
    '<style:style style:name="Row" style:family="table-row"><style:table-row-properties'
    ' fo:keep-together="always"/></style:style>'
    '<style:style style:name="Picture" style:family="graphic"><style:graphic-properties'
    ' style:vertical-pos="middle" style:vertical-rel="line" fo:border="none"/></style:style>'
    + "".join(
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties'
        f' fo:padding-top="0.1cm" fo:padding-bottom="0.1cm"'
        f' fo:padding-left="0.15cm" fo:padding-right="0.15cm" fo:border-bottom="{edge}"{more}/>'
        "</style:style>"
        for name, edge, more in (
            ("HeadCell", f"1pt solid {DEEP}", ""),
            ("GroupCell", f"0.5pt solid {LINE}", f' fo:background-color="{TINT}"'),
            ("Cell", f"0.5pt solid {LINE}", ""),
        )
    )
)


def _lists() -> str:
    def level(n: int, kind: str, sign: str) -> str:
        return (
            f'<text:list-level-style-{kind} text:level="{n}" {sign}><style:list-level-properties'
            ' text:list-level-position-and-space-mode="label-alignment">'
            '<style:list-level-label-alignment text:label-followed-by="listtab"'
            f' fo:text-indent="-0.63cm" fo:margin-left="{0.63 * n:.2f}cm"/>'
            f"</style:list-level-properties></text:list-level-style-{kind}>"
        )

    kinds = {
        "List 1": ("bullet", [f'text:bullet-char="{sign}"' for sign in "•–▪"]),
        "Numbering 1": ("number", ['style:num-suffix="." style:num-format="1"']),
        "Tasks": ("number", ['style:num-format=""']),
    }
    return "".join(
        f'<text:list-style style:name="{named(name)}" style:display-name="{name}">'
        f"{''.join(level(n, kind, signs[n % len(signs) - 1]) for n in range(1, _LISTS + 1))}"
        "</text:list-style>"
        for name, (kind, signs) in kinds.items()
    )


def _outline() -> str:
    """Numbers of sections are words of their titles."""
    levels = "".join(
        f'<text:outline-level-style text:level="{n}" style:num-format=""/>'
        for n in range(1, _LISTS + 1)
    )
    return f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'


def _behind(drawing: str) -> str:
    if not drawing:
        return ""
    return (
        f'<draw:fill-image draw:name="{BEHIND}" xlink:href="{drawing}" xlink:type="simple"'
        ' xlink:show="embed" xlink:actuate="onLoad"/>'
    )


def _page(name: str, width: float, height: float, background: str) -> str:
    drawn = ""
    if background:
        drawn = (
            f' draw:fill="bitmap" draw:fill-image-name="{BEHIND}" style:repeat="no-repeat"'
            ' draw:fill-image-width="17cm" draw:fill-image-height="17cm"'
            ' draw:fill-image-ref-point="center"'
        )
    turned = "landscape" if width > height else "portrait"
    return (
        f'<style:page-layout style:name="{name}"><style:page-layout-properties'
        f' fo:page-width="{width}cm" fo:page-height="{height}cm"'
        f' style:print-orientation="{turned}" fo:margin-top="1.5cm" fo:margin-bottom="1.4cm"'
        f' fo:margin-left="2.2cm" fo:margin-right="2.2cm"{drawn}/>'
        '<style:header-style><style:header-footer-properties fo:min-height="0.6cm"'
        ' fo:margin-bottom="0.2cm"/></style:header-style><style:footer-style>'
        '<style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.3cm"/>'
        "</style:footer-style></style:page-layout>"
    )


def _master(name: str, layout: str, script: Manuscript) -> str:
    mark = script.cover.watermark
    above = f'<style:header><text:p text:style-name="Draft_20_Mark">{written(mark)}</text:p>'
    counted = (
        written(script.page)
        .replace("{number}", '<text:page-number text:select-page="current">1</text:page-number>')
        .replace("{total}", "<text:page-count>1</text:page-count>")
    )
    return (
        f'<style:master-page style:name="{name}" style:page-layout-name="{layout}">'
        f"{f'{above}</style:header>' if mark else ''}<style:footer>"
        f'<text:p text:style-name="Footer">{written(script.cover.foot)}<text:tab/>{counted}'
        "</text:p></style:footer></style:master-page>"
    )
