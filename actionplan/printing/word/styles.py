"""Styles of a Word file: letters, colours and distances of a plan's PDF, under Word's own names."""

from actionplan.printing.manuscript import FONT, locale

DEEP, QUIET, LINE, TINT, INK = "0B4F3A", "54636B", "D5DEDC", "F3F6F5", "1C262B"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEADINGS = ((30, DEEP, 0, 160), (25, INK, 300, 100), (22, DEEP, 260, 80), (21, INK, 200, 60))
_DEEPEST = 6
_TERM = 2608  # twips: so wide are the names of facts


def styles(language: str) -> str:
    code = "-".join(filter(None, locale(language)))
    return (
        f'<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="{code}"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:suppressAutoHyphens/>"
        '<w:spacing w:after="120" w:line="269" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{''.join(map(_heading, range(1, _DEEPEST + 1)))}{_PARAGRAPHS}{_CHARACTERS}{_TABLES}"
        "</w:styles>"
    )


def _heading(level: int) -> str:
    size, colour, above, below = _HEADINGS[min(level, len(_HEADINGS)) - 1]
    page = "<w:pageBreakBefore/>" if level == 1 else ""
    return _style(
        f"heading {level}",
        f"<w:keepNext/><w:keepLines/>{page}"
        f'<w:spacing w:before="{above}" w:after="{below}" w:line="240" w:lineRule="auto"/>'
        f'<w:outlineLvl w:val="{level - 1}"/>',
        f'<w:b/><w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
        following="Normal",
    )


def _style(
    name: str, paragraph: str = "", letters: str = "", *, based: str = "Normal", following: str = ""
) -> str:
    """Word knows its own styles by their names; ids have no blanks."""
    words = name.split(" ")
    key = "".join("TOC" if word == "toc" else word[:1].upper() + word[1:] for word in words)
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>{after}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _edge(side: str, colour: str, size: int, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _letters(size: int, colour: str = "", *, bold: bool = False) -> str:
    """``size`` in half points."""
    painted = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{"<w:b/>" * bold}{painted}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _spaced(before: int, after: int, rest: str = "") -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"{rest}/>'


def _listed(level: int) -> str:
    weight = "<w:b/>" if level == 1 else ""
    return _style(
        f"toc {level}",
        '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9411"/></w:tabs>'
        f'{_spaced(120 if level == 1 else 0, 40)}<w:ind w:left="{(level - 1) * 284}"/>',
        weight,
    )


_HANGING = f'<w:tabs><w:tab w:val="left" w:pos="{_TERM}"/></w:tabs>'
_TIGHT = ' w:line="240" w:lineRule="auto"'
_PARAGRAPHS = "".join((
    _style(
        "Funding",
        f'<w:pBdr>{_edge("bottom", DEEP, 6, 6)}</w:pBdr>'
        '<w:tabs><w:tab w:val="right" w:pos="9411"/></w:tabs>'
        f'{_spaced(0, 3600)}<w:textAlignment w:val="center"/>',
        _letters(18, bold=True),
    ),
    _style("Subtitle", _spaced(0, 60), _letters(26, DEEP, bold=True)),
    _style("Title", _spaced(0, 360, _TIGHT), _letters(52, bold=True)),
    _style(
        "Facts", f'{_HANGING}{_spaced(0, 60)}<w:ind w:left="{_TERM}" w:hanging="{_TERM}"/>',
    ),
    _style("Note", _spaced(200, 120)),
    _style("Small Print", _spaced(60, 60, _TIGHT), _letters(17, QUIET)),
    _style("Cite", _spaced(1200, 60, _TIGHT), _letters(17, QUIET), based="SmallPrint"),
    _style("TOC Heading", f"<w:pageBreakBefore/>{_spaced(0, 160)}", _letters(30, DEEP, bold=True)),
    *map(_listed, (1, 2, 3)),
    _style("List Paragraph", f"{_spaced(0, 60)}"),
    _style(
        "Quote",
        f'<w:pBdr>{_edge("left", LINE, 18, 10)}</w:pBdr><w:ind w:left="357"/>', "<w:i/>",
    ),
    _style("Hint", "", f'<w:i/><w:color w:val="{QUIET}"/>'),
    _style("Picture", f"<w:keepNext/>{_spaced(120, 120, _TIGHT)}"),
    _style("caption", f"<w:keepNext/>{_spaced(240, 100, _TIGHT)}", _letters(20, bold=True)),
    _style(
        "Definition Term",
        f'{_HANGING}{_spaced(60, 20)}<w:ind w:left="{_TERM}" w:hanging="{_TERM}"/>', _letters(19),
    ),
    _style("Definition", f'{_spaced(0, 20)}<w:ind w:left="{_TERM}"/>', _letters(19)),
    _style(
        "Table Text",
        f'<w:suppressAutoHyphens w:val="0"/>{_spaced(0, 0, _TIGHT)}', _letters(18),
    ),
    _style("Table Heading", "<w:keepNext/>", "<w:b/>", based="TableText"),
    _style("Table Number", '<w:jc w:val="right"/>', based="TableText"),
    _style("After Table", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>',
           _letters(8)),
    _style("header", _spaced(0, 0)),
    _style(
        "footer", f'<w:tabs><w:tab w:val="right" w:pos="9411"/></w:tabs>{_spaced(0, 0)}',
        _letters(17, QUIET),
    ),
))  # fmt: skip
_CHARACTERS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0E6B4C"/><w:u w:val="single"/></w:rPr></w:style>'
    f'<w:style w:type="character" w:customStyle="1" w:styleId="Name"><w:name w:val="Name"/>'
    f'<w:rPr><w:color w:val="{QUIET}"/></w:rPr></w:style>'
)
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="PlanTable"><w:name w:val="Plan Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>'
    f"{_edge('bottom', LINE, 4)}{_edge('insideH', LINE, 4)}</w:tblBorders><w:tblCellMar>"
    '<w:top w:w="57" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    f"{_edge('bottom', DEEP, 8)}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
)
