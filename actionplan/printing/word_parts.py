"""Parts of a Word file: styles, page, the line at its foot and the mark of a draft behind it."""

import re

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = (
    f'xmlns:w="{_MAIN}" xmlns:r="{_RELATIONS}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_DEEP, _LINE = "0B4F3A", "D5DEDC"


def _paragraph_style(name: str, paragraph: str, letters: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


_STYLES = (
    _paragraph_style("Facts", '<w:spacing w:after="60"/>', '<w:sz w:val="22"/>')
    + _paragraph_style(
        "Small Print", '<w:spacing w:before="60" w:after="60"/>',
        '<w:color w:val="54636B"/><w:sz w:val="18"/>',
    )
    + _paragraph_style("Funding", '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="20"/>')
    + _paragraph_style(
        "Draft Mark", '<w:spacing w:after="120"/>', '<w:b/><w:caps/><w:color w:val="B4430F"/>'
    )
)  # fmt: skip
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
    for side in ("bottom", "insideH")
)


def styles(xml: str) -> str:
    """Our colour and sizes; highest headings begin a page; tables have lines and a bold head."""
    xml = re.sub(r'<w:color w:val="0F4761"[^>]*/>', f'<w:color w:val="{_DEEP}"/>', xml)
    xml = xml.replace('<w:sz w:val="24" />', '<w:sz w:val="21"/>', 1)
    xml = xml.replace('<w:sz w:val="40" />', '<w:sz w:val="32"/>').replace(
        '<w:szCs w:val="40" />', '<w:szCs w:val="32"/>'
    )
    xml = re.sub(
        r'(w:styleId="Heading1">.*?<w:keepLines />)', r"\1<w:pageBreakBefore/>", xml, count=1,
        flags=re.DOTALL,
    )  # fmt: skip
    xml = re.sub(r'(w:styleId="Title">.*?)<w:jc w:val="center" />', r"\1", xml, flags=re.DOTALL)
    xml = re.sub(r'(w:styleId="Subtitle">.*?)<w:jc w:val="center" />', r"\1", xml, flags=re.DOTALL)
    xml = xml.replace(
        '<w:tblInd w:w="0" w:type="dxa" />',
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{_LINES}</w:tblBorders>',
        1,
    )
    xml = xml.replace(
        '<w:tblStylePr w:type="firstRow">',
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>',
        1,
    )
    return xml.replace("</w:styles>", f"{_STYLES}</w:styles>")


def font_table(xml: str) -> str:
    """Where ours isn't installed, one of the same widths is taken."""
    ours = '<w:altName w:val="Calibri"/><w:family w:val="swiss"/>'
    return xml.replace("</w:fonts>", f'<w:font w:name="Source Sans 3">{ours}</w:font></w:fonts>')


def page(xml: str) -> str:
    lines = (
        '<w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
    )
    size = (
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1247" w:bottom="1134"'
        ' w:left="1247" w:header="567" w:footer="567" w:gutter="0"/>'
    )
    xml = xml.replace("<w:sectPr>", f"<w:sectPr>{lines}", 1)
    return xml.replace("</w:sectPr>", f"{size}</w:sectPr>", 1)


def content_types(xml: str) -> str:
    parts = "".join(
        f'<Override PartName="/word/{kind}1.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for kind in ("header", "footer")
    )
    return xml.replace("</Types>", f"{parts}</Types>")


def relations(xml: str) -> str:
    added = "".join(
        f'<Relationship Id="rId{kind.capitalize()}" Type="{_RELATIONS}/{kind}"'
        f' Target="{kind}1.xml"/>'
        for kind in ("header", "footer")
    )
    return xml.replace("</Relationships>", f"{added}</Relationships>")


def header(mark: str) -> str:
    """``mark`` lies large and pale behind each page, as Word's own watermarks do."""
    shape = (
        "<w:r><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="PowerPlusWaterMarkObject" o:spid="_x0000_s2049" type="#_x0000_t136"'
        ' style="position:absolute;width:420pt;height:120pt;rotation:315;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f"'
        ' fillcolor="#e2e7e5" stroked="f">'
        f'<v:textpath style="font-family:&quot;Source Sans 3&quot;;font-size:1pt" string="{mark}"/>'
        "</v:shape></w:pict></w:r>"
    )
    return _part("hdr", shape if mark else "")


def footer(words: str) -> str:
    return _part("ftr", f"<w:r><w:t xml:space='preserve'>{words} · </w:t></w:r>{_field('PAGE')}"
                        f"<w:r><w:t>/</w:t></w:r>{_field('NUMPAGES')}")  # fmt: skip


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _part(name: str, inside: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:{name} {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="SmallPrint"/></w:pPr>{inside}</w:p>'
        f"</w:{name}>"
    )


def without_sources(xml: str) -> str:
    """Pandoc names a picture by where it came from, which here is all of it once more."""
    return re.sub(r' descr="data:[^"]*"', "", xml)
