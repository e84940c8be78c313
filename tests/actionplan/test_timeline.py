"""The timeline: bars where their days are, arrows to what waits."""

from datetime import date

from actionplan import tables
from tests.actionplan.drawings import rects, svg, texts
from tests.actionplan.records import action, full, record, step


def draw(*actions, today=None):
    data = tables.of(record(*actions), today=today)["gantt"]
    (drawing,) = tables.drawings("gantt", data)
    return svg(drawing.svg)


def bars(drawn):
    """Where each begins and ends, in per cent of the width."""
    found = [(float(r.get("x")[:-1]), float(r.get("width")[:-1])) for r in rects(drawn)]
    return [(round(x), round(x + width)) for x, width in found]


def test_bars_stand_where_their_days_are_in_whole_years():
    action_bar, step_bar = bars(
        draw(
            action(
                starts_on="2027-01-01",
                ends_on="2028-12-31",
                steps=[step("1.1", "2026-01-01", "2026-12-31")],
            )
        )
    )

    assert (action_bar, step_bar) == ((33, 100), (0, 33))


def test_one_day_can_be_seen_and_a_lone_day_is_a_point():
    drawn = draw(
        action(starts_on="2026-05-05", ends_on="2026-05-05"), action(starts_on="2026-01-01")
    )

    assert float(rects(drawn)[0].get("width")[:-1]) > 0.3
    assert len(drawn.findall("{*}svg")) == 1


def test_what_has_no_dates_is_named():
    drawn = draw(action(starts_on="2026-05-05"), action(2, "Später"))

    assert "2 Später (noch ohne Termin)" in texts(drawn)


def test_today_has_a_line_only_where_it_is_asked_for():
    there = action(starts_on="2026-05-05")

    assert "heute" in texts(draw(there, today=date(2026, 7, 1)))
    assert "heute" not in texts(draw(there))
    assert "heute" not in texts(draw(there, today=date(2027, 1, 1)))


def test_what_waits_for_a_step_is_reached_by_an_arrow():
    steps = [
        step("1.1", "2026-01-01", "2026-03-31"),
        step("1.2", "2026-06-01", "2026-07-01", after=["1.1", "9.9"]),
    ]

    html = tables.html("gantt", tables.of(record(action(steps=steps)))["gantt"])

    assert html.count("plan-chart__tip") == 1
    assert "plan-chart__clash" not in html
    assert "Beginnen, bevor" not in html


def test_a_step_that_begins_too_early_is_drawn_and_told_as_one():
    steps = [
        step("1.1", "2026-01-01", "2026-03-31"),
        step("1.2", "2026-03-31", "2026-07-01", after=["1.1"]),
    ]

    html = tables.html("gantt", tables.of(record(action(steps=steps)))["gantt"])

    assert "plan-chart__clashtip" in html
    assert "Beginnen, bevor ein Schritt zu Ende ist, auf den sie warten: 1.2 vor 1.1." in html


def test_of_very_many_steps_only_the_actions_are_drawn():
    data = tables.of(full(actions=81, steps=1))["gantt"]

    drawn = tables.svg("gantt", data)

    assert "81 Abwärme" in drawn
    assert "81.1 Schritt" not in drawn
    assert "81.1 Schritt" in tables.html("gantt", data)


def test_of_very_many_steps_paper_has_a_row_for_each_action_and_says_where_the_others_are():
    many = tables.of(full(actions=81, steps=1))["gantt"]
    (grid,) = tables.grids("gantt", many)
    (body,) = grid.bodies

    assert [column.title for column in grid.columns] == ["Maßnahme", "Beginn", "Ende", "Schritte"]
    assert len(body.rows) == 81
    assert body.rows[80].cells == ("81 Abwärme nutzen 81", "01.01.2026", "30.06.2027", "1")
    assert grid.notes[-1].startswith("Wann die Schritte beginnen und enden")


def test_of_fewer_steps_paper_has_a_row_for_each():
    few = tables.of(full(actions=20, steps=4))["gantt"]
    (grid,) = tables.grids("gantt", few)

    assert [len(body.rows) for body in grid.bodies] == [5] * 20


def test_on_paper_no_part_is_higher_than_a_page_and_no_action_is_cut():
    data = tables.of(full(actions=60, steps=1))["gantt"]

    parts = tables.drawings("gantt", data)

    assert max(part.height for part in parts) <= 860
    said = [words for part in parts for words in texts(svg(part.svg))]
    assert [n for n in range(1, 61) if f"{n} Abwärme nutzen {n}" not in said] == []
