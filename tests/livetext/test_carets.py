"""A caret has the shape that Yjs gives it, or it isn't shown."""

import json

import pytest

from in4green.livetext.live.carets import caret

END = {"tname": "prosemirror"}
ID = {"client": 7, "clock": 3}
WHOLE = {"type": ID, "tname": None, "item": {"client": 2**53 - 1, "clock": 0}, "assoc": -1}


def both(position):
    return {"anchor": position, "head": position}


@pytest.mark.parametrize("position", [END, {"type": ID}, {"item": ID, "assoc": 0}])
def test_where_a_caret_stands_is_handed_on(position):
    assert caret(both(position)) == both(position)


def test_what_a_browser_leaves_empty_is_left_out():
    said = json.loads(json.dumps(both(WHOLE)))

    named = {key: value for key, value in WHOLE.items() if key != "tname"}
    assert caret(said) == both(named)


SHAPELESS = {
    "nothing": None,
    "no object": 5,
    "an empty caret": {},
    "no head": {"anchor": END},
    "more than a caret": {**both(END), "name": "Ben"},
    "a number": both(1),
    "a list": both([END]),
    "nowhere": both({}),
    "only a side": both({"assoc": 0}),
    "nothing named": both({"type": None, "tname": None, "item": None, "assoc": 0}),
    "an empty id": both({"type": {}}),
    "an id without a clock": both({"item": {"client": 1}}),
    "an id with more": both({"item": {**ID, "more": 1}}),
    "an id in a list": both({"item": [7, 3]}),
    "a fractional clock": both({"item": {"client": 7, "clock": 2.5}}),
    "a whole number written as a fraction": both({"item": {"client": 7, "clock": 2.0}}),
    "a negative clock": both({"item": {"client": 7, "clock": -1}}),
    "a clock beyond all texts": both({"item": {"client": 7, "clock": 2**31 + 1}}),
    "a client beyond all numbers": both({"type": {"client": 2**53, "clock": 0}}),
    "a truth for a number": both({"item": {"client": True, "clock": 0}}),
    "a foreign root": both({"tname": "elsewhere"}),
    "a root in a list": both({"tname": ["prosemirror"]}),
    "a wrong item beside a good type": both({"type": ID, "item": {}}),
    "a foreign root beside a good type": both({"type": ID, "tname": "elsewhere"}),
    "a side that is a word": both({**END, "assoc": "left"}),
    "a side far away": both({**END, "assoc": 2}),
    "something unknown": both({**END, "more": 1}),
    "one good end": {"anchor": END, "head": {"item": {}}},
}


@pytest.mark.parametrize("said", SHAPELESS.values(), ids=SHAPELESS)
def test_what_no_editor_could_draw_is_no_caret(said):
    assert caret(said) is None
