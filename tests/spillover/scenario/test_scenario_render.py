"""Any scenario survives being written and read back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarion.spillover.engine.scenario import (
    Corridor,
    CorridorClosed,
    CorridorUser,
    ExportLimit,
    ProductionCut,
    Range,
    SanctionCost,
    Scenario,
    Timing,
    parse,
    shipped_scenarios,
    to_toml,
)
from clarion.vocab import Period, seen


@pytest.mark.parametrize("name", list(shipped_scenarios()))
def test_shipped(name):
    scenario = shipped_scenarios()[name]
    assert parse(to_toml(scenario), name) == scenario


def _ranges(high):
    numbers = st.floats(0, high, allow_nan=False)
    return st.lists(numbers, min_size=3, max_size=3).map(lambda n: Range(*sorted(n))) | numbers.map(Range.exactly)


_places = st.sampled_from(["UKR", "RUS", "KAZ", "IND", "EGY"])
_many = st.lists(_places, unique=True, max_size=3).map(tuple)
_words = st.text(st.characters(), max_size=20).map(seen).map(str.strip)
_titles = _words.filter(bool)
_items = st.sampled_from([(), ("wheat",), ("wheat", "maize")])
_corridors = st.lists(
    st.builds(
        Corridor,
        _titles,
        _titles,
        st.lists(st.builds(CorridorUser, _places, _ranges(1), _many, _words), min_size=1, max_size=2).map(tuple),
    ),
    unique_by=lambda c: c.id,
    min_size=1,
    max_size=2,
).map(tuple)


@st.composite
def _scenarios(draw):
    corridors = draw(_corridors)
    shock = st.one_of(
        st.builds(ProductionCut, _places, _ranges(1), _items, _words),
        st.builds(ExportLimit, _places, _ranges(1), _items, _many, _words),
        st.builds(SanctionCost, _places, _ranges(1000), _ranges(50), _items, _many, _words),
        st.builds(CorridorClosed, st.sampled_from([c.id for c in corridors]), _ranges(1), _items, _words),
    )
    whole = draw(st.builds(ProductionCut, _places, _ranges(1)))
    shocks = (whole, *draw(st.lists(shock, max_size=4)))
    time = draw(st.builds(Timing, st.integers(1, 12), _ranges(36), st.integers(12, 36)))
    return Scenario(
        "any", draw(_titles), draw(_words), ("wheat", "maize"), Period(2020, 2021), shocks, corridors, time=time
    )


@settings(max_examples=60)
@given(_scenarios())
def test_round_trip(scenario):
    back = parse(to_toml(scenario), "x.toml")
    # A corridor of the scenario's own hides a shipped one of the same name.
    assert back == scenario
