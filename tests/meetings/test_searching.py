"""Practices are found by what people remember of them, quickly, in several alphabets."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bench.search import IN_ALL, IN_FEW, fill
from meetings.models import Practice, SearchWord
from meetings.searching import RANKED, matching, meant, remember_words
from tests.factories import CityFactory, PracticeFactory, WorkingGroupFactory

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [practice.title for practice in matching(Practice.objects.all(), text)]


@pytest.fixture
def practice() -> Practice:
    practice: Practice = PracticeFactory(
        title="Müllheizkraftwerk für die ganze Stadt",
        organisation="Muster-Stadtwerke",
        solution="Fernwärme wird in die Häuser geleitet. Factories reuse their heat.",
    )
    remember_words(practice)
    return practice


@pytest.mark.parametrize(
    "text",
    [
        "Müllheizkraftwerke",  # German stems
        "muellheizkraftwerk",  # as one types without umlauts
        "MULLHEIZKRAFTWERK",
        "haus Fernwärme",
        "reusing factory",  # English stems
        "Müllheizkraftwerk für Musterstadt",  # stop words, and the name of the city
        "Stadtwerke",  # the second half of a name
        '"ganze Stadt" -Schwimmbad',
    ],
)
def test_a_practice_is_found_by_stems_of_german_and_english(practice, text):
    practice.city.name = "Musterstadt"
    practice.save()

    assert found(text) == [practice.title]


@pytest.mark.parametrize("text", ["Schwimmbad", "Fernwärme -Häuser", "", "'&|!(", "\\"])
def test_what_is_not_there_is_not_found(practice, text):
    assert found(text) == []


def test_the_title_weighs_more_than_the_text():
    PracticeFactory(title="Ein Speicher", solution="Abwärme")
    PracticeFactory(title="Abwärme", solution="Ein Speicher")

    assert found("Abwärme") == ["Abwärme", "Ein Speicher"]


@pytest.mark.parametrize(
    ("city", "text"),
    [
        ("Λάρισα", "λαρισα"),
        ("Λάρισα", "Larisa"),
        ("Dąbrowa Górnicza", "dabrowa gornicza"),
        ("Žďár nad Sázavou", "Zdar"),
        ("Bijelo Polje – Šćepanica", "scepanica"),
    ],
)
def test_names_are_found_in_their_own_letters_and_in_plain_ones(city, text):
    practice = PracticeFactory(city=CityFactory(name=city))

    assert found(text) == found(city) == [practice.title]


def test_names_of_many_alphabets_stand_in_the_order_people_expect():
    for title in ("Ωμέγα", "Zeche", "Žďár", "Łódź", "Lunge", "ćevap", "Cevat", "Άλφα", "lose"):
        PracticeFactory(title=title)

    titles = list(Practice.objects.by_title().values_list("title", flat=True))

    assert titles == ["ćevap", "Cevat", "Łódź", "lose", "Lunge", "Žďár", "Zeche", "Άλφα", "Ωμέγα"]


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("Mülheitzkraftwerk", "Müllheizkraftwerk"),
        ("fernwerme", "Fernwärme"),
        ("fernwerme in Stadwerken", "Fernwärme in Stadtwerke"),
        ("Fernwärme", ""),
        ("xylophon", ""),
        ("fab", ""),
        (".*(", ""),
    ],
)
def test_a_mistyped_word_leads_to_the_one_that_was_meant(practice, typed, corrected):
    assert meant(typed) == corrected


def test_the_vocabulary_knows_each_word_once(practice):
    remember_words(practice)

    words = SearchWord.objects.filter(key__in=["fernwarme", "haus", "mullheizkraftwerk"])
    assert set(words.values_list("as_written", flat=True)) == {"Fernwärme", "Müllheizkraftwerk"}


def plan_of(query) -> str:
    return str(query.explain())


def test_ten_thousand_practices_are_searched_by_an_index(client, django_assert_num_queries):
    fill(WorkingGroupFactory())
    visible = Practice.objects.visible_to(AnonymousUser())
    few, many = matching(visible, IN_FEW), matching(visible, IN_ALL)

    assert 0 < few.count() < RANKED
    assert "practice_by_words" in plan_of(few[:25])
    # Ranking thousands would take longer than anybody waits.
    assert many.count() == 9_000
    assert [practice.title for practice in many[:2]] == ["Wärme 1", "Wärme 1001"]
    for by_title in (many, visible.by_title()):
        plan = plan_of(by_title[:25])
        assert "practice_by_title" in plan
        assert "Seq Scan" not in plan
    # As often as for one.
    address = reverse("practices:list")
    client.get(address)
    with django_assert_num_queries(5):
        assert client.get(address).context["paginator"].count == 9_000
