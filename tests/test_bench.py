"""The benchmark is run by hand; here only whether it still fits the portal, without any timing."""

import importlib
import pkgutil

import pytest
from django.test import Client, override_settings

import bench
from bench.figures import Figure, median, table
from bench.load import Outcome
from bench.weight import Links, named_in_style

MODULES = [module.name for module in pkgutil.iter_modules(bench.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_every_measurement_can_be_imported(name):
    importlib.import_module(f"bench.{name}")


@override_settings(ROOT_URLCONF="bench.urls")
def test_the_empty_page_answers_beside_the_portals_own():
    response = Client().get("/empty/")

    assert response.status_code == 200
    assert response.content == b""


def test_a_missed_target_is_called_missed():
    verdicts = [
        Figure("a", 8.1, at_most=8).verdict,
        Figure("b", 8.0, at_most=8).verdict,
        Figure("c", 99.0, at_least=100).verdict,
        Figure("d", 1.0).verdict,
    ]

    assert verdicts == ["missed", "met", "missed", ""]


def test_the_table_shows_the_median_and_its_rounds():
    figure = median("Page", [3.0, 1.0, 2.0], "ms", at_most=8)

    assert table([figure]).splitlines()[-1].split(" | ") == [
        "| Page  ",
        "2.00 ms",
        "1.00 – 3.00",
        "≤ 8.00",
        "met |",
    ]


def test_the_99th_percentile_is_the_nearest_rank_in_milliseconds():
    outcome = Outcome({"302": 200}, [n / 1000 for n in range(200, 0, -1)], lasted=2.0)

    assert (outcome.percentile(50), outcome.percentile(99), outcome.rate) == (100, 198, 100)


def test_what_a_page_and_its_style_fetch_is_found():
    page = '<link rel="stylesheet" href="/a.css"><link rel="canonical" href="/"><img src="/b.png">'
    style = "@font-face{src:url(f.woff2)} a{background:url('c.svg')} b{background:url(data:x)}"

    assert Links(page).found == {"/a.css", "/b.png"}
    assert named_in_style(style, "/static/a.css") == {"/static/c.svg"}
