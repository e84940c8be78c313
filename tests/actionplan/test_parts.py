"""A document is cut at its headings, and each heading finds the section that it means."""

import pytest

from actionplan.importing.matching import match
from actionplan.importing.parts import cut
from actionplan.models import TemplateSection
from in4green.livetext.content.html_in import from_html
from tests.plan_factories import SectionFactory


def parts(html):
    return [(part.title, part.depth, part.text) for part in cut(from_html(html)).parts]


def test_the_first_level_becomes_sections_and_the_second_parts_of_them():
    html = "<h1>Ziele</h1><p>a</p><h2>Klima</h2><p>b</p><h3>Luft</h3><p>c</p><h1>Wege</h1>"

    assert parts(html) == [("Ziele", 1, "a"), ("Klima", 2, "b\nLuft\nc"), ("Wege", 1, "")]


def test_what_stands_before_the_first_heading_is_a_part_without_a_title():
    assert parts("<p>Vorweg</p><h1>Ziele</h1>") == [("", 1, "Vorweg"), ("Ziele", 1, "")]
    assert parts("<p>Nur Text</p>") == [("", 1, "Nur Text")]


def test_one_heading_above_all_others_is_the_title_of_the_document():
    html = "<h1>Aktionsplan</h1><h2>Ziele</h2><p>a</p><h3>Klima</h3><p>b</p><h2>Wege</h2>"
    found = cut(from_html(html))

    assert found.title == "Aktionsplan"
    assert [(part.title, part.depth) for part in found.parts] == [
        ("Ziele", 1), ("Klima", 2), ("Wege", 1),
    ]  # fmt: skip


def test_one_heading_with_a_text_below_it_is_a_section():
    assert parts("<h1>Ziele</h1><p>a</p><h2>Klima</h2>") == [("Ziele", 1, "a"), ("Klima", 2, "")]


def test_headings_within_a_part_begin_at_their_highest_level():
    [_ziele, klima] = cut(from_html("<h1>Z</h1><p>a</p><h2>K</h2><h3>L</h3><p>c</p>")).parts

    assert klima.blocks[0]["attrs"]["level"] == 2


def test_numbers_of_headings_go_and_nothing_of_a_long_one_is_lost():
    long = "Wort " * 60
    found = cut(from_html(f"<h1>1.2 Ziele</h1><h1>3. {long}</h1><h1>2030</h1>")).parts

    assert [part.title for part in found] == ["Ziele", long[:200].strip(), "2030"]
    assert long.strip() in found[1].text
    assert (found[0].text, found[2].text) == ("", "")


def test_an_empty_heading_is_none():
    assert parts("<h1>Ziele</h1><p>a</p><h1> </h1><p>b</p>") == [("Ziele", 1, "a\n\nb")]


@pytest.mark.django_db
def test_headings_find_sections_by_their_own_and_by_the_templates_titles(plan):
    TemplateSection.objects.create(
        key="vision", title_de="Kontext, Bedarf und Vision", title_en="Context, needs and vision"
    )
    vision = SectionFactory(plan=plan, key="vision", title="Wohin wir wollen")
    steps = SectionFactory(plan=plan, title="Umsetzung und Begleitung")

    found = match(
        ["Kontext, Bedarfe und Vision", "Context, needs and vision", "Umsetzung", "Anhang", ""],
        [vision, steps],
    )

    assert found == [vision, None, steps, None, None]


@pytest.mark.django_db
def test_each_section_is_found_once(plan):
    one = SectionFactory(plan=plan, title="Maßnahmen im Einzelnen")

    assert match(["Massnahmen im einzelnen", "Maßnahmen im Einzelnen"], [one]) == [one, None]
