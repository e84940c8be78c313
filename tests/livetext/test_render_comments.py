from in4green.livetext.content.render import to_html
from tests.livetext.writing import comment, doc, link, node, p, text, thread

ONE, TWO = thread(1), thread(2)


def sign(key, number):
    return (
        f'\N{NO-BREAK SPACE}<a class="comment-sign" href="#thread-{key}">'
        f'<span class="visually-hidden">Kommentar </span>{number}</a>'
    )


def test_a_commented_passage_is_marked_and_its_block_leads_to_the_thread():
    html = to_html(doc(p("vor ", text("Wort", comment(1)), " nach"), p("ohne")), threads={ONE: 4})

    marked = f'<mark id="comment-{ONE}-1" data-thread="{ONE}">Wort</mark>'
    assert html == f"<p>vor {marked} nach{sign(ONE, 4)}</p><p>ohne</p>"


def test_a_passage_over_two_blocks_has_one_link_where_it_begins():
    html = to_html(
        doc(p(text("eins", comment(1))), node("heading", text("zwei", comment(1)))),
        threads={ONE: 1},
    )

    assert html == (
        f'<p><mark id="comment-{ONE}-1" data-thread="{ONE}">eins</mark>{sign(ONE, 1)}</p>'
        f'<h2><mark id="comment-{ONE}-2" data-thread="{ONE}">zwei</mark></h2>'
    )


def test_a_thread_that_is_not_asked_for_is_not_to_be_seen():
    content = doc(p(text("eins", comment(1)), text(" zwei", comment(2))))

    assert to_html(content) == "<p>eins zwei</p>"
    assert f'data-thread="{ONE}"' not in to_html(content, threads={TWO: 1})


def test_no_link_stands_within_another():
    html = to_html(
        doc(p(text("Seite", link("https://example.org/"), comment(1)))), threads={ONE: 1}
    )

    assert html.index("</a>") < html.index("comment-sign")
