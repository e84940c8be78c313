"""The plan's Word and OpenDocument file as LibreOffice opens them: what is read, and by whom."""

import io

import pikepdf
import pytest
from django.db import transaction

from actionplan.printing import cover
from actionplan.printing.office import as_office
from tests.actionplan.printed import NOON, fill, whole_of, write
from tests.factories import MembershipFactory
from tests.plan_factories import PlanFactory, SectionFactory, SectionTextFactory
from tests.support.offices import SPACES, Opened, convert, said, tag

pytestmark = pytest.mark.django_db
KINDS = ["docx", "odt"]
LONG = "".join(f"<th>Donaudampfschifffahrt{n}</th>" for n in range(6))
SHAPES = (
    "<h2>Formen</h2><ol start='3'><li>Drei<ul><li>Innen</li></ul></li><li>Vier</li></ol>"
    "<blockquote><p>Gesagt.</p></blockquote><p>Zwei  Blanks.</p>"
    "<table><tr><th>A</th><th>B</th><th>C</th></tr>"
    "<tr><td rowspan='2'>hoch</td><td colspan='2'>breit</td></tr><tr><td>x</td><td>y</td></tr>"
    f"</table><table><tr>{LONG}</tr><tr><td>z</td></tr></table>"
)

HEADINGS = [
    (1, "1 Ausgangslage"),
    (2, "Was wir wissen"),
    (1, "2 Maßnahmen"),
    (2, "1 Wärmenetz"),
    (1, "3 Anhang"),
    (2, "Formen"),
    (1, "Maßnahmen, die aufgegeben wurden"),
]
LINK = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker):
    """Of a draft, made once; what it was made of does not stay."""
    with django_db_blocker.unblock(), transaction.atomic():
        plan = PlanFactory(title="Aktionsplan")
        by = MembershipFactory(group=plan.group).user
        fill(plan, by)
        last = SectionFactory(plan=plan, title="Anhang", position=3)
        write(SectionTextFactory(section=last).text, SHAPES, by=by)
        german, english = (whole_of(plan, language) for language in ("de", "en"))
        transaction.set_rollback(True)
    around = cover.of_draft(german, NOON)
    return {
        **{f"{kind}.{kind}": as_office(kind, german, around, {}) for kind in KINDS},
        **{f"en-{kind}.{kind}": as_office(kind, english, around, {}) for kind in KINDS},
    }


@pytest.fixture(scope="module")
def opened(files, tmp_path_factory):
    told = convert(files, "fodt", tmp_path_factory.mktemp("offices"))
    return {name: Opened(content) for name, content in told.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_headings_have_their_levels(opened, kind):
    assert opened[kind].headings() == HEADINGS


@pytest.mark.parametrize("kind", KINDS)
def test_contents_lead_to_each_heading(opened, kind):
    document = opened[kind]
    places = {each.attrib[tag("text:name")] for each in document.all("text:bookmark-start")}
    entries = document.contents()

    assert document.in_style("Contents_20_Heading") == ["Inhalt"]
    assert [words.rstrip(" 0123456789") for words, _target in entries] == [
        words for _level, words in HEADINGS
    ]
    assert {target.removeprefix("#") for _words, target in entries} <= places


def test_contents_of_an_opendocument_ask_for_the_pages(opened):
    references = opened["odt"].all("text:index-body//text:bookmark-ref")

    assert [each.attrib[tag("text:ref-name")] for each in references] == [
        target.removeprefix("#") for _words, target in opened["odt"].contents()
    ]
    assert {each.attrib[tag("text:reference-format")] for each in references} == {"page"}


@pytest.mark.parametrize("kind", KINDS)
def test_tables_repeat_their_heads(opened, kind):
    assert [head[0] for head in opened[kind].heads()] == [
        "Kopf", "Maßnahme", "Schritt", "Jahr", "Risiko", "Indikator", "A", "Donaudampfschifffahrt0",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_tables_have_captions(opened, kind):
    assert opened[kind].in_style("Caption") == [
        "Maßnahmen nach Zielen",
        "Zeitplan",
        "Kosten und Finanzierung nach Quelle und Jahr",
        "Risiken, die schwersten zuerst",
        "Indikatoren",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_cells_reach_over_columns_and_rows(opened, kind):
    cells = {said(each): each.attrib for each in opened[kind].all("table:table-cell")}

    assert cells["hoch"][tag("table:number-rows-spanned")] == "2"
    assert cells["breit"][tag("table:number-columns-spanned")] == "2"
    assert tag("table:number-columns-spanned") not in cells["x"]


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_say_what_they_show(opened, kind):
    emblem, *drawings = opened[kind].alternative_texts()

    assert emblem == "Flagge der Europäischen Union"
    assert len(drawings) == 3
    assert all(len(each) > 20 for each in drawings)


@pytest.mark.parametrize("kind", KINDS)
def test_lists_begin_where_they_began_and_stand_in_one_another(opened, kind):
    lists = {said(each): each for each in opened[kind].all("text:list")}
    items = {said(each).split()[0]: each for each in opened[kind].all("text:list-item")}

    assert items["Drei"].get(tag("text:start-value")) == "3"
    assert items["Vier"].get(tag("text:start-value")) is None
    assert lists["Innen"].find("text:list-item", SPACES) is not None


@pytest.mark.parametrize("kind", KINDS)
def test_facts_of_an_action_stand_beside_their_names(opened, kind):
    facts = opened[kind].in_style("Definition_20_Term")

    assert facts[0] == "Kurz gesagt Abwärme nutzen."
    assert "Wer federführend ist Max Muster" in facts
    assert not any(fact.startswith("Partner") for fact in facts)  # nobody is


@pytest.mark.parametrize("kind", KINDS)
def test_links_lead_where_they_led(opened, kind):
    targets = {said(each): each.attrib[LINK] for each in opened[kind].all("text:a")}

    assert targets["Link"] == "https://example.org/"


@pytest.mark.parametrize("kind", KINDS)
def test_german_text_in_an_english_plan_is_known_as_german(opened, kind):
    assert opened[kind].language() == "de"
    assert opened[f"en-{kind}"].language() == "en"
    assert opened[f"en-{kind}"].language_of("Satz") == "de"


def test_both_are_laid_out_with_a_wide_table_on_its_side(files, tmp_path):
    german = {name: content for name, content in files.items() if not name.startswith("en-")}
    made = convert(german, "pdf", tmp_path)
    for kind in KINDS:
        boxes = [page.mediabox for page in pikepdf.open(io.BytesIO(made[kind])).pages]
        across = [box[2] > box[3] for box in boxes]
        assert len(boxes) > 6
        assert across.count(True) == 1
