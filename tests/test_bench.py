"""The benchmark is run by hand; here only whether it still fits the portal, without any timing."""

import importlib
import math
import pkgutil

import pytest
from django.test import Client, override_settings

import bench
from bench.figures import Figure, median, table
from bench.livetext.comparison import Comparison
from bench.livetext.comparison import table as comparison_table
from bench.livetext.typing_runs import Load, run_from
from bench.load import Outcome
from bench.weight import Links, named_in_style

MODULES = [module.name for module in pkgutil.walk_packages(bench.__path__, "bench.")]


@pytest.mark.parametrize("name", MODULES)
def test_every_measurement_can_be_imported(name):
    importlib.import_module(name)


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


def test_a_target_is_for_the_median_of_the_ratios_of_each_round():
    rounds = {"ours": [1.0, 4.0, 6.0], "hocuspocus": [2.0, 4.0, 4.0]}

    assert Comparison("a", "ms", rounds, at_most=1.0).judged == 1.0
    assert Comparison("a", "ms", rounds, at_most=1.0).verdict == "met"
    assert Comparison("a", "ms", rounds, at_most=0.9).verdict == "missed"
    assert Comparison("a", "ms", rounds, at_least=1.1).verdict == "missed"
    assert Comparison("a", "ms", rounds, at_most=4.0, absolute=True).verdict == "met"
    assert Comparison("a", "ms", rounds).verdict == ""


def test_what_must_hold_in_every_round_is_judged_by_the_worst():
    delivered = {"ours": [1.0, 0.9, 1.0]}

    assert Comparison("a", "share", delivered, at_least=1, absolute=True).verdict == "met"
    assert Comparison("a", "share", delivered, at_least=1, every=True).verdict == "missed"


def test_without_a_figure_of_the_other_server_nothing_is_met():
    nothing = {"ours": [5.0], "hocuspocus": [0.0]}

    assert Comparison("a", "keys/s", nothing, at_least=1.5).verdict == "missed"


def test_a_run_that_lost_an_update_has_no_latency():
    times = {"count": 99, "p50": 1.0, "p95": 1.0, "p99": 1.0}
    heard = {
        "propagation": times,
        "acknowledgement": times,
        "expected": 100,
        "cpu": 1.0,
        "rate": 50.0,
        "frames": 99,
        "closed": [1006],
        "missing": [],
        "refused": [],
    }

    run = run_from(heard, cpu=1.0, database=0.0, memory=50.0, seconds=6)

    assert run.delivered == 0.99
    assert (run.p50, run.p99, run.acknowledged_p50) == (math.inf, math.inf, math.inf)
    assert str(run).endswith("99.0%: 1006")
    lost = Comparison("a", "ms", {"ours": [run.p50], "hocuspocus": [1.0]}, at_most=2.0)
    assert lost.verdict == "missed"
    assert "lost some" in comparison_table([lost])


def test_a_recording_holds_more_keys_than_anybody_types():
    loads = [Load(10, 5), Load(3, 2, texts=100), Load(20, 500, seconds=2)]

    assert all(load.keys > load.rate * load.seconds * 1.2 for load in loads)
