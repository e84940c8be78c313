"""Tables of records on paper: how wide their columns are, and where a word must be broken."""

import io

import pikepdf

from actionplan.printing.layout import records
from actionplan.tables.grid import Body, Column, Grid, Row
from in4green.common.documents import pdf
from tests.common.test_documents import streams

LONG = "Beteiligungsverfahrensordnung"


def laid_out(*titles, rows):
    body = Body(tuple(Row(cells) for cells in rows))
    return records(Grid("Liste", tuple(map(Column, titles)), (body,)))


def test_only_cells_with_a_word_that_does_not_fit_may_break_it():
    titles = ("Schritt", "Beginn", "Ende", "erst nach", "wer")
    rows = [("Ein Satz", "2027", "2028", "1.1", "Amt"), ("Ein Satz", "2027", "", "", ("a", LONG))]

    made = laid_out(*titles, rows=rows)

    assert [row["long"] for row in made["bodies"][0]["rows"]] == [[], [4]]
    assert not any(column["long"] for column in made["columns"])


def test_a_head_that_does_not_fit_may_be_broken_too():
    made = laid_out(*7 * [LONG], rows=[7 * ("Amt",)])

    assert [column["long"] for column in made["columns"]] == 7 * [True]


def test_across_the_page_a_column_has_room_for_longer_words():
    upright = laid_out(*"abcdefg", rows=[(*6 * ["Amt"], "Arbeitsgruppe")])
    across = laid_out(*"abcdefgh", rows=[(*7 * ["Amt"], "Arbeitsgruppe")])

    assert (upright["wide"], across["wide"]) == (False, True)
    assert [one["bodies"][0]["rows"][0]["long"] for one in (upright, across)] == [[6], []]


def test_the_template_breaks_a_word_where_it_may():
    def lines_of(long):
        block = laid_out("Schritt", "Amt", rows=[("Ein Satz", "Amt")])
        for column, width in zip(block["columns"], (20, 1), strict=True):
            column["width"] = width
        block["bodies"][0]["rows"][0] |= {"cells": [["Ein Satz"], [LONG]], "long": long}
        made = pdf("documents/writing.typ", {"facts": [], "blocks": [block]}, title="Liste")
        return streams(pikepdf.open(io.BytesIO(made))).count(b"Tj")

    assert lines_of([1]) > lines_of([])


def test_a_row_that_may_need_more_than_a_page_goes_on_over_pages():
    long_text = "Sehr viele Wörter. " * 400
    short = laid_out("Schritt", "Amt", rows=[("Ein Satz", "Amt")])
    tall = laid_out("Schritt", "Amt", rows=[("Ein Satz", "Amt"), (long_text, "Amt")])

    made = pdf("documents/writing.typ", {"facts": [], "blocks": [tall]}, title="Liste")

    assert (short["tall"], tall["tall"]) == (False, True)
    assert len(pikepdf.open(io.BytesIO(made)).pages) > 1
