import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from in4green.livetext.content.render import to_html
from tests.livetext.writing import (
    comment,
    contents,
    doc,
    items,
    language,
    link,
    node,
    p,
    table,
    text,
    thread,
)

REL = 'rel="noopener noreferrer nofollow"'
ATTACKS = [
    "<script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" onerror="alert(1)',
    "javascript:alert(1)",
    "</p><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }}{% now 'Y' %}",
    "<!--",
    "]]>",
    "&lt;script&gt;",
]


WRITTEN = {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "div", "img", "br"} | {
    *("table", "tbody", "tr", "th", "td", "strong", "em", "s", "a", "span", "mark")
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (p("a"), "<p>a</p>"),
        (p(), "<p></p>"),
        (p("a", node("hardBreak"), "b"), "<p>a<br>b</p>"),
        (node("heading", "a", level=2), "<h2>a</h2>"),
        (node("heading", "a", level=4), "<h4>a</h4>"),
        (node("blockquote", p("a")), "<blockquote><p>a</p></blockquote>"),
        (
            node("bulletList", *items("listItem", "a", "b")),
            "<ul><li><p>a</p></li><li><p>b</p></li></ul>",
        ),
        (node("orderedList", *items("listItem", "a")), "<ol><li><p>a</p></li></ol>"),
        (
            node("orderedList", *items("listItem", "a"), start=3),
            '<ol start="3"><li><p>a</p></li></ol>',
        ),
        (
            node("image", src="/a.png", alt="Ein Platz"),
            '<img src="/a.png" alt="Ein Platz" loading="lazy">',
        ),
        (
            node("image", src="/a.png", alt="A square", lang="en"),
            '<img src="/a.png" alt="A square" lang="en" loading="lazy">',
        ),
        (node("image", alt="Ein Platz"), "<p>Ein Platz</p>"),
    ],
)
def test_every_block_has_its_element(block, html):
    assert to_html(doc(block)) == html


@pytest.mark.parametrize(
    ("inline", "html"),
    [
        (text("a", "bold"), "<strong>a</strong>"),
        (text("a", "italic"), "<em>a</em>"),
        (text("a", "strike"), "<s>a</s>"),
        (text("a", language("en")), '<span lang="en">a</span>'),
        (text("a", link("https://a.example/?b=1&c='")),
         f'<a href="https://a.example/?b=1&amp;c=&#x27;" {REL}>a</a>'),
        (text("a", link("mailto:a@b.example")), f'<a href="mailto:a@b.example" {REL}>a</a>'),
        (text("a", "bold", "italic"), "<strong><em>a</em></strong>"),
    ],
)  # fmt: skip
def test_every_mark_has_its_element(inline, html):
    assert to_html(doc(p(inline))) == f"<p>{html}</p>"


def test_a_link_stays_one_link_over_bold_words():
    there = link("https://a.example/")

    html = to_html(doc(p(text("a", there), text("b", "bold", there), text("c", "bold"))))

    assert html == (
        f'<p><a href="https://a.example/" {REL}>a<strong>b</strong></a><strong>c</strong></p>'
    )


def test_two_links_side_by_side_stay_two():
    one, two = link("https://a.example/"), link("https://b.example/")

    assert to_html(doc(p(text("a", one), text("b", two)))).count("<a ") == 2


def test_tasks_are_said_in_words_and_cannot_be_clicked():
    tasks = node("taskList", node("taskItem", p("a"), checked=True), *items("taskItem", "b"))

    html = to_html(doc(tasks))

    assert '<li class="done' in html
    assert '<span class="visually-hidden">Done:</span> <p>a</p>' in html
    assert '<li class="to-do' in html
    assert '<span class="visually-hidden">To do:</span> <p>b</p>' in html
    assert "<input" not in html


