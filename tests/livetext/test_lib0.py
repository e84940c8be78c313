import math
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from in4green.livetext.gate.lib0 import (
    LARGEST,
    Malformed,
    read_any,
    read_var_bytes,
    read_var_int,
    read_var_string,
    read_var_uint,
    var_bytes,
    var_string,
    var_uint,
)
from tests.livetext.encoding import any_value, var_int
from tests.livetext.updates import allocates_less

READERS = [read_var_uint, read_var_int, read_var_bytes, read_var_string, read_any]
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-LARGEST, LARGEST)
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
)


def nested(depth):
    if not depth:
        return PLAIN
    inner = nested(depth - 1)
    return inner | st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)


@given(st.integers(0, LARGEST), st.binary(max_size=3))
def test_a_number_is_read_as_it_was_written(number, rest):
    raw = var_uint(number)

    assert read_var_uint(b"x" + raw + rest, 1) == (number, 1 + len(raw))


@given(st.integers(-LARGEST, LARGEST), st.binary(max_size=3))
def test_a_signed_number_is_read_as_it_was_written(number, rest):
    raw = var_int(number)

    assert read_var_int(b"x" + raw + rest, 1) == (number, 1 + len(raw))


@pytest.mark.parametrize(
    ("number", "raw"),
    [(0, "00"), (127, "7f"), (128, "8001"), (300, "ac02"), (2**32 - 1, "ffffffff0f")],
)
def test_numbers_are_written_as_lib0_writes_them(number, raw):
    assert var_uint(number).hex() == raw


@pytest.mark.parametrize(
    ("number", "raw"), [(0, "00"), (-1, "41"), (63, "3f"), (64, "8001"), (-64, "c001")]
)
def test_signed_numbers_are_written_as_lib0_writes_them(number, raw):
    assert var_int(number).hex() == raw


@pytest.mark.parametrize(
    "raw",
    [
        b"\x80\x00",  # zero in two bytes
        b"\xff\x80\x00",
        b"\xff" * 7 + b"\x20",  # 2^54 and more, or 2^53 with a sign
        b"\x80" * 8 + b"\x01",
        b"\xff" * 5000,
    ],
)
@pytest.mark.parametrize("read", [read_var_uint, read_var_int])
def test_a_number_has_one_spelling_and_53_bits(read, raw):
    with pytest.raises(Malformed):
        read(raw, 0)


def test_a_number_without_end_is_not_read_to_its_end():
    endless = b"\xff" * 500_000

    begun = time.process_time()
    with pytest.raises(Malformed):
        read_var_uint(endless, 0)
    assert time.process_time() - begun < 1


def test_the_largest_number_passes_and_the_next_does_not():
    assert read_var_int(var_int(-LARGEST), 0) == (-LARGEST, 8)
    with pytest.raises(Malformed):
        read_var_int(var_int(LARGEST + 1), 0)
    assert read_var_uint(var_uint(LARGEST), 0) == (LARGEST, 8)
    with pytest.raises(Malformed):
        read_var_uint(var_uint(LARGEST + 1), 0)


@given(st.binary(max_size=40))
def test_bytes_are_read_as_they_were_written(raw):
    written = var_bytes(raw)

    assert read_var_bytes(written + b"rest", 0) == (raw, len(written))


@given(st.text())
def test_a_string_is_read_as_it_was_written(text):
    written = var_string(text)

    assert read_var_string(written + b"rest", 0) == (text, len(written))


def test_a_string_of_other_bytes_than_utf_8_is_malformed():
    with pytest.raises(Malformed):
        read_var_string(b"\x03\xed\xa0\x80", 0)  # half of a surrogate pair


@given(nested(4))
def test_a_value_is_read_as_it_was_written(value):
    raw = any_value(value)

    assert read_any(raw + b"rest", 0) == (value, len(raw))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"\x7f", None),
        (b"\x7e", None),
        (b"\x7c" + struct.pack(">f", 0.5), 0.5),
        (b"\x7b" + struct.pack(">d", 1e300), 1e300),
        (b"\x7a" + struct.pack(">q", -5), -5),
        (b"\x7d\x40", 0),  # minus zero
    ],
)
def test_values_are_read_that_only_browsers_write(raw, value):
    assert read_any(raw, 0) == (value, len(raw))


def test_no_number_is_a_number_that_can_be_read():
    value, _ = read_any(any_value(math.nan), 0)

    assert math.isnan(value)


def test_a_value_of_unknown_kind_is_malformed():
    with pytest.raises(Malformed, match="unknown"):
        read_any(b"\x73", 0)


def test_a_value_nests_four_deep_and_no_deeper():
    read_any(any_value([{"a": [{"b": 1}]}]), 0)
    with pytest.raises(Malformed, match="deep"):
        read_any(any_value([{"a": [{"b": []}]}]), 0)


@pytest.mark.parametrize("kind", [b"\x75\x01", b"\x76\x01\x01a"])
def test_a_value_ten_thousand_deep_is_malformed(kind):
    with pytest.raises(Malformed, match="deep"):
        read_any(kind * 10_000 + b"\x7e", 0)


@pytest.mark.parametrize("read", READERS)
def test_nothing_ends_too_early(read):
    with pytest.raises(Malformed):
        read(b"", 0)


@given(nested(2))
def test_a_value_that_is_cut_off_is_malformed(value):
    raw = any_value(value)

    for end in range(len(raw)):
        with pytest.raises(Malformed):
            read_any(raw[:end], 0)


@pytest.mark.parametrize("raw", [b"\x77", b"\x74", b"\x75", b"\x76"])
def test_a_claimed_length_allocates_nothing(raw):
    with allocates_less(than=100_000), pytest.raises(Malformed):
        read_any(raw + var_uint(2**50) + b"\x7e\x7e", 0)


def test_what_has_no_encoding_is_an_error():
    with pytest.raises(TypeError, match="set"):
        any_value([set()])


def test_a_value_of_any_depth_is_written_without_recursion():
    value: list = []
    for _ in range(10_000):
        value = [value]

    assert any_value(value) == b"\x75\x01" * 10_000 + b"\x75\x00"
