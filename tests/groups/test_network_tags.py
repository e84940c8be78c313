"""The mark, the map and the list of the cities."""

import re

from django.template import Context, Template
from django.utils import translation

from groups.templatetags.network import country_name, mark, mark_positions, partner_cities


def draw_map() -> str:
    drawn = Template("{% load network %}{% network_map %}").render(Context())
    return re.sub(r"\s+", " ", drawn)


def test_the_mark_is_ten_dots_with_the_own_city_on_top():
    circles = re.findall(r"<circle[^>]*>", mark())

    assert len(circles) == 10
    assert [position for position, dot in enumerate(circles) if "dots__here" in dot] == [9]


def test_the_dots_of_the_mark_keep_their_true_positions():
    positions = {place.slug: (x, y) for place, x, y in mark_positions()}

    assert positions["navan"][1] < positions["solingen"][1] < positions["larissa"][1]
    assert (
        positions["vila-nova-de-famalicao"][0]
        < positions["aviles"][0]
        < positions["solingen"][0]
        < positions["larissa"][0]
    )


def test_a_screen_reader_passes_over_the_mark():
    assert 'aria-hidden="true"' in mark()


def test_the_map_is_a_picture_with_a_name_and_a_text():
    drawing = draw_map()

    assert 'role="img" aria-labelledby="map-title map-text"' in drawing
    assert '<title id="map-title">' in drawing
    assert '<desc id="map-text">' in drawing
    assert "Solingen" in drawing.split('<desc id="map-text">')[1].split("</desc>")[0]


def test_lines_lead_from_the_own_city_to_the_nine_others():
    drawing = draw_map()

    assert drawing.count('class="map__line"') == 9
    assert drawing.count('class="map__city"') == 9
    assert drawing.count('class="map__here"') == 1


def test_the_list_says_in_words_what_the_map_shows():
    with translation.override("en"):
        cities = partner_cities()

    assert len(cities) == 10
    assert ("Solingen", "de", "Germany") in {
        (city["place"].name, city["place"].language, city["country"]) for city in cities
    }
    assert [city["place"].name for city in cities][::9] == ["Avilés", "Žďár nad Sázavou"]


def test_a_country_without_a_name_here_stays_a_code():
    assert country_name("SE") == "SE"
