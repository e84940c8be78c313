"""A text for print: what people wrote as plain data, and nothing in it that breaks a document."""

import pytest

from in4green.common.documents import Unprintable
from in4green.livetext.content.blocks import DEEPEST, Picture, to_blocks
from in4green.livetext.content.html_in import from_html
from tests.livetext.writing import doc, link, node, p, text


def blocks(html, **pictures):
    return to_blocks(from_html(html), pictures)


def words(block):
    return "".join(run["text"] for run in block["runs"])


def test_runs_keep_marks_links_languages_and_breaks():
    (found,) = blocks(
        '<p><b>a</b><br><a href="https://example.org/">b</a><span lang="en-GB">c</span></p>'
    )

    assert found["runs"] == [
        {"kind": "text", "text": "a", "bold": True},
        {"kind": "break"},
        {"kind": "text", "text": "b", "href": "https://example.org/"},
        {"kind": "text", "text": "c", "language": "en"},
    ]


def test_an_address_that_is_a_command_is_no_link():
    content = {"type": "doc", "content": [p(text("x", link("javascript:alert(1)")))]}

    assert to_blocks(content, {}) == [
        {"kind": "paragraph", "runs": [{"kind": "text", "text": "x"}]}
    ]


def test_levels_of_headings_are_never_skipped():
    found = blocks("<h3>a</h3><h4>b</h4><h2>c</h2><h4>d</h4><h3>e</h3>")

    assert [(words(one), one["level"]) for one in found] == [
        ("a", 1),
        ("b", 2),
        ("c", 1),
        ("d", 2),
        ("e", 2),
    ]


def test_a_heading_within_a_table_is_a_bold_line():
    (table,) = blocks("<table><tr><td><h2>a</h2></td></tr></table>")

    (inside,) = table["body"][0][0]["blocks"]
    assert (inside["kind"], inside["runs"][0]["bold"]) == ("paragraph", True)


def test_a_task_says_in_words_whether_it_is_done(settings):
    settings.LANGUAGE_CODE = "de"
    (found,) = blocks('<ul><li><input type="checkbox" checked> a</li><li>b</li></ul>')

    assert [words(item[0]) for item in found["items"]] == ["Erledigt: a", "Offen: b"]


def test_lists_keep_their_numbers_and_end_where_paper_does():
    (found,) = blocks("<ol start=5><li>a</li></ol>")
    deep = blocks("<ul><li>" * (DEEPEST + 1) + "x")

    assert (found["kind"], found["start"]) == ("numbers", 5)
    assert str(deep).count("bullets") == DEEPEST
    assert "'text': 'x'" in str(deep)


def spans(rows):
    return [[(cell["colspan"], cell["rowspan"]) for cell in row] for row in rows]


def test_a_tables_leading_headers_are_its_head_and_the_last_row_is_never():
    (found,) = blocks("<table><tr><th>a</th></tr><tr><th>b</th></tr></table>")

    assert [len(found["head"]), len(found["body"])] == [1, 1]


def test_rows_that_are_too_short_are_filled():
    (found,) = blocks("<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>")

    assert found["columns"] == 2
    assert spans(found["body"]) == [[(1, 1), (1, 1)], [(1, 1), (1, 1)]]


def test_cells_neither_overlap_nor_reach_out_of_the_table():
    (found,) = blocks(
        "<table><tr><td>a</td><td rowspan=500>b</td></tr><tr><td colspan=50>c</td></tr></table>"
    )

    assert spans(found["body"]) == [[(1, 1), (1, 2)], [(1, 1)]]
    assert found["columns"] == 2


def test_a_table_that_is_too_wide_is_refused_before_it_is_laid_out():
    row = node("tableRow", *[node("tableCell", p("a"), colspan=50, rowspan=500)] * 2)

    with pytest.raises(Unprintable, match="50 columns"):
        to_blocks(doc(node("table", *[row] * 500)), {})


def test_a_picture_has_its_words_with_and_without_the_picture():
    address = "/text-images/1/"
    html = f'<img src="{address}" alt="Ein Ofen">'
    content = {"type": "doc", "content": [{"type": "image", "attrs": {"src": address}}]}

    assert to_blocks(content, {address: Picture("/a.jpg", 50)})[0]["alt"] == (
        "Bild ohne Beschreibung"
    )
    (gone,) = to_blocks(from_html(html), {})
    assert words(gone) == "Ein Ofen"
