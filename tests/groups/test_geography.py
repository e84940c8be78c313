"""Where the cities lie in the drawing."""

import math

import pytest

from groups.geography import land, own_place, places, project


def test_the_centre_of_the_projection_is_the_middle_of_the_drawing():
    longitude, latitude = land()["centre"]

    assert project(latitude, longitude) == (land()["width"] / 2, land()["height"] / 2)


def test_distances_from_the_centre_are_those_of_an_equal_area_projection():
    """Lambert: at an angle c from the centre the radius is 2 sin(c/2) Earth radii."""
    drawing = land()
    longitude, latitude = drawing["centre"]
    angle = 5

    x, y = project(latitude + angle, longitude)

    assert x == pytest.approx(drawing["width"] / 2)
    radius = 2 * math.sin(math.radians(angle) / 2) * drawing["scale"]
    assert y == pytest.approx(drawing["height"] / 2 - radius)


def test_north_is_up_and_east_is_right():
    longitude, latitude = land()["centre"]
    x, y = project(latitude + 1, longitude + 1)

    assert x > land()["width"] / 2
    assert y < land()["height"] / 2


def test_all_ten_cities_lie_within_the_drawing():
    drawing = land()

    assert len(places()) == 10
    assert all(0 < p.x < drawing["width"] and 0 < p.y < drawing["height"] for p in places())


def test_the_own_city_is_that_of_the_portals_group():
    assert own_place().slug == "solingen"
    assert [place.slug for place in places() if place.is_own] == ["solingen"]
