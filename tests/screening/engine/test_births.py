"""Dates of birth: what people type, and what an agreement or a conflict weighs."""

import pytest

from clarion.errors import InputError
from clarion.screening.engine.births import LEVELS, Birth, compare_births, read_birth
from clarion.screening.engine.evidence import BIT

DAY = Birth(1961, 5, 17)


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("1961", Birth(1961)), ("1961-05", Birth(1961, 5)), ("1961-05-17", DAY), ("17.05.1961", DAY),
        ("17/5/1961", DAY),
        ("05.1961", Birth(1961, 5)), (" 1961 ", Birth(1961)), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_what_people_type_is_read(text, birth):
    assert read_birth(text, 2026) == birth


@pytest.mark.parametrize("text", ["61", "1961-13", "31.02.1961", "2068", "1700", "May 1961", "1961-05-17-1", "٣"])
def test_what_is_no_date_of_birth_is_refused(text):
    with pytest.raises(InputError) as refused:
        read_birth(text, 2026)
    assert refused.value.next_step


@pytest.mark.parametrize(
    ("given", "listed", "finding"),
    [
        (DAY, DAY, "same day"),
        (Birth(1961, 3, 4), Birth(1961, 4, 3), "day and month swapped"),
        (DAY, Birth(1961, 5, 2), "same month"),
        (DAY, Birth(1961, 7, 2), "same year, other day"),
        (Birth(1961), DAY, "same year"),
        (DAY, Birth(1961), "same year"),
        (Birth(1990), DAY, "other year"),
        (Birth(1962), DAY, "a year apart"),
        (Birth(1991, 5, 17), DAY, "same day of another year"),
        (Birth(1963), Birth(1961, circa=True), "about the same"),
        (Birth(1966), Birth(1961, circa=True), "other year, about"),
        (Birth(1962), Birth(1960, last=1965), "same year"),
        (Birth(1966), Birth(1960, last=1965), "about the same"),
        (Birth(1990), Birth(1960, last=1965), "other year"),
        (Birth(1951), Birth(1940, last=1949, circa=True), "about the same"),
        (Birth(1954), Birth(1940, last=1949, circa=True), "other year, about"),
        (Birth(1955), Birth(1940, last=1949, circa=True), "other year"),
    ],
)
def test_how_two_dates_compare(given, listed, finding):
    assert compare_births(given, [listed]).finding == finding


def test_what_is_missing_is_no_evidence():
    assert compare_births(None, [DAY]) is None
    assert compare_births(DAY, []) is None


def test_a_day_weighs_more_than_a_year_and_another_year_against():
    day, year, other = (compare_births(one, [DAY]).weight for one in (DAY, Birth(1961), Birth(1990)))
    assert day > year > 0 > other
    assert other < -15 * BIT
    assert compare_births(DAY, [Birth(1961, circa=False), Birth(1970)]).weight < year, "several dates fit by chance"
    assert compare_births(Birth(1962), [Birth(1960, last=1965)]).weight < year, "so does a range"


def test_levels_of_strangers_do_not_exceed_certainty():
    assert all(0 < match <= 1 and 0 < chance <= 1 for match, chance in LEVELS.values())