def test_headers_of_a_table_say_what_they_head_and_the_table_scrolls_by_keyboard():
    row = node("tableRow", node("tableHeader", p("c")), node("tableCell", p("d")))
    html = to_html(doc(node("table", *table(["a", "b"])["content"], row)))

    assert html == (
        '<div class="table-responsive" role="group" aria-label="Table" tabindex="0">'
        "<table><tbody>"
        '<tr><th scope="col"><p>a</p></th><th scope="col"><p>b</p></th></tr>'
        '<tr><th scope="row"><p>c</p></th><td><p>d</p></td></tr>'
        "</tbody></table></div>"
    )


def test_cells_span_what_they_span():
    wide = node("tableCell", p("a"), colspan=2, rowspan=3, colwidth=[10, 20])

    assert '<td colspan="2" rowspan="3"><p>a</p></td>' in to_html(
        doc(node("table", node("tableRow", wide)))
    )


def test_comments_are_shown_only_when_asked_for():
    commented = doc(p("a", text("b", comment(1), comment(2)), text("c", "bold", comment(2))))

    assert to_html(commented) == "<p>ab<strong>c</strong></p>"
    assert to_html(commented, threads={thread(2): 1}).count("<mark ") == 1


def test_unknown_nodes_and_marks_vanish_and_their_text_stays():
    strange = {
        "type": "doc",
        "content": [
            {"type": "script", "content": [p(text("a", "blink", {"type": "onload"}))]},
            {"content": [{"text": "b", "type": "text"}]},
        ],
    }

    assert to_html(strange) == "<p>a</p>b"


def test_attributes_that_do_not_fit_are_those_of_the_schema():
    strange = [
        {"type": "heading", "attrs": {"level": "2><script>"}, "content": [text("a")]},
        {"type": "heading", "attrs": {"level": 1}, "content": [text("b")]},
        {"type": "heading", "attrs": None, "content": [text("c")]},
        {"type": "orderedList", "attrs": {"start": '1" onclick="x'}},
    ]

    assert to_html({"type": "doc", "content": strange}) == (
        "<h2>a</h2><h2>b</h2><h2>c</h2><ol></ol>"
    )


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "place",
    [
        lambda words: p(words),
        lambda words: node("heading", words, level=words),
        lambda words: p(text("a", link(words))),
        lambda words: p(text("a", link(f"https://a.example/{words}"))),
        lambda words: p(text("a", language(words))),
        lambda words: p(text("a", {"type": "comment", "attrs": {"thread": words}})),
        lambda words: p(text("a", {"type": words, "attrs": {words: words}})),
        lambda words: node("image", src=words, alt=words, lang=words),
        lambda words: node("image", src=f"/{words}", alt=words),
        lambda words: node("orderedList", *items("listItem", words), start=words),
        lambda words: node("taskList", node("taskItem", p("a"), checked=words)),
        lambda words: node("table", node("tableRow", node("tableCell", p("a"), colspan=words))),
        lambda words: {"type": words, "content": [text(words)]},
    ],
)
def test_a_stored_script_is_nowhere_more_than_text(attack, place):
    content = {"type": "doc", "content": [place(attack)]}

    html = to_html(content, threads={attack: 1})

    for live in ("<script", "<img src=x", ' onerror="', " onmouseover='", "<!--"):
        assert live not in html
    assert 'href="javascript' not in html
    assert 'src="javascript' not in html


@given(contents(comments=True), st.text())
def test_only_elements_that_we_write_are_in_the_html(content, words):
    content["content"].append(p(words))
    html = to_html(content, threads={thread(1): 1})

    names = {part.split(">")[0].split(" ")[0].strip("/") for part in html.split("<")[1:]}

    assert names <= WRITTEN


def test_a_text_nested_deeper_than_the_stack_is_shown():
    inner = p("tief")
    for _ in range(5000):
        inner = {"type": "blockquote", "content": [inner]}

    html = to_html({"type": "doc", "content": [inner]})

    assert html.count("<blockquote>") == 5000
    assert "tief" in html
