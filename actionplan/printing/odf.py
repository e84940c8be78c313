"""Styles of an OpenDocument file: letters, page, running lines. It has no mark behind a page that
all programs show, so a draft is called one above each.
"""

import re
from collections.abc import Iterable
from html import escape

_NAMED = """
<style:style style:name="Facts" style:family="paragraph" style:parent-style-name="Text_20_body"/>
<style:style style:name="Funding" style:family="paragraph" style:parent-style-name="Text_20_body">
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Draft_20_Mark" style:display-name="Draft Mark" style:family="paragraph"
 style:parent-style-name="Text_20_body">
<style:text-properties fo:font-weight="bold" fo:text-transform="uppercase" fo:color="#b4430f"/>
</style:style>
<style:style style:name="Small_20_Print" style:display-name="Small Print"
 style:family="paragraph" style:parent-style-name="Text_20_body">
<style:text-properties fo:font-size="9pt" fo:color="#54636b"/></style:style>
"""
_LENGTHS = {
    'fo:page-width="8.5in"': 'fo:page-width="21cm"',
    'fo:page-height="11in"': 'fo:page-height="29.7cm"',
    "<style:header-style />": '<style:header-style><style:header-footer-properties'
    ' fo:min-height="0.6cm" fo:margin-bottom="0.3cm"/></style:header-style>',
}  # fmt: skip


def styles(xml: str, *, foot: str, mark: str) -> str:
    xml = re.sub(
        r'style:font-name="(Times New Roman|Thorndale|Albany|Arial)"',
        'style:font-name="Source Sans 3"',
        xml,
    )
    face = (
        '<style:font-face style:name="Source Sans 3"'
        " svg:font-family=\"'Source Sans 3', Calibri, Carlito, sans-serif\"/>"
    )
    xml = xml.replace("</office:font-face-decls>", f"{face}</office:font-face-decls>", 1)
    for before, after in _LENGTHS.items():
        xml = xml.replace(before, after, 1)
    xml = xml.replace("</office:styles>", f"{_NAMED}</office:styles>", 1)
    above = f'<style:header><text:p text:style-name="Draft_20_Mark">{mark}</text:p></style:header>'
    below = (
        f'<style:footer><text:p text:style-name="Small_20_Print">{foot} · '
        '<text:page-number text:select-page="current">1</text:page-number>/'
        "<text:page-count>1</text:page-count></text:p></style:footer>"
    )
    return re.sub(
        r"<style:footer>.*?</style:footer>", (above if mark else "") + below, xml, flags=re.DOTALL
    )


def described(xml: str, alts: Iterable[str]) -> str:
    """Pictures say what they show, in the order in which they stand."""
    said = iter(alts)
    return re.sub(
        r"(<draw:image [^>]*/>)",
        lambda found: f"{found[1]}<svg:desc>{escape(next(said, ''))}</svg:desc>",
        xml,
    )
