"""Any HTML becomes a text that the schema allows."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from in4green.livetext.content.html_in import from_html
from in4green.livetext.content.render import to_html
from in4green.livetext.content.validating import validate
from in4green.livetext.document import crdt
from tests.livetext.browser_editor import open_texts
from tests.livetext.writing import (
    contents,
    doc,
    items,
    language,
    link,
    node,
    p,
    table,
    text,
    words_of,
)


@given(contents())
def test_what_we_show_reads_as_what_it_was(content):
    assert from_html(to_html(content)) == as_html_keeps_it(content)


def as_html_keeps_it(content):
    """Without what nobody sees: spaces in a row, and what stands at the end of a paragraph."""
    from_shown = from_html(to_html(content))
    assert "".join(words_of(from_shown).split()) == "".join(words_of(content).split())
    return from_html(to_html(from_shown))


@pytest.mark.parametrize(
    "content",
    [
        doc(
            node("heading", "a", level=2),
            node("heading", "b", level=3),
            node("heading", "c", level=4),
        ),
        doc(p("a", node("hardBreak"), "b"), p()),
        doc(
            p(text("a", "bold", "italic", "strike"), text("b", link("https://a.example/?b=1&c=2")))
        ),
        doc(p(text("a", language("en")), text("b", link("mailto:a@b.example"), language("fr")))),
        doc(node("blockquote", p("a"), node("blockquote", p("b")))),
        doc(
            node(
                "bulletList",
                node("listItem", p("a"), node("orderedList", *items("listItem", "b"), start=4)),
            )
        ),
        doc(node("taskList", node("taskItem", p("a"), checked=True), *items("taskItem", "b"))),
        doc(table(["a", "b"], ["c", "d"])),
        doc(
            node(
                "table",
                node("tableRow", node("tableHeader", p("a"), colspan=2)),
                node("tableRow", node("tableCell", p("b"), rowspan=2), node("tableCell", p("c"))),
                node("tableRow", node("tableCell", p("d"))),
            )
        ),
        doc(node("image", src="/a.png", alt='Ein "Platz"', lang="en"), p("a")),
    ],
)
def test_every_part_of_a_text_survives_being_shown_and_read(content):
    assert from_html(to_html(content)) == content


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", doc(p())),
        ("  \n ", doc(p())),
        ("Nur Text", doc(p("Nur Text"))),
        ("a<div>b</div>c", doc(p("a"), p("b"), p("c"))),
        ("<p>  a \n b  </p>", doc(p("a b"))),
        ("<p>a<b> b </b> c</p>", doc(p("a", text(" b ", "bold"), "c"))),
        ("<p>a <br> b<br></p>", doc(p("a", node("hardBreak"), "b"))),
        ("<p>a&nbsp;b</p>", doc(p("a\xa0b"))),
        ("<pre>a\n  b</pre>", doc(p("a", node("hardBreak"), "  b"))),
        ("<p>a\x00b</p>", doc(p("ab"))),
        (
            "<h1>a</h1><h2>b</h2><h5>c</h5>",
            doc(node("heading", "a"), node("heading", "b", level=3), node("heading", "c", level=4)),
        ),
        (
            "<h2>b</h2><h5>c</h5><h6>d</h6>",
            doc(node("heading", "b"), node("heading", "c", level=4), node("heading", "d", level=4)),
        ),
        ("<h2 style='font-weight:bold'>a</h2>", doc(node("heading", "a"))),
        ("<p>a<hr>b", doc(p("a"), p("b"))),
        ("<dl><dt>a<dd>b</dl>", doc(p("a"), p("b"))),
        (
            "<p style='font-style:italic'>a<em style='font-style:normal'>b</em></p>",
            doc(p(text("a", "italic"), "b")),
        ),
        ("<u>a</u><code>b</code><sup>c</sup>", doc(p("abc"))),
        ("<p><del>a</del><ins>b</ins></p>", doc(p(text("a", "strike"), "b"))),
        (
            "<span hidden style='display:none'>a</span><span style='mso-hide:all'>b</span>c",
            doc(p("c")),
        ),
        ("<b aria-hidden=true>a<i>b</i><br></b>c", doc(p("c"))),
        ("a <a class=comment-sign href='#thread-1'>3</a>", doc(p("a"))),
        ("<i>a<p>b</p></i>", doc(p(text("a", "italic")), p(text("b", "italic")))),
    ],
)
def test_html_reads_as_browsers_show_it(html, expected):
    assert from_html(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>a<li>b</ul>", node("bulletList", *items("listItem", "a", "b"))),
        ("<ul>a<li>b</ul>", node("bulletList", *items("listItem", "a", "b"))),
        ("<ul><ul><li>a</ul></ul>",
         node("bulletList", node("listItem", p(), node("bulletList", *items("listItem", "a"))))),
        ("<ul><li>a</li><ul><li>b</ul><li>c</ul>",
         node("bulletList", node("listItem", p("a"), node("bulletList", *items("listItem", "b"))),
              *items("listItem", "c"))),
        ("<li>a</li>", node("bulletList", *items("listItem", "a"))),
        ("<ul><li><h3>a</h3>b</ul>", node("bulletList", node("listItem", p("a"), p("b")))),
        ("<ul><li><blockquote>a</blockquote></ul>",
         node("bulletList", node("listItem", p(), node("blockquote", p("a"))))),
        ("<ul><li></ul>", node("bulletList", node("listItem", p()))),
        ("<ul><table><tr><td>a</table></ul>",
         node("bulletList", node("listItem", p(), table(["a"], head=False)))),
        ("<ol start=3><li>a</ol>", node("orderedList", *items("listItem", "a"), start=3)),
        ("<ol start=-3><li>a</ol>", node("orderedList", *items("listItem", "a"))),
        ("<ul><li><input type=checkbox checked disabled> a<li><input type=checkbox>b</ul>",
         node("taskList", node("taskItem", p("a"), checked=True), *items("taskItem", "b"))),
        ("<ul data-type=taskList><li data-checked=true><p>a</p><li data-checked=false><p>b</ul>",
         node("taskList", node("taskItem", p("a"), checked=True), *items("taskItem", "b"))),
    ],
)  # fmt: skip
def test_every_list_becomes_a_valid_one(html, expected):
    assert from_html(html) == doc(expected)


def test_nothing_is_made_of_what_is_empty():
    assert from_html(
        "<ul></ul><blockquote></blockquote><table></table><table><tr></tr></table>"
    ) == doc(p())


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<tr><td>a<td>b<tr><td>c", [["a", "b"], ["c", ""]]),
        ("<tr><td>a<tr><td>b<td>c", [["a", ""], ["b", "c"]]),
        ("<tr><td rowspan=9>a<td>b", [["a", "b"]]),
        ("<tr><td colspan=0>a<td rowspan=x>b", [["a", "b"]]),
        ("<thead><tr><td>a</thead><tbody><tr><td>b</tbody><tfoot><tr><td>c", [["a"], ["b"], ["c"]]),
    ],
)
def test_every_table_becomes_one_with_equal_rows(html, rows):
    assert from_html(f"<table>{html}</table>") == doc(table(*rows, head=False))


def test_cells_that_span_others_leave_no_hole_and_no_overlap():
    html = "<table><tr><td rowspan=3>a<td>b<td rowspan=2>c<tr><td colspan=4>d<tr><td>e</table>"

    def cell(words, **spans):
        return node("tableCell", p(words) if words else p(), **spans)

    assert from_html(html) == doc(
        node(
            "table",
            node("tableRow", cell("a", rowspan=3), cell("b"), cell("c", rowspan=2)),
            node("tableRow", cell("d")),
            node("tableRow", cell("e"), cell("")),
        )
    )


def test_the_caption_of_a_table_stands_before_it():
    html = "<table><caption>Kopf<ul><li>a</ul></caption><tr><th>b</table>"

    assert from_html(html) == doc(
        p("Kopf"), node("bulletList", *items("listItem", "a")), table(["b"])
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="/a.png" alt="Bild">', doc(node("image", src="/a.png", alt="Bild"))),
        ('<p lang="en">a<img src="/a.png" alt="B">b</p>',
         doc(p(text("a", language("en"))), node("image", src="/a.png", alt="B", lang="en"),
             p(text("b", language("en"))))),
        ('<p><img src="/a.png" alt="Bild"></p>', doc(node("image", src="/a.png", alt="Bild"))),
        ('<img src="/a.png">', doc(p())),
        ('<img src="/a.png" alt=" ">', doc(p())),
        ('<img src="https://elsewhere.example/a.png" alt="Bild">', doc(p("Bild"))),
        ('<img src="//elsewhere.example/a.png" alt="Bild">', doc(p("Bild"))),
        ('<img src="/\\elsewhere.example/a.png" alt="Bild">', doc(p("Bild"))),
        ('<img src="data:image/png;base64,AAAA" alt="Bild">', doc(p("Bild"))),
        ('<img src="file:///C:/a.png" alt="Bild">', doc(p("Bild"))),
    ],
)  # fmt: skip
def test_only_described_pictures_of_this_site_are_pictures(html, expected):
    assert from_html(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<template><script>alert(1)</script></template>",
        "<!--<script>alert(1)</script>-->",
        "<title>alert</title>",
    ],
)
def test_what_is_not_for_reading_vanishes(html):
    content = from_html(f"a{html}")

    assert "alert" not in to_html(content)
    assert words_of(content).startswith("a")


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "/pfad",
        "#a",
        "//a.example",
    ],
)
def test_only_addresses_of_the_web_and_of_mail_are_links(href):
    assert from_html(f'<a href="{href}">a</a>') == doc(p("a"))


def test_passages_in_another_language_are_marked():
    html = '<p lang="en-us">a <span lang="de-AT">b</span> <i lang="x-none">c</i></p>'

    assert from_html(html, language="de") == doc(
        p(text("a ", language("en-US")), "b", text(" ", language("en-US")),
          text("c", "italic", language("en-US")))
    )  # fmt: skip
    assert from_html('<p lang="de">a</p>') == doc(p(text("a", language("de"))))


def test_a_list_of_words_ends_where_something_else_begins():
    item = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{}</span>{}</p>"
    one, two = item.format("a)", "eins"), item.format("b)", "zwei")
    listed = node("orderedList", *items("listItem", "eins"))

    assert from_html(one + "Text" + two) == doc(
        listed, p("Text"), node("orderedList", *items("listItem", "zwei"))
    )
    assert from_html(f"<table><tr><td>{one}<td>{two}</table>") == doc(
        node(
            "table",
            node(
                "tableRow",
                node("tableCell", listed),
                node("tableCell", node("orderedList", *items("listItem", "zwei"))),
            ),
        )
    )
    assert from_html(f"<div>{one}</div><div>b</div>") == doc(listed, p("b"))


_TAGS = """
<p> </p> <ul> </ul> <ol> <li> </li> <table> <tr> <td> </td> <th> </table> <caption> <tbody>
<b> </b> <div> </div> <h1> <h3> </h3> <blockquote> </blockquote> <br> <hr> <pre> </pre> </a> a b
"""
_PIECES = st.lists(
    st.sampled_from(
        [
            *_TAGS.split(),
            '<img src="/a" alt="b">',
            '<input type="checkbox">',
            '<a href="https://a.example">',
            "<p style='mso-list:l0 level1'>",
            "<p style='mso-list:l0 level2'>",
            "<span style='mso-list:Ignore'>1.</span>",
        ]
    ),
    max_size=25,
).map(" ".join)


@given(_PIECES)
def test_any_html_becomes_a_text_that_the_schema_allows(html):
    content = from_html(
        html.replace("<img>", '<img src="/a" alt=b>').replace("<input>", "<input type=checkbox>")
    )

    assert validate(content) == []
    assert from_html(to_html(content)) == as_html_keeps_it(content)


_CELL = st.builds(
    lambda name, wide, high: f"<{name} colspan={wide} rowspan={high}>a</{name}>",
    st.sampled_from(["td", "th"]),
    st.integers(0, 4),
    st.integers(0, 4),
)


def test_no_editor_repairs_a_table_that_was_read():
    states = []

    @settings(max_examples=80, database=None)
    @given(st.lists(st.lists(_CELL, max_size=4), min_size=1, max_size=4))
    def collect(rows):
        html = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
        states.append(crdt.from_json(from_html(f"<table>{html}</table>")))

    collect()

    assert not any(opened.repairs for opened in open_texts(states))


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("a" * 1_500_001, "large"),
        ("ä" * 750_001, "large"),
        ("<p>a" * 20_001, "large"),
        ("<ul><li>" * 12 + "a", "deep"),
        ("<blockquote>" * 20 + "a", "deep"),
        ("<div>" * 20_000, "deep"),
        ("<div><table><td></div></table>" * 5_000, "deep"),
        ("<table><tr>" + "<td>a" * 51, "wide"),
        ("<table><tr><td colspan=50><td>", "wide"),
        ("<table><tr>" + "<td>" * 50 + "<tr><td>" * 500, "cells"),
    ],
)
def test_what_is_too_large_or_too_deep_is_refused(html, code):
    with pytest.raises(ValidationError) as refused:
        from_html(html)

    assert refused.value.code == code


def test_a_long_text_is_read_whole():
    html = "".join(f"<p>Absatz {number} mit <b>einigen</b> Wörtern.</p>" for number in range(5000))

    assert len(from_html(html)["content"]) == 5000
