import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from in4green.common.documents import (
    Unprintable,
    docx,
    docx_response,
    pdf,
    pdf_response,
    word,
)
from in4green.common.documents.fonts import letters
from in4green.common.documents.word import TooMuch, pandoc

TEMPLATE = "documents/writing.typ"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PICTURE = Path(__file__).parents[2] / "static/img/favicon.png"
SMALLEST_PICTURE = PICTURE.read_bytes()


def text(words, **marks):
    return {"kind": "text", "text": words, **marks}


def paragraph(*runs):
    return {
        "kind": "paragraph",
        "runs": [text(run) if isinstance(run, str) else run for run in runs],
    }


def cell(words, *, header=False):
    return {"header": header, "colspan": 1, "rowspan": 1, "blocks": [paragraph(words)]}


def printed(*blocks, facts=(), **options):
    with translation.override("de"):
        made = pdf(TEMPLATE, {"facts": facts, "blocks": blocks}, title="Bericht", **options)
    return pikepdf.open(io.BytesIO(made))


def tags(document):
    """Names of the structure's elements, parents before their children."""
    return [str(element.S)[1:] for element in elements(document.Root.StructTreeRoot.K)]


def elements(tree):
    for each in tree if isinstance(tree, pikepdf.Array) else [tree]:
        if isinstance(each, pikepdf.Dictionary) and "/S" in each:
            yield each
            yield from elements(each.get("/K", pikepdf.Array()))


def streams(document):
    return b"".join(page.Contents.read_bytes() for page in document.pages)


def test_a_document_says_title_language_and_standards_and_is_tagged():
    document = printed(paragraph("Text"))

    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Bericht"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
    assert document.Root.Lang == "de"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert document.Root.MarkInfo.Marked


def test_the_european_union_is_thanked_above_the_title():
    document = printed()
    found = list(elements(document.Root.StructTreeRoot.K))
    names = [str(each.S) for each in found]

    assert str(found[names.index("/Figure")].Alt) == "Flagge der Europäischen Union"
    assert names.index("/Figure") < names.index("/Title")


def test_lists_tables_quotes_and_headings_are_tagged_as_such():
    document = printed(
        {"kind": "heading", "level": 1, "runs": [text("Eins")]},
        {"kind": "bullets", "items": [[paragraph("a")]]},
        {"kind": "numbers", "start": 3, "items": [[paragraph("c")]]},
        {"kind": "quote", "blocks": [paragraph("Zitat")]},
        {
            "kind": "table",
            "columns": 1,
            "head": [[cell("Kopf", header=True)]],
            "body": [[cell("Zelle")]],
        },
    )
    after_title = tags(document)[tags(document).index("Title") + 1 :]

    shown = [name for name in after_title if name not in ("Div", "Span", "P")]
    assert " ".join(shown) == (
        "H1 L LI Lbl LBody L LI Lbl LBody BlockQuote Table THead TR TH Strong TBody TR TD"
    )


def test_a_picture_carries_its_description():
    part = {
        "kind": "image",
        "source": "/one.png",
        "alt": "Ein Punkt",
        "language": None,
        "width": 20,
    }
    document = printed(part, images={"one.png": SMALLEST_PICTURE})
    found = elements(document.Root.StructTreeRoot.K)

    assert [str(each.Alt) for each in found if "/Alt" in each][1:] == ["Ein Punkt"]


def test_a_picture_without_a_description_is_refused_by_name():
    part = {"kind": "image", "source": "/one.png", "alt": None, "language": None, "width": 20}

    with pytest.raises(Unprintable, match=r"documents/writing\.typ: .*PDF/UA-1 error: missing alt"):
        printed(part, images={"one.png": SMALLEST_PICTURE})


def test_a_passage_keeps_its_language():
    passage = text("words", language="en")

    assert b"/Lang(en)" in streams(printed(paragraph("Worte: ", passage)))
    assert b"/Lang(en)" not in streams(printed(paragraph("Worte: ", "words")))


def test_what_people_typed_is_never_a_command():
    attack = '#image("/etc/passwd") $x$ *a* _b_ = c \\ <d> @e // f'

    printed(paragraph(attack), facts=[[attack, attack]])


def test_a_template_reaches_no_file_of_the_machine():
    part = {"kind": "image", "source": "/LICENSE", "alt": "x", "language": None, "width": 20}

    with pytest.raises(Unprintable, match="file not found"):
        printed(part)


