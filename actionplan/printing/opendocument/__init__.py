"""The plan as an OpenDocument file, written part by part."""

import io
import zipfile
from collections.abc import Iterator

from actionplan.printing.manuscript import EMBLEM, Manuscript, emblem, written
from actionplan.printing.opendocument.setting import Place, Setter, link, words
from actionplan.printing.opendocument.styles import CELLS, FACES, styles
from in4green.common.documents import word

TYPE = "application/vnd.oasis.opendocument.text"
_NAMES = {
    "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible", "meta": "meta",
}  # fmt: skip
_NAMESPACES = " ".join((
    *(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
      for short, name in _NAMES.items()),
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'office:version="1.3"',
))  # fmt: skip
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BEHIND = "Pictures/draft.png"
_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><text x="200" y="200"'
    ' text-anchor="middle" font-family="\'Source Sans 3\'" font-weight="700" font-size="88"'
    ' fill="#e8ecea" transform="rotate(-52 200 200)">%s</text></svg>'
)


def as_opendocument(script: Manuscript) -> bytes:
    setter = Setter(script)
    body = "".join((*_cover(setter), *_contents(setter), *setter.blocks(script.blocks, Place())))
    own = "".join(definition for _name, definition in setter.styles.values())
    mark = script.cover.watermark
    pictures = {f"Pictures/{name}": one.content for name, one in setter.pictures.items()}
    if mark:
        pictures[_BEHIND] = word.pixels((_MARK % written(mark)).encode(), width=400)
    files = {
        "content.xml": _document(
            "content",
            f"{FACES}<office:automatic-styles>{CELLS}{own}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body>",
        ),
        "styles.xml": _document("styles", styles(script, _BEHIND if mark else "")),
        "meta.xml": _document("meta", _meta(script)),
        "META-INF/manifest.xml": _manifest(pictures),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", TYPE, zipfile.ZIP_STORED)  # first, so that anybody can tell
        for name, content in files.items():
            archive.writestr(name, _DECLARATION + content)
        for name, picture in pictures.items():
            archive.writestr(name, picture, zipfile.ZIP_STORED)
    return made.getvalue()


def _document(kind: str, inside: str) -> str:
    return f"<office:document-{kind} {_NAMESPACES}>{inside}</office:document-{kind}>"


def _meta(script: Manuscript) -> str:
    return (
        f"<office:meta><dc:title>{written(script.title)}</dc:title>"
        f"<dc:creator>{written(script.portal)}</dc:creator>"
        f"<dc:language>{written(script.language)}</dc:language></office:meta>"
    )


def _manifest(pictures: dict[str, bytes]) -> str:
    kinds = {"/": TYPE, **dict.fromkeys(("content.xml", "styles.xml", "meta.xml"), "text/xml")}
    kinds |= {name: "image/jpeg" if name.endswith(".jpg") else "image/png" for name in pictures}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in kinds.items()
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return (
        f'<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">{entries}'
        "</manifest:manifest>"
    )


def _cover(setter: Setter) -> Iterator[str]:
    script = setter.script
    shown, said = script.thanks
    flag = setter.drawing(emblem(), shown, EMBLEM)
    yield setter.set(f"{flag}{words(f'  {said}')}<text:tab/>{words(script.portal)}", "Funding")
    yield setter.set(words(script.cover.kicker), "Subtitle")
    yield setter.set(words(script.title), "Title")
    for name, value in script.cover.facts:
        named = f'<text:span text:style-name="Name">{words(name)}</text:span>'
        yield setter.set(f"{named}<text:tab/>{words(value)}", "Facts")
    if script.cover.note:
        yield setter.set(words(script.cover.note), "Note")
    for n, said in enumerate(script.cover.last):
        yield setter.set(words(said), "Small Print" if n else "Cite")


def _contents(setter: Setter) -> Iterator[str]:
    script = setter.script
    if not script.contents:
        return
    levels = "".join(
        f'<text:table-of-content-entry-template text:outline-level="{level}"'
        f' text:style-name="Contents_20_{level}"><text:index-entry-link-start/>'
        "<text:index-entry-chapter/><text:index-entry-text/><text:index-entry-tab-stop"
        ' style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
        "<text:index-entry-link-end/></text:table-of-content-entry-template>"
        for level in (1, 2, 3)
    )
    title = words(script.cover.contents)
    yield (
        '<text:table-of-content text:name="Contents" text:protected="false">'
        '<text:table-of-content-source text:outline-level="3">'
        '<text:index-title-template text:style-name="Contents_20_Heading">'
        f"{title}</text:index-title-template>{levels}</text:table-of-content-source>"
        '<text:index-body><text:index-title text:name="Contents_Head">'
        f"{setter.set(title, 'Contents Heading')}</text:index-title>"
    )
    for one in script.contents:
        page = (
            f'<text:bookmark-ref text:reference-format="page" text:ref-name="{one.anchor}">'
            "</text:bookmark-ref>"
        )
        entry = link(f"#{one.anchor}", f"{words(one.text)}<text:tab/>{page}", "Index Link")
        yield setter.set(entry, f"Contents {one.level}")
    yield "</text:index-body></text:table-of-content>"
