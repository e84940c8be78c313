from in4green.livetext.content.pairing import pairs


def same_letter(one, other):
    return 1.0 if one[0] == other[0] else 0.0


def test_the_heaviest_pairs_are_found():
    def weigh(one, other):
        return {("a", "x"): 0.4, ("a", "y"): 0.9, ("b", "y"): 0.6}.get((one, other), 0)

    assert pairs(["a", "b"], ["x", "y"], weigh) == [(0, 0), (1, 1)]
    assert pairs(["a"], ["x", "y"], weigh) == [(0, 1)]


def test_nothing_pairs_with_what_weighs_nothing():
    assert pairs(["a1", "b1"], ["c1"], same_letter) == []


def test_pairs_rise_on_both_sides():
    assert len(pairs(["a1", "b1"], ["b2", "a2"], same_letter)) == 1


def test_of_many_those_with_the_same_hint_are_pairs():
    old = [f"{letter}{number}" for number in range(60) for letter in "ab"]
    new = ["c", *old[:50], "d", "e", *old[52:]]

    found = pairs(old, new, same_letter, hints=[lambda part: part])

    assert found[0] == (0, 1)
    assert found[-1] == (119, 120)
    assert len(found) == 118


def test_of_many_without_a_hint_those_side_by_side_are_pairs():
    old = ["a"] * 60
    new = ["a"] * 30 + ["b"] * 40

    assert pairs(old, new, same_letter) == [(at, at) for at in range(30)]


def test_a_hint_alone_makes_no_pair():
    old = new = [f"a{number}" for number in range(60)]

    assert pairs(old, new, lambda one, other: 0, hints=[lambda part: part]) == []


def test_what_one_hint_leaves_the_next_one_finds():
    old = [f"x{number} a{number}" for number in range(60)]
    new = ["neu", *(f"y{number} a{number}" for number in range(60))]

    found = pairs(
        old, new, lambda *_: 1, hints=[lambda part: part[:3], lambda part: part.split()[-1]]
    )

    assert found == [(at, at + 1) for at in range(60)]