@pytest.mark.parametrize("names", ["Ελένη", "Žďár", "Dąbrowa Górnicza", "Đurđević", "Größe ☐ ☑"])
def test_the_cities_languages_have_their_letters(names):
    assert set(map(ord, names)) <= letters() | {32}


@pytest.mark.parametrize("typed", ["🙂", "中文", "شكرا"])
def test_letters_that_the_typeface_lacks_keep_no_document_from_being_made(typed):
    # The sentence that explains the squares is one paragraph more.
    with_squares, without = printed(paragraph(typed)), printed(paragraph("x"))

    assert tags(with_squares).count("P") == tags(without).count("P") + 1


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\ufe0f", "\u200d", "\t", "\u00a0", "\x00"])
def test_what_nobody_sees_is_no_square(unseen):
    assert tags(printed(paragraph(f"a{unseen}b"))) == tags(printed(paragraph("ab")))


def test_the_same_data_at_the_same_time_give_the_same_bytes():
    data = {"facts": [], "blocks": [paragraph("x")]}

    assert pdf(TEMPLATE, data, title="A", at=NOON) == pdf(TEMPLATE, data, title="A", at=NOON)


def test_a_pdf_is_opened_by_the_browser():
    response = pdf_response("liste", b"%PDF")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="liste.pdf"'


HTML = (
    '<h2>Eins</h2><p>Ein <strong>Wort</strong> <span lang="en">passage</span></p>'
    "<table><thead><tr><th>Kopf</th></tr></thead><tbody><tr><td>Zelle</td></tr></tbody></table>"
)


def parts(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_a_word_file_has_title_language_headings_and_table_heads():
    with translation.override("de"):
        found = parts(docx(HTML, title="Bericht <1>"))
    document = found["word/document.xml"]

    assert "<dc:title>Bericht &lt;1&gt;</dc:title>" in found["docProps/core.xml"]
    assert '<w:pStyle w:val="Heading1" />' in document
    assert "<w:tblHeader" in document
    assert '<w:lang w:val="en" />' in document
    assert 'w:val="de"' in found["word/styles.xml"]
    assert 'descr="Flagge der Europäischen Union"' in document
    assert "Kofinanziert von der Europäischen Union" in document


def test_a_word_file_reads_back_as_it_was_written():
    with translation.override("de"):
        lines = pandoc(docx(HTML, title="Bericht"), "--from=docx", "--to=plain").decode()

    assert "Ein Wort passage" in lines
    assert "Zelle" in lines


def test_pandoc_reads_no_file_of_the_machine():
    found = parts(docx(f'<p>a <img src="{PICTURE}" alt="x"></p>', title="T"))

    assert [name for name in found if "media" in name] == ["word/media/rId9.png"]  # the emblem


def test_pandoc_that_takes_too_long_is_ended_and_named():
    with pytest.raises(Unprintable, match=r"pandoc took longer than 0\.001 s"):
        pandoc(b"x", "--from=html", "--to=docx", patience=0.001)


def test_pandoc_that_needs_too_much_memory_is_told_apart(monkeypatch):
    monkeypatch.setattr(word, "MEMORY", "-M4M")

    with pytest.raises(TooMuch, match="memory"):
        pandoc(b"<p>x</p>" * 20_000, "--from=html", "--to=html")


def test_what_pandoc_refuses_is_named():
    with pytest.raises(Unprintable, match=r"pandoc: .*nothing"):
        pandoc(b"x", "--from=nothing", "--to=docx")


def test_a_word_file_is_downloaded():
    response = docx_response("bericht", b"PK")

    assert response["Content-Disposition"] == 'attachment; filename="bericht.docx"'


def test_typst_is_ended_where_it_takes_too_long():
    rows = [[cell("x")] for _n in range(5_000)]
    endless = {"kind": "table", "columns": 1, "head": [], "body": rows}

    with pytest.raises(Unprintable, match="longer than"):
        printed(endless, patience=0.05)


def test_typst_apart_gives_the_same_bytes_and_the_same_refusals():
    picture = {"kind": "image", "source": "/one.png", "alt": None, "language": None, "width": 20}

    def made(*blocks, **options):
        data = {"facts": [], "blocks": blocks}
        return pdf(TEMPLATE, data, title="A", at=NOON, **options)

    assert made(paragraph("x"), patience=30) == made(paragraph("x"))
    with pytest.raises(Unprintable, match="missing alt"):
        made(picture, images={"one.png": SMALLEST_PICTURE}, patience=30)


def test_a_table_without_a_head_has_none():
    document = printed({"kind": "table", "columns": 1, "head": [], "body": [[cell("Zelle")]]})

    assert "THead" not in tags(document)
