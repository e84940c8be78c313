import pytest
from hypothesis import given
from hypothesis import strategies as st

from in4green.livetext.content.words import bag, likeness, split


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Die Größe: 1.000,50 €", ["Die", " ", "Größe", ":", " ", "1.000,50", " ", "€"]),
        ("Wie geht's? don’t", ["Wie", " ", "geht's", "?", " ", "don’t"]),
        ("Grün-Park (neu)", ["Grün", "-", "Park", " ", "(", "neu", ")"]),
        ("a  b\n\nc", ["a", "  ", "b", "\n", "\n", "c"]),
        ("cafe\u0301 zu", ["cafe\u0301", " ", "zu"]),
        ("👨‍👩‍👧👍🏽🇩🇪🇪🇺", ["👨‍👩‍👧", "👍🏽", "🇩🇪", "🇪🇺"]),
        ("z.\xa0B.", ["z", ".", "\xa0", "B", "."]),
        ("", []),
    ],
)
def test_words_are_what_people_take_for_words(text, words):
    assert split(text) == words


@given(st.text())
def test_words_joined_are_the_text(text):
    assert "".join(split(text)) == text


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("eins zwei", "zwei, eins!", 1),
        ("eins zwei", "drei", 0),
        ("eins zwei", "eins drei", 0.5),
        ("", "", 1),
        ("!", "", 1),
        ("", "eins", 0),
    ],
)
def test_likeness_is_the_share_of_common_words(one, other, expected):
    assert likeness(bag(one), bag(other)) == expected
