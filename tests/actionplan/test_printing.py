"""The plan as PDF, Word and OpenDocument: all that is read of it, for everybody who reads."""

import io
import re
import zipfile

import pdfua
import pikepdf
import pytest

from actionplan.printing import cover, pictures
from actionplan.printing.document import document
from actionplan.printing.office import as_office
from actionplan.printing.paper import as_pdf
from in4green.common.documents.word import pandoc
from in4green.livetext.images import take_in
from tests.actionplan.printed import HOSTILE, NOON, add_action, fill, whole_of, write
from tests.common.test_documents import elements, streams, tags
from tests.plan_factories import SectionFactory, SectionTextFactory
from tests.support.uploads import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(plan, coordinator):
    return fill(plan, coordinator)


def printed(whole, images=None):
    made = as_pdf(whole, cover.of_draft(whole, NOON), images or {}, NOON)
    return pikepdf.open(io.BytesIO(made))


def office(kind, whole, images=None):
    return as_office(kind, whole, cover.of_draft(whole, NOON), images or {})


def parts(made, *names):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return [archive.read(name).decode() for name in names]


def bookmarks(document):
    def titles(items):
        for item in items:
            yield item.title
            yield from titles(item.children)

    with document.open_outline() as outline:
        return list(titles(outline.root))


def test_the_pdf_is_tagged_and_says_title_language_and_standards(written):
    made = printed(whole_of(written))

    with made.open_metadata() as metadata:
        assert metadata["dc:title"] == written.title
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"]) == ("1", "2")
        assert metadata["pdfaid:conformance"] == "A"
    assert made.Root.Lang == "de"
    assert {"Title", "TOC", "H1", "H2", "L", "THead", "TH", "TD", "Figure", "Link"} <= {*tags(made)}


def test_contents_and_bookmarks_name_sections_and_actions(written):
    made = printed(whole_of(written))

    assert bookmarks(made) == [
        "1 Ausgangslage",
        "Was wir wissen",
        "2 Maßnahmen",
        "1 Wärmenetz",
        "Maßnahmen, die aufgegeben wurden",
    ]


def test_each_table_has_a_head_and_each_figure_says_what_it_shows(written):
    made = printed(whole_of(written))
    found = list(elements(made.Root.StructTreeRoot.K))
    tables = [each for each in found if each.S == "/Table"]

    assert all("TH" in _names(table) for table in tables)
    assert all(str(each.Alt).strip() for each in found if each.S == "/Figure")
    assert len(tables) == 6  # one of the text, those of records; sheets are lists of their facts


def _names(element):
    return [str(each.S)[1:] for each in elements(element.K)]


def test_a_draft_is_marked_on_each_page_where_no_screen_reader_stops(written):
    whole = whole_of(written)
    made = printed(whole)
    plain = as_pdf(
        whole, cover._cover(whole, (), last=()), {}, NOON
    )  # as an edition is set: without a mark
    pages = [page.Contents.read_bytes() for page in made.pages]

    assert all(b"/Artifact" in page for page in pages)
    assert all(_turned(page) for page in pages)
    assert not any(_turned(p.Contents.read_bytes()) for p in pikepdf.open(io.BytesIO(plain)).pages)


def _turned(page):
    """Whether something stands aslant within an artifact."""
    inside = re.findall(rb"/Artifact.*?EMC", page, re.DOTALL)
    aslant = rb"(?:^|\s)0\.61\d* -?0\.78\d* "
    return any(re.search(aslant, part) for part in inside)


def test_a_plan_without_sections_and_actions_can_be_printed(plan):
    whole = whole_of(plan)

    assert bookmarks(printed(whole)) == []
    assert office("docx", whole).startswith(b"PK")


def test_the_sheets_follow_where_no_text_shows_them(plan, coordinator):
    add_action(plan, 1, "Wärmenetz", coordinator)

    assert bookmarks(printed(whole_of(plan))) == ["Alle Maßnahmen im Einzelnen", "1 Wärmenetz"]


def test_what_is_not_translated_is_said_and_marked_as_german(written):
    made = printed(whole_of(written, "en"))

    assert made.Root.Lang == "en"
    assert b"/Lang(de)" in streams(made) or "de" in [
        str(each.get("/Lang", "")) for each in elements(made.Root.StructTreeRoot.K)
    ]
    hints = [b["text"] for b in document(whole_of(written, "en"), {}).blocks if b["kind"] == "hint"]
    assert hints == ["This section is only there in the original language."] * 2


