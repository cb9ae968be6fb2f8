"""Numbers of a CSV file: thirds that lost their last digits to printing come back; nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarion.spillover.engine.cascade.csv_tables import _unprinted


@given(st.integers(1, 3 * 10**14))
def test_a_printed_third_comes_back(thirds):
    assert _unprinted(f"{thirds / 3:.15g}") == thirds / 3


@given(st.integers(3 * 10**10, 10**12))
def test_a_printed_third_of_a_large_round_number_comes_back(round_part):
    """Whole tonnes times a few thousand kcal: the sum of years is round where print leaves no decimals."""
    total = round_part * 10_000
    assert _unprinted(f"{total / 3:.15g}") == total / 3


@given(st.floats(-1e300, 1e300))
def test_no_value_changes_by_more_than_printing_does(value):
    assert f"{_unprinted(f'{value:.15g}'):.15g}" == f"{value:.15g}"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_in_full_stays(value):
    assert _unprinted(f"{value:.17g}") == value or f"{value:.15g}" == f"{value:.17g}"


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_stay(value):
    assert _unprinted(str(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6063843333.333334", 6063843333.333334),  # one bit above the third: a mean that another machine rounded
        ("6063843333.33333", 6063843333.333333),
        ("469065146666667", 469065146666666.7),
        ("469065146666667.0", 469065146666666.7),
        ("4.69065146666667E+14", 469065146666666.7),
        ("0.33", 0.33),
        ("0.333333333333333", 1 / 3),
        ("000.333333333333333", 1 / 3),
        ("-0", 0.0),
    ],
)
def test_digits_decide(text, value):
    assert _unprinted(text) == value
