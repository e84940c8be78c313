"""Columns of a plan's tables in office files: as wide as their words, on a page wide enough."""

import pytest

from actionplan.printing.manuscript import LINE, LONG_LINE, Picture
from actionplan.printing.tabular import of_records, of_texts, placed


def paragraph(words):
    return {"kind": "paragraph", "runs": [{"kind": "text", "text": words}]}


def texts(*rows, spans=None):
    def cell(words):
        wide, high = (spans or {}).get(words, (1, 1))
        return {"colspan": wide, "rowspan": high, "header": False, "blocks": [paragraph(words)]}

    columns = sum((spans or {}).get(words, (1, 1))[0] for words in rows[0])
    return {
        "kind": "table",
        "columns": columns,
        "head": [],
        "body": [[cell(words) for words in row] for row in rows],
    }


@pytest.mark.parametrize(
    "row", [["a", "b"], ["kurz", "ein Satz mit vielen Worten " * 9], ["x" * 10_000, "y"]]
)
def test_a_table_is_as_wide_as_a_line(row):
    table = of_texts(texts(row))

    assert sum(table.widths) == pytest.approx(LINE)
    assert not table.across


def test_a_long_text_has_more_room_than_a_figure_and_no_word_is_broken():
    prose = "Ein Satz mit einigen Worten, der mehrere Zeilen braucht, " * 3
    figure, word, text = of_texts(texts(["12", "Wahrscheinlichkeit", prose])).widths

    assert figure < word < text
    assert word > len("Wahrscheinlichkeit") * 0.16


def test_a_table_whose_words_need_more_than_a_line_lies_on_its_side():
    row = ["Wahrscheinlichkeitsrechnung"] * 5
    table = of_texts(texts(row))

    assert table.across
    assert sum(table.widths) == pytest.approx(LONG_LINE)


def test_a_table_in_a_cell_never_turns_the_page():
    table = of_texts(texts(["Wahrscheinlichkeitsrechnung"] * 5), 4.0)

    assert not table.across
    assert sum(table.widths) == pytest.approx(4.0)


def test_a_picture_is_no_wider_than_its_cell_and_no_higher_than_a_page():
    wide, high = Picture("a.jpg", b"", (2000, 1000)), Picture("b.jpg", b"", (10, 1000))

    assert wide.measured(100, 4.0) == pytest.approx((4.0, 2.0))
    assert high.measured(100)[1] <= 20


def test_what_hangs_down_from_above_keeps_its_columns():
    spans = {"hoch": (1, 2), "breit": (2, 1)}
    table = of_texts(texts(["hoch", "breit"], ["x", "y"], ["1", "2", "3"], spans=spans))
    rows = [
        [(place.column, place.wide, place.cell is None) for place in places]
        for _row, places in placed(table.rows, 3)
    ]

    assert rows == [
        [(0, 1, False), (1, 2, False)],
        [(0, 1, True), (1, 1, False), (2, 1, False)],
        [(0, 1, False), (1, 1, False), (2, 1, False)],
    ]


def test_records_have_a_head_groups_and_figures():
    block = {
        "kind": "records",
        "caption": "Kosten",
        "columns": [{"title": "Jahr", "number": False}, {"title": "geplant", "number": True}],
        "bodies": [{"title": "Haushalt", "rows": [{"cells": [["2027"], ["1 €"]], "total": False}]}],
        "notes": ["Notiz"],
    }
    table = of_records(block)

    assert [(row.is_head, row.is_group) for row in table.rows] == [
        (True, False), (False, True), (False, False),
    ]  # fmt: skip
    assert table.rows[1].cells[0].wide == 2
    assert [cell.is_number for cell in table.rows[2].cells] == [False, True]
    assert (table.caption, table.notes) == ("Kosten", ["Notiz"])
