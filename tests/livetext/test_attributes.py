import pytest

from in4green.livetext.content.attributes import clean, storable, typed
from in4green.livetext.content.nodes import mark, specification

LEVEL = specification("heading")["attributes"]["level"]
START = specification("orderedList")["attributes"]["start"]
CHECKED = specification("taskItem")["attributes"]["checked"]
WIDTHS = specification("tableCell")["attributes"]["colwidth"]
SRC = specification("image")["attributes"]["src"]
ALT = specification("image")["attributes"]["alt"]
LANG = mark("language")["attributes"]["lang"]
HREF = mark("link")["attributes"]["href"]
THREAD = mark("comment")["attributes"]["thread"]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (LEVEL, 2),
        (CHECKED, True),
        (CHECKED, False),
        (WIDTHS, [100, 0]),
        (SRC, "/medien/a%20b.png?x=1&y=2#z"),
        (ALT, 'Ein "Platz" <im> Grünen'),
        (LANG, "de"),
        (LANG, "zh-Hant-TW"),
        (LANG, "sl-rozaj-biske"),
        (HREF, "https://example.org/?a=1&b='2'"),
        (HREF, "HTTP://example.org"),
        (HREF, "mailto:a@example.org?subject=x"),
        (HREF, "https://exämple.org/größe"),
        (THREAD, "00000001-0000-4000-8000-000000000000"),
    ],
)
def test_what_fits_stays(rule, value):
    assert typed(rule, value) == value


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (LEVEL, 1),
        (LEVEL, 5),
        (LEVEL, 2.5),
        (LEVEL, "2"),
        (START, True),
        (LEVEL, float("nan")),
        (LEVEL, float("inf")),
        (LEVEL, None),
        (CHECKED, "true"),
        (CHECKED, 1),
        (WIDTHS, "100"),
        (WIDTHS, [100, "x"]),
        (WIDTHS, [-1]),
        (WIDTHS, [10_001]),
        (SRC, "https://example.org/a.png"),
        (SRC, "//example.org/a.png"),
        (SRC, "/\\example.org/a.png"),
        (SRC, "a.png"),
        (SRC, "/a b.png"),
        (SRC, '/a"b.png'),
        (SRC, "/a\n"),
        (SRC, "/" + "a" * 2000),
        (ALT, 5),
        (LANG, "deutsch-ist-das"),
        (LANG, 'de"'),
        (LANG, "de\n"),
        (LANG, ""),
        (HREF, "javascript:alert(1)"),
        (HREF, "data:text/html,x"),
        (HREF, " https://example.org"),
        (HREF, "https://example.org/ x"),
        (HREF, 'https://example.org/"x'),
        (HREF, "https://example.org\n"),
        (HREF, "https://"),
        (HREF, "//example.org"),
        (HREF, "/pfad"),
        (HREF, "https://example.org/" + "a" * 2000),
        (THREAD, "1"),
        (THREAD, "00000001-0000-4000-8000-00000000000G"),
        (THREAD, ["x"]),
    ],
)
def test_what_does_not_fit_is_nothing(rule, value):
    assert typed(rule, value) is None


def test_every_attribute_gets_a_value_and_no_other_is_kept():
    given = {"colspan": 2.0, "rowspan": "x", "onclick": "alert(1)"}

    assert clean(specification("tableCell"), given) == {
        "colspan": 2,
        "rowspan": 1,
        "colwidth": None,
    }


def test_a_long_description_is_cut():
    assert typed(ALT, "a" * 2000) == "a" * 1000


def test_characters_that_a_database_refuses_are_replaced():
    assert storable("a\x00b\ud800c") == "a�b�c"
