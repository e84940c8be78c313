"""Practices are found by what people remember of them, quickly, in several alphabets."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from meetings.models import Practice, SearchWord
from meetings.searching import matching, meant, remember_words
from tests.factories import CityFactory, PracticeFactory, WorkingGroupFactory

pytestmark = pytest.mark.django_db
# Ten thousand practices whose words differ as they do in life: few are in all, most are in few.
MANY = """
INSERT INTO meetings_practice (
    uid, version, changed_at, created_at, slug, group_id, city_id, title, names, sort_key, problem,
    solution, relevance, results, organisation, funding, involved, conditions, obstacles, links,
    contact_name, contact_address, contact_agreed, languages, sources, written_in, state,
    reviewed_at, published_at, cost_from
)
SELECT gen_random_uuid(), 1, now(), now(), 'stadt-' || n, %s, %s, 'Wärme ' || n,
    'warme waerme ' || n, 'warme ' || n, 'Abwärme geht verloren ' || md5(n::text),
    'Fernwärme und ' || (ARRAY['Turbinen', 'Pumpen', 'Kessel', 'Speicher'])[n %% 4 + 1]
        || ' aus Werk ' || n %% 500 || repeat(' im Gewerbegebiet', 20),
    '', '', 'Musterwerk ' || n %% 300, '', '', '', '', '', '', '', false, '{}', '{}', 'de',
    CASE WHEN n %% 10 = 0 THEN 'draft' ELSE 'published' END, now(), now(), n
FROM generate_series(1, 10000) AS n
"""


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


def plan_of(query) -> dict:
    sql, params = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
        (answer,) = cursor.fetchone()
    plan: dict = (json.loads(answer) if isinstance(answer, str) else answer)[0]
    return plan


def test_ten_thousand_practices_are_searched_within_30_ms_by_an_index():
    group = WorkingGroupFactory()
    with connection.cursor() as cursor:
        cursor.execute(MANY, [group.pk, group.city_id])
        # What the database's own housekeeping does after so many rows.
        cursor.execute("SELECT gin_clean_pending_list('practice_by_words')")
        cursor.execute("ANALYZE meetings_practice")
    visible = Practice.objects.visible_to(AnonymousUser())

    plans = [plan_of(matching(visible, "Pumpe Werk 121")[:25]) for _ in range(3)]
    by_title = plan_of(visible.by_title()[:25])

    assert "practice_by_words" in json.dumps(plans[0])
    assert min(plan["Execution Time"] for plan in plans) < 30
    assert "practice_by_title" in json.dumps(by_title)
    assert by_title["Execution Time"] < 30
    assert matching(visible, "Pumpe Werk 121").count() == 20
