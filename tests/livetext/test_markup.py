import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from hypothesis import given

from in4green.livetext.content import markup
from tests.livetext.writing import (
    TABLES,
    comment,
    contents,
    doc,
    items,
    link,
    node,
    p,
    table,
    text,
    words_of,
)

EMPTY = doc(p())


def test_every_kind_of_simple_block_has_its_lines():
    content = doc(
        node("heading", "Ziele", level=2),
        p("Ein Absatz,", node("hardBreak"), "zwei Zeilen."),
        node(
            "bulletList", node("listItem", p("eins"), node("taskList", *items("taskItem", "tief")))
        ),
        node("orderedList", *items("listItem", "drei", "vier"), start=3),
        node(
            "taskList", node("taskItem", p("erledigt"), checked=True), *items("taskItem", "offen")
        ),
        node("blockquote", p("Zitat"), p("weiter")),
    )

    lines = markup.write(content)

    assert lines == (
        "## Ziele\n\nEin Absatz,\nzwei Zeilen.\n\n- eins\n  [ ] tief\n\n3. drei\n4. vier\n\n"
        "[x] erledigt\n[ ] offen\n\n> Zitat\n>\n> weiter"
    )
    assert markup.read(lines, EMPTY) == content


def test_what_looks_like_a_sign_and_is_none_is_kept_by_a_backslash():
    content = doc(*(p(words) for words in ("- a", "3. Mai", "> b", "# c", "[ ] d", "\\e", " f")))

    lines = markup.write(content)

    assert lines.startswith("\\- a\n\n\\3. Mai")
    assert markup.read(lines, EMPTY) == content


@given(contents(comments=True))
def test_lines_that_nobody_touched_change_nothing(content):
    assert markup.read(markup.write(content), content) == content


@given(contents(comments=True), contents())
def test_no_word_is_lost_or_made_up_however_the_text_was_before(content, before):
    """Whatever stands in lines arrives, even on top of another text."""
    simple = doc(*(block for block in content["content"] if "[[" not in markup.write(doc(block))))

    arrived = markup.read(markup.write(simple), before, tables=TABLES)

    assert "".join(words_of(arrived).split()) == "".join(words_of(simple).split())


def test_formatting_stays_on_the_words_that_stay():
    base = doc(
        p("Wir ", text("nutzen Abwärme", "bold"), " mit ", text("Rat", link("https://a.b/")))
    )

    read = markup.read("Wir alle nutzen Abwärme nur mit Rat.", base)

    assert read == doc(
        p(
            "Wir alle ",
            text("nutzen Abwärme", "bold"),
            " nur mit ",
            text("Rat", link("https://a.b/")),
            ".",
        )
    )


def test_a_word_between_two_formatted_ones_is_formatted_as_they_are():
    base = doc(p(text("sehr wichtig", "bold")))

    assert markup.read("sehr sehr, sehr wichtig", base) == doc(
        p(text("sehr sehr, sehr wichtig", "bold"))
    )


def test_formatting_survives_where_a_paragraph_is_split_and_turned_into_a_list():
    base = doc(p("Erst ", text("dies", "italic"), ". Dann ", text("das", comment(1)), "."))

    read = markup.read("- Erst dies.\n- Dann das.", base)

    assert read == doc(
        node(
            "bulletList",
            node("listItem", p("Erst ", text("dies", "italic"), ".")),
            node("listItem", p("Dann ", text("das", comment(1)), ".")),
        )
    )


def test_a_table_is_a_line_that_can_be_moved():
    grid = table(["Maßnahme", "Kosten"], ["Kataster", "1 €"])
    base = doc(p("davor"), grid)

    lines = markup.write(base)
    read = markup.read(f"{lines.splitlines()[-1]}\n\ndahinter", base)

    assert lines == f"davor\n\n[[1: {_('table')}, Maßnahme Kosten Kataster 1 €]]"
    assert read == doc(grid, p("dahinter"))


def test_a_table_whose_line_is_deleted_goes():
    base = doc(p("davor"), table(["a"]))

    assert markup.read("davor", base) == doc(p("davor"))


def test_the_name_of_a_kept_block_says_nothing_only_its_number_counts():
    base = doc(table(["a"]), p("x"))

    assert markup.read("[[1]]\n\nx", base) == base


def test_a_line_that_stands_for_nothing_is_named():
    with pytest.raises(ValidationError) as error:
        markup.read("davor\n\n[[7: Tabelle]]", doc(p("davor"), table(["a"])))

    assert "[[7: Tabelle]]" in error.value.messages[0]


def test_empty_lines_that_were_typed_make_no_empty_paragraphs():
    assert markup.read("eins\n\n\n\n\nzwei\n\n\n", EMPTY) == doc(p("eins"), p("zwei"))


def test_empty_paragraphs_that_stood_there_stay():
    base = doc(p("eins"), p(), p("zwei"), p())

    assert markup.read(markup.write(base).replace("zwei", "drei"), base) == doc(
        p("eins"), p(), p("drei"), p()
    )


def test_a_block_needs_no_empty_line_before_it():
    read = markup.read("Anfang\n- a\n- b\n## Titel\nText\n> Zitat", EMPTY)

    assert read == doc(
        p("Anfang"),
        node("bulletList", *items("listItem", "a", "b")),
        node("heading", "Titel", level=2),
        p("Text"),
        node("blockquote", p("Zitat")),
    )


def test_lines_deeper_than_lists_may_be_are_lifted():
    lines = "\n".join(f"{'  ' * depth}- {depth}" for depth in range(100))

    read = markup.read(lines, EMPTY)

    assert words_of(read) == "".join(map(str, range(100)))
    assert markup.read(markup.write(read), EMPTY) == read


def test_unseen_characters_and_foreign_line_ends_do_no_harm():
    read = markup.read("eins\r\n\r\n\x00zwei\u202e", EMPTY)

    assert read == doc(p("eins"), p("zwei"))


def test_markup_of_other_kinds_is_text():
    script = "<script>alert(1)</script> **kein** [Link](javascript:x)"

    assert markup.read(script, EMPTY) == doc(p(script))
