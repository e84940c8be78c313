from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from in4green.livetext.gate.spans import Spans

RANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=25)


@given(added=RANGES, asked=st.tuples(st.integers(0, 60), st.integers(1, 12)))
def test_spans_are_the_set_of_what_was_added(added, asked):
    spans = Spans()
    clocks: set[int] = set()
    for start, length in added:
        spans.add(start, start + length)
        clocks.update(range(start, start + length))

    ranges = list(spans)
    assert {clock for start, end in ranges for clock in range(start, end)} == clocks
    assert len(spans) == len(ranges)
    assert all(end < start for (_, end), (start, _) in pairwise(ranges)), (
        "neighbours neither touch nor overlap"
    )
    start, length = asked
    assert spans.covers(start, start + length) == (set(range(start, start + length)) <= clocks)
