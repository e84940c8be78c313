import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from in4green.common.exporting import csv_response, xlsx_response

ATTACKS = [
    '=HYPERLINK("http://example.org";"click")',
    "+49 212 290",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "＝1+1",
    "\t=1+1",
    "\r\n=1+1",
    "\x00=1+1",
]


def read_csv(response):
    content = response.getvalue().decode()
    assert content.startswith("\ufeff")
    return list(csv.reader(io.StringIO(content[1:], newline="")))


def read_xlsx(response):
    content = io.BytesIO(response.getvalue())
    response.file_to_stream.close()
    return load_workbook(content).active


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_csv_begins_like_a_formula(attack):
    [[cell]] = read_csv(csv_response("list", [attack], []))
    assert cell[0] == "'"
    assert cell[1:] == attack.strip("\t\r\n\x00")


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_formula_is_plain_text_in_xlsx(attack):
    cell = read_xlsx(xlsx_response("list", ["Name"], [[attack]]))["A2"]
    assert (cell.data_type, cell.value) == ("s", attack.strip("\t\r\n\x00"))
    assert cell.quotePrefix


def test_a_csv_is_read_as_it_was_written():
    row = ["Żółć; \"Groß\", 'x'", "zwei\nZeilen", 7, -3, None, date(2026, 11, 22)]

    response = csv_response("Liste", ["a", "b", "c", "d", "e", "f"], [row])

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="Liste.csv"'
    assert read_csv(response)[1] == [*row[:2], "7", "-3", "", "2026-11-22"]


def test_times_are_local():
    at = datetime(2026, 7, 1, 22, 30, 5, 77, tzinfo=UTC)
    assert read_csv(csv_response("x", ["at"], [[at]]))[1] == ["2026-07-02 00:30:05"]
    assert read_xlsx(xlsx_response("x", ["at"], [[at]]))["A2"].value == datetime(
        2026, 7, 2, 0, 30, 5
    )


def test_an_xlsx_has_a_fixed_bold_first_line_and_true_numbers():
    response = xlsx_response("list", ["Name", "Number"], [["Ada", 7]])

    sheet = read_xlsx(response)
    assert response["Content-Disposition"] == 'attachment; filename="list.xlsx"'
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert [cell.value for cell in sheet[2]] == ["Ada", 7]


def test_a_csv_begins_before_the_last_row_is_read():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    stream = csv_response("list", ["n"], rows()).streaming_content
    assert [next(stream) for _ in range(3)] == ["\ufeff".encode(), b'"n"\r\n', b'"0"\r\n']
    assert asked == [0]


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=40)  # each writes two files
def test_any_text_gives_a_table_that_can_be_read_again(text):
    assert len(read_csv(csv_response("list", [text, "b"], []))[0]) == 2
    read_xlsx(xlsx_response("list", [text], [[text]]))


def test_a_text_too_long_for_a_cell_is_cut_in_xlsx_only():
    text = "ä" * 40_000
    assert read_csv(csv_response("list", ["a"], [[text]]))[1] == [text]
    assert len(read_xlsx(xlsx_response("list", ["a"], [[text]]))["A2"].value) == 32_767
