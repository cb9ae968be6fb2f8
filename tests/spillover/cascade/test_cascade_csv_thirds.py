"""Numbers of a CSV file: thirds that lost their last digits to printing come back; nothing else changes."""

from hypothesis import given
from hypothesis import strategies as st

from clarion.spillover.engine.cascade.csv_tables import _unprinted


@given(st.integers(1, 3 * 10**14))
def test_a_printed_third_comes_back(thirds):
    assert _unprinted(float(f"{thirds / 3:.15g}")) == thirds / 3


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_value_changes_by_more_than_printing_does(value):
    assert f"{_unprinted(value):.15g}" == f"{value:.15g}"


@given(st.integers(-(2**53), 2**53))
def test_whole_numbers_stay(value):
    assert _unprinted(float(value)) == float(value)
