from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from in4green.livetext.content.sequences import Change, changes

_ITEMS = st.lists(st.integers(0, 4), max_size=15)


def rebuilt(old, new):
    """Both sequences put together from their changes, and whether kinds tell the truth."""
    before, after = [], []
    for change in changes(old, new):
        ours, theirs = (
            old[change.old_start : change.old_end],
            new[change.new_start : change.new_end],
        )
        assert change.kind == kind(ours, theirs)
        before.extend(ours)
        after.extend(theirs)
    return before, after


def kind(ours, theirs):
    if ours and theirs:
        return "equal" if ours == theirs else "replace"
    return "delete" if ours else "insert"


@given(_ITEMS, _ITEMS)
def test_changes_make_up_both_sequences(old, new):
    assert rebuilt(old, new) == (old, new)


@given(_ITEMS)
def test_equal_sequences_have_no_change(items):
    whole = [Change("equal", 0, len(items), 0, len(items))] if items else []

    assert changes(items, items) == whole


@given(_ITEMS, _ITEMS)
def test_no_two_neighbours_are_both_equal_or_both_changed(old, new):
    kinds = [change.kind == "equal" for change in changes(old, new)]

    assert all(one != other for one, other in pairwise(kinds))


def test_an_item_that_occurs_once_anchors_the_comparison():
    assert changes(list("aXb"), list("cdXe")) == [
        Change("replace", 0, 1, 0, 2),
        Change("equal", 1, 2, 2, 3),
        Change("replace", 2, 3, 3, 4),
    ]


def test_anchors_that_have_changed_places_are_not_all_kept():
    found = changes(list("1234567"), list("7123456"))

    assert [change.kind for change in found] == ["insert", "equal", "delete"]


def test_repeated_items_are_compared_one_by_one():
    found = changes(list("aabb"), list("abab"))

    assert sum(c.old_end - c.old_start for c in found if c.kind == "equal") == 3


def test_a_long_text_in_which_every_word_is_repeated_keeps_what_is_equal():
    old = [place * place % 307 for place in range(5000)]  # repeats itself 16 times
    for place in range(0, 5000, 7):
        old[place] = place % 300
    new = list(old)
    for place in range(0, 5000, 100):
        new[place] = -1

    found = changes(old, new)

    assert sum(c.old_end - c.old_start for c in found if c.kind == "equal") > 4900
    assert rebuilt(old, new) == (old, new)


def test_two_long_texts_without_anything_in_common_are_a_replacement():
    assert changes([1, 2] * 300, [3, 4] * 300) == [Change("replace", 0, 600, 0, 600)]


def test_large_parts_without_anchors_are_not_compared_item_by_item():
    old, new = [1, 2] * 300, [2, 1, 1] * 300

    assert rebuilt(old, new) == (old, new)