def test_pictures_come_along_with_their_words(plan, coordinator):
    row = SectionTextFactory(section__plan=plan)
    image = take_in(row.text, picture(size=(1200, 900)), by=coordinator)
    write(row.text, f'<img src="{image.get_absolute_url()}" alt="Ein Ofen">', by=coordinator)
    whole = whole_of(plan)
    found = pictures.shown(whole, pictures.of_draft(plan))

    made = printed(whole, found)
    alts = [str(each.Alt) for each in elements(made.Root.StructTreeRoot.K) if "/Alt" in each]
    [word] = parts(office("docx", whole, found), "word/document.xml")
    [odf] = parts(office("odt", whole, found), "content.xml")
    assert "Ein Ofen" in alts
    assert 'descr="Ein Ofen"' in word
    assert "<svg:desc>Ein Ofen</svg:desc>" in odf
    assert "data:image" not in word


def test_a_word_file_has_real_styles_heads_captions_and_a_mark(written):
    made = office("docx", whole_of(written))
    names = ("word/document.xml", "word/styles.xml", "word/header.xml", "word/footer.xml")
    body, styles, header, footer = parts(made, *names)

    used = set(re.findall('w:pStyle w:val="([^"]*)"', body))
    assert {
        "Title", "Heading1", "Heading2", "Caption", "DefinitionTerm", "Facts", "SmallPrint",
        "Funding", "TOCHeading", "TOC1",
    } <= used  # fmt: skip
    assert used <= set(re.findall('w:styleId="([^"]*)"', styles))
    assert body.count("w:tblHeader") == 6
    assert "w:numPr" in body
    assert 'descr="Flagge der Europäischen Union"' in body
    assert "Entwurf" in header
    assert "Europäischen Union" in footer
    assert "TOC \\o" in body


def test_an_opendocument_has_the_same_and_calls_a_draft_one_on_each_page(written):
    body, styles = parts(office("odt", whole_of(written)), "content.xml", "styles.xml")

    headings = re.findall(r'<text:h [^>]*text:outline-level="(\d)"[^>]*>(.*?)</text:h>', body)
    assert [level for level, _words in headings] == ["1", "2", "1", "2", "1"]
    assert body.count("<table:table-header-rows>") == 6
    assert "<svg:desc>Flagge der Europäischen Union</svg:desc>" in body
    assert "<style:header>" in styles
    assert "Entwurf" in styles
    assert 'style:name="Small_20_Print"' in styles


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_an_office_file_reads_back_as_it_was_written(written, kind):
    text = pandoc(
        office(kind, whole_of(written)), f"--from={kind}", "--to=html", "--wrap=none"
    ).decode()

    assert '<a href="https://example.org/">Link</a>' in text
    assert "Ausgangslage" in text
    assert "Zu teuer." in text
    assert "Wie es geht." in text


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt"])
def test_hostile_words_are_words_everywhere(plan, coordinator, kind):
    long = "Wort" * 2_500
    section = SectionFactory(plan=plan, title=HOSTILE.replace("\x07", "")[:200])
    text = SectionTextFactory(section=section).text
    write(text, f"<p>{HOSTILE.replace('<', '&lt;')}</p><p>{long}</p>", by=coordinator)
    add_action(plan, 1, '<b>]]> #eval("1")', coordinator)
    whole = whole_of(plan)

    if kind == "pdf":
        made = printed(whole)
        assert "/JavaScript" not in str(made.Root)
        assert any("#read" in title for title in bookmarks(made))
        return
    back = pandoc(office(kind, whole), f"--from={kind}", "--to=plain", "--wrap=none").decode()
    assert "<script>alert(1)</script>" in back
    assert "#read(" in back
    assert long in back


def test_the_same_whole_gives_the_same_pdf(written):
    whole = whole_of(written)
    first, second = (as_pdf(whole, cover.of_draft(whole, NOON), {}, NOON) for _n in range(2))

    assert first == second


def test_no_level_of_headings_is_skipped(plan, coordinator):
    row = SectionTextFactory(section__plan=plan)
    write(row.text, "<h4>Tief</h4><h2>Hoch</h2><h4>Wieder</h4>", by=coordinator)

    blocks = document(whole_of(plan), {}).blocks
    assert [one["level"] for one in blocks if one["kind"] == "heading"] == [1, 2, 2, 3]


def test_a_checker_of_pdf_ua_finds_nothing(written, tmp_path):
    whole = whole_of(written)
    file = tmp_path / "plan.pdf"
    file.write_bytes(as_pdf(whole, cover.of_draft(whole, NOON), {}, NOON))

    report = pdfua.validate(str(file))
    assert [str(finding) for finding in report.findings] == []
    assert report.outcomes
