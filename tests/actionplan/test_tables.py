"""Tables of a plan: their data from its record, and what they say in HTML."""

import json
from html import unescape

import pytest

from actionplan import tables
from actionplan.models import Indicator, Risk
from tests.actionplan.drawings import rects, svg, texts
from tests.actionplan.records import (
    action,
    full,
    funding,
    indicator,
    record,
    risk,
    source,
    step,
)

SCRIPT = "\"><script>alert(1)</script>'&"
DRAWN = ("gantt", "funding", "risks")


def shown(slug, found, **more):
    return tables.html(slug, tables.of(found)[slug], **more)


def cells(grid):
    """Titles of groups and rows, as they stand below each other."""
    return [
        found
        for body in grid.bodies
        for found in ([body.title] if body.title else []) + [row.cells for row in body.rows]
    ]


def grid_of(slug, found):
    return tables.grids(slug, tables.of(found)[slug])


def test_every_table_has_a_name_data_html_and_a_sentence_when_it_is_empty():
    empty = tables.of(record())

    assert list(empty) == list(tables.NAMES)
    for slug, data in empty.items():
        assert tables.html(slug, data).startswith('<p class="empty">Hier')
        assert tables.svg(slug, data) == ""
        assert tables.drawings(slug, data) == tables.grids(slug, data) == []


def test_kept_as_json_they_show_the_same():
    for slug, data in tables.of(full()).items():
        kept = json.loads(json.dumps(data))
        assert tables.html(slug, kept) == tables.html(slug, data)
        assert tables.drawings(slug, kept) == tables.drawings(slug, data)


def test_they_speak_the_records_language_whatever_the_page_speaks():
    german, english = (shown("gantt", full() | {"language": each}) for each in ("de", "en"))

    assert "Zeitplan" in german
    assert "Timeline" in english


def test_only_what_is_wanted_is_made():
    assert list(tables.of(full(), only=["risks"])) == ["risks"]


def test_dropped_actions_are_left_out():
    found = record(action(1), action(2, "Aus", dropped_on="2026-01-01"))

    for slug in ("objectives", "gantt", "action_sheets"):
        assert "Aus" not in shown(slug, found)
        assert "Kataster" in shown(slug, found)


@pytest.mark.parametrize("slug", list(tables.NAMES))
def test_hostile_words_are_shown_as_they_are(slug):
    hostile = action(
        title=SCRIPT,
        starts_on="2026-01-01",
        ends_on="2026-02-01",
        lead_organisation=SCRIPT,
        steps=[step("1.1", "2026-01-01", "2026-01-02", title=SCRIPT, responsible=SCRIPT)],
        fundings=[funding(1, 2026, 5)],
        risks=[risk(title=SCRIPT, mitigation=SCRIPT, owner=SCRIPT)],
        indicators=[indicator(title=SCRIPT, unit=SCRIPT, source=SCRIPT)],
    )
    found = record(hostile, funding_sources=[source(1, SCRIPT)])
    data = tables.of(found)[slug]

    html = tables.html(slug, data)

    assert "<script" not in html
    assert SCRIPT in unescape(html)
    for drawing in tables.drawings(slug, data):
        assert all("script" not in each.tag for each in svg(drawing.svg).iter())


@pytest.mark.parametrize("slug", list(tables.NAMES))
def test_a_table_has_a_name_and_heads_for_its_columns_and_rows(slug):
    html = shown(slug, full())

    tables_shown = html.count("<table")
    assert tables_shown == html.count("<caption>") >= 1
    assert html.count('<th scope="row">') >= tables_shown
    if slug != "action_sheets":
        assert '<th scope="col"' in html
    assert " style=" not in html


