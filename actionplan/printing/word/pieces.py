"""The smallest pieces of a Word file's text."""

from actionplan.printing.manuscript import written


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p>{properties}{inside}</w:p>"


def text(words: str, marks: str) -> str:
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{written(words)}</w:t></w:r>'


def styled(style: str) -> str:
    return f'<w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/></w:pPr>' if style else ""


def section(*, across: bool) -> str:
    """Its end, with what it was: a page of A4, upright or on its side."""
    width, height = (16838, 11906) if across else (11906, 16838)
    turned = ' w:orient="landscape"' if across else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        '<w:pgMar w:top="1134" w:right="1247" w:bottom="1134" w:left="1247" w:header="567"'
        ' w:footer="567" w:gutter="0"/></w:sectPr>'
    )
