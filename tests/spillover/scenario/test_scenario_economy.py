"""Fertiliser, energy and money in a scenario: read, written back, and refused with the line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.errors import ScenarioError
from clarion.spillover.engine.scenario import (
    NUTRIENTS,
    Economy,
    Fertiliser,
    Range,
    Shortage,
    parse,
    shipped_scenario,
    to_toml,
)

HEAD = 'name = "x"\ntitle = "X"\nitems = ["wheat", "rice"]\nperiod = "2019-2021"\n'
TABLES = """\

[fertiliser]
months = [6, 12, 24]
gas = [1, 2, 4]
source = "assumed"

[fertiliser.prices]
potash = 1.5

[[fertiliser.shortages]]
exporters = ["RUS", "BLR"]
nutrients = ["potash"]
lost = [0.2, 0.4, 0.6]
share = [0, 0.4, 0.9]

[economy]
growth = [-0.08, -0.04, 0.01]
rouble = -0.1
rupture = false
base_year = 2020
"""
SHOCK = '\n[[shocks]]\nkind = "export_ban"\nexporter = "RUS"\nitems = ["wheat"]\n'
TEXT = HEAD + TABLES + SHOCK


def test_read():
    found = parse(TEXT)
    shortage = Shortage(("RUS", "BLR"), Range(0.2, 0.4, 0.6), ("potash",), Range(0, 0.4, 0.9))
    assert found.fertiliser == Fertiliser(
        (shortage,), {"potash": Range.exactly(1.5)}, Range(1, 2, 4), Range(6, 12, 24), "assumed"
    )
    assert found.economy == Economy(Range(-0.08, -0.04, 0.01), Range.exactly(-0.1), False, 2020)


def test_left_out():
    """Files of before stay valid and come back as they were."""
    found = parse(HEAD.replace(', "rice"', "") + SHOCK)
    assert found.fertiliser is None
    assert found.economy is None
    assert "fertiliser" not in to_toml(found)
    assert "economy" not in to_toml(found)


def test_a_crop_that_only_fertiliser_touches_is_touched():
    with pytest.raises(ScenarioError, match="No shock touches rice"):
        parse(HEAD + SHOCK)
    assert parse(TEXT).items == ("wheat", "rice")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("potash = 1.5", "potassium = 1.5", "fertiliser.prices.potassium"),
        ("potash = 1.5", "potash = 0", "fertiliser.prices.potash"),
        ("gas = [1, 2, 4]", "gas = [2, 1, 4]", "fertiliser.gas"),
        ("months = [6, 12, 24]", "months = 40", "fertiliser.months"),
        ('["RUS", "BLR"]', "[]", "fertiliser.shortages[0].exporters"),
        ('["RUS", "BLR"]', '["RUS", "SUN"]', "fertiliser.shortages[0].exporters[1]"),
        ('["potash"]', '["wheat"]', "fertiliser.shortages[0].nutrients[0]"),
        ("lost = [0.2, 0.4, 0.6]", "lost = 20", "fertiliser.shortages[0].lost"),
        ("lost = [0.2, 0.4, 0.6]\n", "", "fertiliser.shortages[0].lost"),
        ("rupture = false", 'rupture = "no"', "economy.rupture"),
        ("base_year = 2020", "base_year = 20", "economy.base_year"),
        ("rouble = -0.1", "rouble = -1", "economy.rouble"),
        ("growth = [-0.08, -0.04, 0.01]\n", "", "economy.growth"),
        ("[[fertiliser.shortages]]", "[fertiliser.shortages]", "fertiliser.shortages"),
    ],
)
def test_refused_with_its_key(old, new, key):
    with pytest.raises(ScenarioError) as caught:
        parse(TEXT.replace(old, new), "x.toml")
    assert caught.value.details["key"] == key
    assert caught.value.details["line"]


def test_a_table_that_says_nothing_is_refused():
    with pytest.raises(ScenarioError, match="says nothing"):
        parse(HEAD + '\n[fertiliser]\nsource = "x"\n' + SHOCK)


def _ranges(low, high):
    numbers = st.floats(low, high, allow_nan=False)
    return st.lists(numbers, min_size=3, max_size=3).map(lambda n: Range(*sorted(n))) | numbers.map(Range.exactly)


_nutrients = st.lists(st.sampled_from(NUTRIENTS), unique=True, max_size=3).map(tuple)
_shortages = st.builds(
    Shortage,
    st.lists(st.sampled_from(["RUS", "BLR", "UKR"]), unique=True, min_size=1).map(tuple),
    _ranges(0, 1), _nutrients, st.none() | _ranges(0, 1), st.sampled_from(["", "a source"]),
)  # fmt: skip
_fertilisers = st.builds(
    Fertiliser,
    st.lists(_shortages, max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(NUTRIENTS), _ranges(0.01, 100), min_size=1).map(
        lambda d: {name: d[name] for name in NUTRIENTS if name in d}
    ),
    _ranges(0.01, 100), st.none() | _ranges(0, 36), st.sampled_from(["", "a source"]),
)  # fmt: skip
_economies = st.builds(
    Economy, _ranges(-0.95, 1), _ranges(-0.95, 1), st.booleans(), st.sampled_from([0, 2019]),
    st.sampled_from(["", "a source"]),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.none() | _fertilisers, st.none() | _economies)
def test_whatever_is_written_is_read_back(fertiliser, economy):
    import dataclasses

    scenario = dataclasses.replace(
        parse(TEXT), items=("wheat",), fertiliser=fertiliser, economy=economy
    )  # fmt: skip
    assert parse(to_toml(scenario)) == scenario


def test_the_shipped_one_names_a_source_or_an_assumption_for_each_number():
    found = shipped_scenario("russia-shock-2022")
    said = [found.fertiliser.source, found.economy.source, *(s.source for s in found.fertiliser.shortages)]
    assert all(said)
    assert all("ssumed" in text for text in said)