@pytest.mark.parametrize("slug", DRAWN)
def test_a_drawing_says_in_words_what_it_is_and_the_table_stands_by(slug):
    html = shown(slug, full())

    drawn, table = html.split("</svg><", 1)[0], html.rpartition("</svg>")[2]
    assert 'role="img"' in drawn
    assert "<title>" in drawn
    assert "<desc>" in drawn
    assert "<table" in table
    assert "<svg" not in shown(slug, full(), drawing=False)


@pytest.mark.parametrize("slug", DRAWN)
def test_a_drawing_for_paper_brings_its_colours_and_its_size(slug):
    data = tables.of(full())[slug]

    (drawing,) = tables.drawings(slug, data)
    drawn = svg(drawing.svg)

    assert drawing.svg == tables.svg(slug, data, standalone=True)
    assert (drawn.get("width"), drawn.get("height")) == ("640", str(drawing.height))
    assert "class=" not in drawing.svg
    assert "." in drawing.alt


class TestObjectives:
    def test_actions_stand_below_their_objective_with_area_lead_and_time(self):
        found = record(
            action(1, "A", objective=2, area=1, lead_organisation="Amt", starts_on="2026-03-01"),
            action(2, "B", objective=1, lead_person="Erika Beispiel", ends_on="2027-03-01"),
            action(3, "C", starts_on="2026-01-01", ends_on="2026-12-31"),
            objectives=[
                {"id": 1, "part_of": None, "number": "1", "title": "Kreislauf"},
                {"id": 2, "part_of": 1, "number": "1.1", "title": "Brachen"},
            ],
            areas=[{"id": 1, "title": "Flächen"}],
        )

        (grid,) = grid_of("objectives", found)

        assert cells(grid) == [
            "1 Kreislauf",
            ("2 B", "–", "Erika Beispiel", "bis 01.03.2027"),
            "1.1 Brachen",
            ("1 A", "Flächen", "Amt", "ab 01.03.2026"),
            "Noch keinem Ziel zugeordnet",
            ("3 C", "–", "–", "01.01.2026 bis 31.12.2026"),
        ]

    def test_without_objectives_the_actions_need_no_heading(self):
        (grid,) = grid_of("objectives", record(action(1, "A")))

        assert cells(grid) == [("1 A", "–", "–", "–")]


class TestFunding:
    FOUND = record(
        action(
            1, "A", cost="100.50", fundings=[funding(1, 2026, 40, 20, 10), funding(2, 2027, 10)]
        ),
        action(2, "B", fundings=[funding(1, 2026, 5)], is_unfunded=True),
        funding_sources=[source(1, "Stadt"), source(2, "Land"), source(3, "Niemand")],
    )

    def test_amounts_are_added_up_by_source_and_year(self):
        (grid,) = grid_of("funding", self.FOUND)

        assert cells(grid) == [
            "Stadt",
            ("2026", "45 €", "20 €", "10 €"),
            ("zusammen", "45 €", "20 €", "10 €"),
            "Land",
            ("2027", "10 €", "0 €", "0 €"),
            ("zusammen", "10 €", "0 €", "0 €"),
            "Alle Quellen",
            ("2026", "45 €", "20 €", "10 €"),
            ("2027", "10 €", "0 €", "0 €"),
            ("zusammen", "55 €", "20 €", "10 €"),
        ]

    def test_what_is_missing_is_said(self):
        (grid,) = grid_of("funding", self.FOUND)

        assert grid.notes == (
            "Alle Maßnahmen zusammen kosten 101 €.",
            "Für 46 € davon ist keine Finanzierung geplant.",
            "Noch ohne geschätzte Kosten: 2 B.",
            "Nicht finanziert: 2 B.",
        )

    def test_figures_are_aligned_as_figures(self):
        assert '<td data-label="geplant" class="figure">45 €</td>' in shown("funding", self.FOUND)

    def test_the_longest_bar_is_the_largest_amount_and_none_leaves_the_drawing(self):
        drawn = svg(tables.drawings("funding", tables.of(self.FOUND)["funding"])[0].svg)

        widths = [float(r.get("width")[:-1]) for r in rects(drawn)][3:]
        assert max(widths) == 100

    def test_without_any_amount_there_is_nothing_to_draw(self):
        assert tables.drawings("funding", tables.of(record(action(cost="7.00")))["funding"]) == []


