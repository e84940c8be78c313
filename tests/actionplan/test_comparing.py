"""The difference of two editions, in plain words and word by word; no database is asked."""

from copy import deepcopy

import pytest
from django.utils import translation

from actionplan.editions import comparing
from actionplan.editions.summing_up import sum_up
from tests.livetext.writing import doc, p


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def action(number, **fields):
    return {
        "number": number, "title": f"{number} Dach", "summary": "Kurz",
        "description": doc(p("So.")), "lead_organisation": "Musterfirma", "lead_person": "",
        "starts_on": "2027-01-01",
        "ends_on": "2027-06-30", "cost": "1000.00", "is_unfunded": False, "dropped_on": None,
        "dropped_because": "", "fundings": [], "indicators": [], "steps": [], "risks": [],
    } | fields  # fmt: skip


def section(key, /, **fields):
    named = {"id": key, "number": str(key), "title": f"Teil {key}", "part_of": None}
    return named | {"content": doc(p(f"Wort {key}.")), "language": "de"} | fields


def whole(*actions, sections=()):
    return {"actions": list(actions), "sections": list(sections)}


def compare(old, new):
    found = comparing.compare(old, new)
    return found, sum_up(old, new, found)


def of_action(**changed):
    """What is said of one action when these facts change from (old, new)."""
    old, new = (action(1, **{name: pair[at] for name, pair in changed.items()}) for at in (0, 1))
    found, summary = compare(whole(old), whole(new))
    [row] = found.actions
    return list(row.sentences), summary


def indicator(title, target, unit="t"):
    return {"title": title, "target": target, "unit": unit}


def funding(secured):
    return {"secured": secured, "planned": "0.00", "spent": "0.00"}


def test_editions_that_say_the_same_differ_in_nothing():
    same = whole(action(1), sections=[section(1)])

    found, summary = compare(same, deepcopy(same))

    assert (found.actions, found.sections, summary) == ([], [], [])


def test_new_dropped_later_in_one_line():
    old = whole(action(1), action(2), action(3), action(4))
    later = {"ends_on": "2027-12-31"}
    new = whole(
        action(1, **later),
        action(2, **later),
        action(3, dropped_on="2026-11-01", dropped_because="zu teuer."),
        action(4),
        action(5),
        action(6),
        action(7),
    )

    found, summary = compare(old, new)

    assert summary == ["3 actions new", "1 action dropped (because: zu teuer)", "2 actions later"]
    assert [(row.kind, row.title) for row in found.actions] == [
        ("changed", "1 Dach"), ("changed", "2 Dach"), ("dropped", "3 Dach"),
        ("new", "5 Dach"), ("new", "6 Dach"), ("new", "7 Dach"),
    ]  # fmt: skip
    assert found.actions[2].sentences == ("Because: zu teuer.",)


def test_an_action_that_is_gone_or_taken_up_again_is_named():
    old = whole(action(1), action(2, dropped_on="2026-11-01", dropped_because="zu teuer"))

    found, summary = compare(old, whole(action(2)))

    named = [(row.kind, row.title) for row in found.actions]
    assert named == [("back", "2 Dach"), ("gone", "1 Dach")]
    assert summary == ["1 action taken up again", "1 action no longer in the plan"]


@pytest.mark.parametrize(
    ("changed", "said", "summary"),
    [
        ({"title": ("1 Dach", "1 Solardach")}, "It was called “1 Dach”.", []),
        (
            {"lead_organisation": ("Musterfirma", "")},
            "Responsible: nobody instead of Musterfirma.",
            [],
        ),
        (
            {"ends_on": ("2027-06-30", "2027-09-30")},
            "It ends on 30/09/2027 instead of 30/06/2027: 3 months later.",
            ["1 action later"],
        ),
        (
            {"starts_on": ("2027-01-15", "2027-01-08")},
            "It begins on 08/01/2027 instead of 15/01/2027: 7 days earlier.",
            ["1 action earlier"],
        ),
        (
            {"ends_on": ("2027-06-30", "2027-07-21")},
            "It ends on 21/07/2027 instead of 30/06/2027: 3 weeks later.",
            ["1 action later"],
        ),
        (
            {"cost": ("1000.00", "2500.00")},
            "Cost: 2,500 € instead of 1,000 €.",
            ["cost 1,500 € higher"],
        ),
        ({"cost": ("1000.00", None)}, "Cost: – instead of 1,000 €.", ["cost 1,000 € lower"]),
        ({"is_unfunded": (False, True)}, "It is marked as not funded.", []),
        ({"is_unfunded": (True, False)}, "It is no longer marked as not funded.", []),
        (
            {"fundings": ([funding("0.00")], [funding("500.00"), funding("200.00")])},
            "Funding secured: 700 € instead of 0 €.",
            ["700 € more secured"],
        ),
        (
            {"indicators": ([indicator("CO₂", "100")], [indicator("CO₂", "1200.5")])},
            "Target of “CO₂”: 1,200.5 t instead of 100 t.",
            ["1 action with another target"],
        ),
        (
            {"indicators": ([indicator("Läuft", False, "")], [indicator("Läuft", True, "")])},
            "Target of “Läuft”: yes instead of no.",
            ["1 action with another target"],
        ),
        (
            {"indicators": ([], [indicator("CO₂", "100")])},
            "New indicator: “CO₂”.",
            [],
        ),
        ({"steps": ([{"title": "Bauen"}], [])}, "No longer a step: “Bauen”.", []),
        ({"risks": ([], [{"title": "Regen"}])}, "New risk: “Regen”.", []),
    ],
)
def test_what_has_changed_in_an_action_is_said_in_words(changed, said, summary):
    assert of_action(**changed) == ([said], summary)


def test_words_of_an_action_and_of_a_section_are_compared():
    old = whole(action(1), sections=[section(1)])
    new = whole(
        action(1, description=doc(p("So und so."))),
        sections=[section(1, content=doc(p("Wort 1!")))],
    )

    found, summary = compare(old, new)

    [block] = found.actions[0].blocks
    assert block.html == 'So<ins><span class="visually-hidden">inserted: </span> und so</ins>.'
    assert found.sections[0].blocks
    assert summary[0] == "1 section reworded"
    assert summary[1].endswith("words changed")


def test_sections_that_come_go_move_and_get_another_name_are_named():
    old = whole(sections=[section(1), section(2), section(3), section(4)])
    new = whole(
        sections=[
            section(4, number="1"),
            section(1, number="2", title="Lage"),
            section(5, number="3"),
            section(3, number="4"),
        ]
    )

    found, summary = compare(old, new)

    assert [(row.kind, row.title, row.sentences) for row in found.sections] == [
        ("changed", "1 Teil 4", ("It has moved: it was 4.",)),
        ("changed", "2 Lage", ("It was called “Teil 1”.",)),
        ("new", "3 Teil 5", ()),
        ("gone", "2 Teil 2", ()),
    ]
    assert summary[:2] == ["1 section new", "1 section removed"]


def test_a_section_that_becomes_part_of_another_has_moved():
    old = whole(sections=[section(1), section(2)])
    new = whole(sections=[section(1), section(2, number="1.1", part_of=1)])

    [row] = compare(old, new)[0].sections

    assert (row.title, row.sentences) == ("1.1 Teil 2", ("It has moved: it was 2.",))
