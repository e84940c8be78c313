"""Parts of a Word file beside its text and styles: lists, lines above and below, what is where."""

from collections.abc import Iterable, Mapping

from actionplan.printing.manuscript import FONT, Manuscript, Picture, locale, written
from actionplan.printing.word.setting import BULLETS, DEEPEST, STEP
from actionplan.printing.word.styles import MAIN

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}/relationships" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    f' xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main"'
    f' xmlns:pic="{_DRAWING}/picture"'
)
_OWN = ("styles", "numbering", "settings", "fontTable", "header", "footer")
_SIGNS = ("•", "–", "▪")


def numbering(starts: Iterable[tuple[int, int]]) -> str:
    """One list with signs, and one for each that has numbers: (its depth, where it begins)."""
    bullets = "".join(_level(n, "bullet", _SIGNS[n % len(_SIGNS)]) for n in range(DEEPEST + 1))
    numbers = "".join(_level(n, "decimal", f"%{n + 1}.") for n in range(DEEPEST + 1))
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{depth}">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, (depth, start) in enumerate(starts, BULLETS + 1)
    )
    return (
        f'<w:numbering xmlns:w="{MAIN}"><w:abstractNum w:abstractNumId="0">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{bullets}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>'
        f'{numbers}</w:abstractNum><w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'
        f"{lists}</w:numbering>"
    )


def _level(n: int, kind: str, sign: str) -> str:
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/><w:pPr><w:ind'
        f' w:left="{STEP * (n + 1)}" w:hanging="{STEP}"/></w:pPr></w:lvl>'
    )


def settings(language: str) -> str:
    """Words are cut in tables alone: other styles say that theirs are not."""
    code = "-".join(filter(None, locale(language)))
    return (
        f'<w:settings xmlns:w="{MAIN}"><w:defaultTabStop w:val="709"/><w:autoHyphenation/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{code}"/></w:settings>'
    )


def font_table() -> str:
    """Where it isn't installed, one of the same widths is taken."""
    return (
        f'<w:fonts xmlns:w="{MAIN}"><w:font w:name="{FONT}"><w:altName w:val="Carlito"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def header(mark: str) -> str:
    """``mark`` lies large and pale behind each page, as Word's own watermarks do."""
    shape = (
        "<w:r><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="PowerPlusWaterMarkObject" o:spid="_x0000_s2049" type="#_x0000_t136"'
        ' style="position:absolute;width:420pt;height:105pt;rotation:315;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f"'
        ' fillcolor="#e8ecea" stroked="f">'
        f'<v:textpath style="font-family:&quot;{FONT}&quot;;font-size:1pt"'
        f' string="{written(mark)}"/></v:shape></w:pict></w:r>'
    )
    return _line("hdr", "Header", shape if mark else "")


def footer(script: Manuscript) -> str:
    """``{number}`` and ``{total}`` become what Word counts."""
    counted = f'<w:r><w:tab/><w:t xml:space="preserve">{written(script.page)}</w:t></w:r>'
    for name, field in (("{number}", "PAGE"), ("{total}", "NUMPAGES")):
        counted = counted.replace(
            name,
            f'</w:t></w:r><w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            '<w:r><w:t xml:space="preserve">',
        )
    words = f'<w:r><w:t xml:space="preserve">{written(script.cover.foot)}</w:t></w:r>'
    return _line("ftr", "Footer", words + counted)


def _line(name: str, style: str, inside: str) -> str:
    return (
        f'<w:{name} {NAMESPACES} xmlns:w10="urn:schemas-microsoft-com:office:word"><w:p><w:pPr>'
        f'<w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p></w:{name}>'
    )


def core(script: Manuscript) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{written(script.title)}</dc:title>"
        f"<dc:creator>{written(script.portal)}</dc:creator>"
        f"<dc:language>{written(script.language)}</dc:language></cp:coreProperties>"
    )


def content_types() -> str:
    kinds = {"document": "document.main", **{name: name for name in _OWN}}
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    core_type = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="jpg" ContentType="image/jpeg"/>'
        f'{parts}<Override PartName="/docProps/core.xml" ContentType="{core_type}"/></Types>'
    )


def package_relations() -> str:
    return _relations((
        _relation("rId1", f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
        _relation(
            "rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"
        ),
    ))  # fmt: skip


def relations(links: Mapping[str, str], pictures: Mapping[str, Picture]) -> str:
    own = (
        _relation(
            f"rId{name[0].upper()}{name[1:]}", f"{OFFICE}/relationships/{name}", f"{name}.xml"
        )
        for name in _OWN
    )
    shown = (
        _relation(key, f"{OFFICE}/relationships/image", f"media/{one.name}")
        for key, one in pictures.items()
    )
    linked = (
        _relation(key, f"{OFFICE}/relationships/hyperlink", address, ' TargetMode="External"')
        for address, key in links.items()
    )
    return _relations([*own, *shown, *linked])


def _relations(inside: Iterable[str]) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(inside)}</Relationships>'


def _relation(key: str, kind: str, target: str, mode: str = "") -> str:
    return f'<Relationship Id="{key}" Type="{kind}" Target="{written(target)}"{mode}/>'