class TestRisks:
    def test_the_gravest_come_first_with_what_is_done_about_them(self):
        found = record(
            action(1, "A", risks=[risk(1, 2), risk(2, 3)]),
            action(2, "B", risks=[risk(5, 4, title="Preise", mitigation="Puffer", owner="Amt")]),
        )

        (grid,) = grid_of("risks", found)
        kind = Risk.Kind.LEGAL.label

        assert cells(grid)[0] == (
            f"1. Preise\n{kind}, schwerwiegend",
            "2 B",
            f"5 ({Risk.Level(5).label})",
            f"4 ({Risk.Level(4).label})",
            "Puffer",
            "Amt",
        )
        assert [row[0] for row in cells(grid)[1:]] == [
            f"2. Recht\n{kind}, zu mindern",
            f"3. Recht\n{kind}, zu beobachten",
        ]

    def test_each_risk_is_named_in_its_field_and_many_are_counted(self):
        found = record(action(risks=[risk(5, 5), *[risk(1, 1)] * 7]))

        drawn = svg(tables.drawings("risks", tables.of(found)["risks"])[0].svg)

        said = texts(drawn)
        assert "7 Risiken" in said
        assert said.count("1") == 3  # the risk, and the ends of both axes


class TestIndicators:
    @pytest.mark.parametrize(
        ("facts", "values"),
        [
            ({}, ("0 Betriebe", "1.200,5 Betriebe")),
            ({"baseline": None}, ("–", "1.200,5 Betriebe")),
            ({"target_on": "2028-12-31"}, ("0 Betriebe", "1.200,5 Betriebe (31.12.2028)")),
            ({"measure": "yes_no", "baseline": False, "target": True}, ("nein", "ja")),
            ({"measure": "words", "baseline": "", "target": "gut"}, ("–", "gut")),
            ({"target": "100"}, ("0 Betriebe", "100 Betriebe")),
        ],
    )
    def test_values_are_told_as_they_are_measured(self, facts, values):
        (grid,) = grid_of("indicators", record(action(indicators=[indicator(**facts)])))

        title, row = cells(grid)
        assert title == "1 Kataster"
        assert row == (f"Betriebe\n{Indicator.Kind.OUTPUT.label}", *values, "–", "–")


def test_a_sheet_tells_all_of_an_action():
    (grid,) = [g for g in grid_of("action_sheets", full()) if g.caption == "1 Abwärme nutzen 1"]

    said = dict(cells(grid))
    assert list(said) == [
        "Kurz gesagt",
        "Ziel",
        "Handlungsfeld",
        "Wer federführend ist",
        "Partner",
        "Wann",
        "Kosten",
        "Wer zahlt",
        "Indikatoren",
        "Risiken",
    ]
    assert said["Wann"][:3] == (
        "01.01.2027 bis 30.06.2028",
        "1.1 Schritt 1.1; 01.01.2027 bis 28.04.2027",
        "1.2 Schritt 1.2; 01.02.2027 bis 28.05.2027; erst nach 1.1",
    )
    assert said["Wer zahlt"][0] == (
        "2027, Stadt: geplant 50.000 €, gesichert 30.000 €, ausgegeben 10.000 €"
    )


def test_an_action_without_money_says_so():
    (grid,) = grid_of("action_sheets", record(action(is_unfunded=True)))

    said = dict(cells(grid))
    assert said["Wer zahlt"] == ("nicht finanziert",)
    assert said["Kosten"] == ("noch nicht geschätzt",)


def test_an_action_without_days_leaves_them_out():
    (grid,) = grid_of("action_sheets", record(action()))

    assert "Wann" not in dict(cells(grid))
