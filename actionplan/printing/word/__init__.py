"""The plan as a Word file, written part by part: each style, heading, table and picture is what
Word itself would have made of it.
"""

import io
import zipfile
from collections.abc import Iterator

from actionplan.printing.manuscript import EMBLEM, Heading, Manuscript, emblem, written
from actionplan.printing.word import parts
from actionplan.printing.word.pieces import paragraph, section, styled, text
from actionplan.printing.word.setting import Place, Setter
from actionplan.printing.word.styles import styles

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def as_word(script: Manuscript) -> bytes:
    setter = Setter(script)
    body = "".join((*_cover(setter), *_contents(script), *setter.blocks(script.blocks, Place())))
    files = {
        "[Content_Types].xml": parts.content_types(),
        "_rels/.rels": parts.package_relations(),
        "docProps/core.xml": parts.core(script),
        "word/document.xml": (
            f"<w:document {parts.NAMESPACES}><w:body>{body}{section(across=False)}</w:body>"
            "</w:document>"
        ),
        "word/_rels/document.xml.rels": parts.relations(setter.links, setter.pictures),
        "word/styles.xml": styles(script.language),
        "word/numbering.xml": parts.numbering(setter.starts),
        "word/settings.xml": parts.settings(script.language),
        "word/fontTable.xml": parts.font_table(),
        "word/header.xml": parts.header(script.cover.watermark or ""),
        "word/footer.xml": parts.footer(script),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, _DECLARATION + content)
        for picture in setter.pictures.values():
            archive.writestr(f"word/media/{picture.name}", picture.content, zipfile.ZIP_STORED)
    return made.getvalue()


def _cover(setter: Setter) -> Iterator[str]:
    script = setter.script
    shown, said = script.thanks
    flag = setter.drawing(emblem(), shown, EMBLEM)
    yield paragraph(
        f"<w:r>{flag}</w:r>{text(f'  {said}', '')}<w:r><w:tab/></w:r>{text(script.portal, '')}",
        styled("Funding"),
    )
    yield paragraph(text(script.cover.kicker, ""), styled("Subtitle"))
    yield paragraph(text(script.title, ""), styled("Title"))
    for name, value in script.cover.facts:
        named = text(name, '<w:rStyle w:val="Name"/>')
        yield paragraph(f"{named}<w:r><w:tab/></w:r>{text(value, '')}", styled("Facts"))
    if script.cover.note:
        yield paragraph(text(script.cover.note, ""), styled("Note"))
    for n, words in enumerate(script.cover.last):
        yield paragraph(text(words, ""), styled("Small Print" if n else "Cite"))


def _contents(script: Manuscript) -> Iterator[str]:
    """A list of links, which Word renews with page numbers when somebody asks it to."""
    if not script.contents:
        return
    yield (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
    )
    yield paragraph(text(script.cover.contents, ""), styled("TOC Heading"))
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        ' TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    for one in script.contents:
        yield paragraph(begin + _entry(one), styled(f"TOC{one.level}"))
        begin = ""
    yield paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    yield "</w:sdtContent></w:sdt>"


def _entry(heading: Heading) -> str:
    return (
        f'<w:hyperlink w:anchor="{written(heading.anchor)}" w:history="1">'
        f"{text(heading.text, '')}</w:hyperlink>"
    )
