"""The names on the map."""

from itertools import combinations

import pytest

from groups.geography import Place, land, places
from groups.map_labels import Box, arrange

SIZES = [29, 40]


@pytest.mark.parametrize("size", SIZES)
def test_no_name_covers_another(size):
    labels = arrange(places(), size, land()["width"], land()["height"])

    assert len(labels) == 10
    assert not [
        (one.place.name, other.place.name)
        for one, other in combinations(labels, 2)
        if one.box.meets(other.box)
    ]


@pytest.mark.parametrize("size", SIZES)
def test_no_name_covers_the_dot_of_another_city(size):
    for label in arrange(places(), size, land()["width"], land()["height"]):
        for place in places():
            dot = Box(place.x - 9, place.y - 9, place.x + 9, place.y + 9)
            assert place == label.place or not label.box.meets(dot)


@pytest.mark.parametrize("size", SIZES)
def test_every_name_lies_within_the_drawing(size):
    for label in arrange(places(), size, land()["width"], land()["height"]):
        assert label.box.left >= 0
        assert label.box.right <= land()["width"]


def test_a_name_goes_to_the_left_where_the_right_has_no_room():
    place = Place("a", "Musterstadt", "DE", "de", 95, 50, is_own=False)

    [label] = arrange([place], 10, 100, 100)

    assert label.anchor == "end"


def test_where_no_arrangement_fits_all_names_stand_at_the_right():
    crowd = [Place(str(n), "Musterstadt", "DE", "de", 50, 50, is_own=False) for n in range(15)]

    labels = arrange(crowd, 10, 100, 100)

    assert {label.anchor for label in labels} == {"start"}
    assert len(labels) == 15


def test_the_search_ends_also_where_there_is_no_arrangement_to_find():
    """Twenty free cities before fifteen in one spot: to try them all would take years."""
    free = [Place(f"f{n}", "Dorf", "DE", "de", 100 + n * 40, 100, is_own=False) for n in range(20)]
    crowd = [Place(f"c{n}", "Dorf", "DE", "de", 500, 500, is_own=False) for n in range(15)]

    assert len(arrange(free + crowd, 10, 1000, 900)) == 35
